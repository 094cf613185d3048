// Runs the whole table of address spellings through the reader of each context.
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { AddressContext } from "./check-address.ts";
import { checkAddress } from "./check-address.ts";

type Row = {
  readonly id: string;
  readonly context: AddressContext;
  readonly input: unknown;
  readonly kind: string | null;
  readonly verdict: "accept" | "reject";
  readonly canonical: string | null;
  readonly start: string | null;
  readonly end: string | null;
  readonly family: 4 | 6 | null;
  readonly why: string | null;
  readonly warn: string | null;
  readonly suggest: string | null;
};

const file = new URL("../../../test/cases/ip-spellings.json", import.meta.url);
const rows = (JSON.parse(readFileSync(file, "utf8")) as { cases: readonly Row[] }).cases;

describe("the table of spellings (attack row 1)", () => {
  it("is there", () => expect(rows.length).toBeGreaterThan(100));

  it.each(rows.map((row) => [row.id, row] as const))("%s", (_id, row) => {
    const { code, reason, ...rest } = checkAddress(row.input, row.context);
    expect({ ...rest, why: reason }).toEqual({
      verdict: row.verdict,
      kind: row.kind,
      canonical: row.canonical,
      start: row.start,
      end: row.end,
      family: row.family,
      why: row.why,
      warn: row.warn,
      suggest: row.suggest,
    });
    expect(code === null).toBe(row.verdict === "accept");
  });
});
