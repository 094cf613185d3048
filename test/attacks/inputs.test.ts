// Odd ids, odd text and oversized reports: refused in words, nothing changed, nobody held up.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startGate } from "./start-gate.ts";
import type { RunningGate } from "./start-gate.ts";

const IMPORT = "/api/v1/entries/import";
let gate: RunningGate;
let entryId: number;

beforeAll(async () => {
  gate = await startGate();
  const entry = { range: "198.51.100.1", action: "allow" };
  ({
    entry: { id: entryId },
  } = await gate.must("POST", "/api/v1/entries", entry));
});
afterAll(() => gate?.stop());

describe("an id in a path", () => {
  it.each([".5", "e0", ".0", "%20"])("followed by %s is never bent to another", async (tail) => {
    const answer = await gate.api("DELETE", `/api/v1/entries/${entryId}${tail}`);
    expect(answer).toMatchObject({ status: 400, json: { code: "invalid-input" } });
  });

  it.each(["0x1", "true", "01", "+1", "1e0"])("written %s is refused", async (id) => {
    expect((await gate.api("DELETE", `/api/v1/entries/${id}`)).status).toBe(400);
    expect((await gate.api("POST", `/api/v1/bans/${id}/release`)).status).toBe(400);
    const { entries } = await gate.must("GET", "/api/v1/entries");
    expect(entries).toMatchObject([{ id: entryId }]);
  });
});

describe("a control character in a note", () => {
  it.each(["\u0000", "a\nb", "\u001b[2J"])("(%j) is refused at every door", async (note) => {
    const range = "198.51.100.2";
    const added = await gate.api("POST", "/api/v1/entries", { range, action: "deny", note });
    expect(added).toMatchObject({ status: 400, json: { errors: [{ path: "/note" }] } });
    const changed = await gate.api("PATCH", `/api/v1/entries/${entryId}`, { note });
    expect(changed.status).toBe(400);
    const line = JSON.stringify({ range, action: "deny", note });
    const imported = await gate.upload(IMPORT, "application/x-ndjson", `${line}\n`);
    expect(imported).toMatchObject({ status: 422, json: { errors: [{ line: 1 }] } });
    const search = encodeURIComponent(note);
    expect((await gate.api("GET", `/api/v1/entries?search=${search}`)).status).toBe(400);
  });
});

it("a refused visitor's decision names the range of the entry, also once it is gone", async () => {
  const deny = { range: "198.51.100.64/28", action: "deny" };
  const { entry } = await gate.must("POST", "/api/v1/entries", deny);
  const answer = await gate.ask("caddy", { clientAddress: "198.51.100.70" });
  await gate.must("DELETE", `/api/v1/entries/${entry.id}`);
  const decision = await gate.decisionOf(answer);
  expect(decision.steps.at(-1)).toMatchObject({
    step: "on-deny-list",
    result: "matched",
    detail: { entryId: entry.id, entry: "198.51.100.64/28" },
  });
});

it("a million reported failures in one call are counted up to the ban", async () => {
  const reports = Array.from({ length: 1000 }, () => ({ address: "203.0.113.99", count: 1000 }));
  const answer = await gate.must("POST", "/api/v1/reports", { reports });
  expect(answer).toMatchObject({ counted: 11, banned: ["203.0.113.99"] });
});
