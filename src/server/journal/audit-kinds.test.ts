// Which acts on bans the audit keeps: people's, not the system's.
import { expect, it } from "vitest";
import { isAudited } from "./audit-kinds.ts";

it.each([
  ["ban", null, false],
  ["ban-changed", "ada@example.com (aaaaaaaaaaaaaaaaaaaa)", true],
  ["release", "host shell", true],
] as const)("of bans, %s by %s: %s", (kind, actor, isKept) => {
  expect(isAudited({ kind, actor, userId: null })).toBe(isKept);
});
