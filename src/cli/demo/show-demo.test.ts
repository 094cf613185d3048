// What the demo prints of a decision: refused with its status, or recorded where it passed.
import { PassThrough } from "node:stream";
import { describe, expect, it } from "vitest";
import type { EventAnswer } from "../../api/journal-api.ts";
import { createDemoScreen } from "./show-demo.ts";

const AT = "2027-03-04T09:30:00.000Z";
const ID = "abcdefghijklmnopqrst";

function decisionOf(given: Pick<EventAnswer, "verdict" | "status" | "reason">): EventAnswer {
  return {
    id: ID,
    kind: "decision",
    firstAt: AT,
    lastAt: AT,
    count: 1,
    owner: "platform",
    address: "203.0.113.7",
    surface: "portal",
    account: null,
    country: "NZ",
    actor: null,
    userId: null,
    detail: {},
    ...given,
  };
}

/** The words of the line, without the time of this machine. */
function printed(event: EventAnswer): readonly string[] {
  const stdout = new PassThrough();
  const readConfig = () => ({ ok: false, errors: [] }) as const;
  const context = { stdin: stdout, stdout, stderr: stdout, readConfig };
  createDemoScreen(context, { json: false }).showEvent(event);
  return String(stdout.read()).trim().split(/\s+/).slice(1);
}

describe("a decision on the demo's screen", () => {
  it.for([
    [{ verdict: "refuse", status: 403, reason: "on-deny-list" }, "refused 403 on-deny-list"],
    [{ verdict: "refuse", status: 429, reason: "banned" }, "refused 429 banned"],
    [{ verdict: "monitor", status: 200, reason: "country-denied" }, "recorded country-denied"],
  ] as const)("%o", ([given, words]) => {
    expect(printed(decisionOf(given)).join(" ")).toBe(`203.0.113.7 NZ portal ${words} ${ID}`);
  });
});
