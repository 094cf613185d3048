// Changes that wait to be confirmed: lists, rules of sign-ins and of audio, files of all of them.
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { CHANGE_HEADER } from "../../src/api/unconfirmed-api.ts";
import { startRecordings } from "../people/start-recordings.ts";
import type { RunningRecordings } from "../people/start-recordings.ts";
import {
  countryRule,
  listWaiting,
  MINUTE_MS,
  reasonAt as reasonOf,
  takeBackAll,
} from "./waiting-changes.ts";

let portal: RunningRecordings;

beforeAll(async () => {
  portal = await startRecordings();
  await portal.addAccount("acme");
});
afterEach(() => takeBackAll(portal));
afterAll(() => portal.stop());

const waiting = () => listWaiting(portal);
const reasonAt = (clientAddress: string) => reasonOf(portal, clientAddress);

describe("a change that waits goes back, whatever it changed", () => {
  it("entries that were added, changed and deleted", async () => {
    const post = (range: string, action: string, note: string) =>
      portal.must("POST", "/api/v1/entries", { range, action, note });
    const { entry: kept } = await post("203.0.113.1", "deny", "kept");
    const { entry: changed } = await post("203.0.113.2", "deny", "old");
    const listed = async () =>
      (await portal.must("GET", "/api/v1/entries?covering=203.0.113.0/24")).entries.length;
    const before = await listed();

    const at = "?confirmMinutes=5";
    const added = { range: "203.0.113.3", action: "deny", note: "" };
    await portal.must("POST", `/api/v1/entries${at}`, added);
    await portal.must("DELETE", `/api/v1/entries/${kept.id}${at}`);
    const patch = { action: "allow", note: "new" };
    await portal.must("PATCH", `/api/v1/entries/${changed.id}${at}`, patch);
    const reasons = async (): Promise<readonly (string | null)[]> => [
      await reasonAt("203.0.113.1"),
      await reasonAt("203.0.113.2"),
      await reasonAt("203.0.113.3"),
    ];
    expect(await waiting()).toHaveLength(3);
    expect(await reasons()).toEqual([null, null, "on-deny-list"]);
    portal.advance(5 * MINUTE_MS);
    const old = ["on-deny-list", "on-deny-list", null];
    expect(await reasons()).toEqual(old);
    expect(await waiting()).toEqual([]);
    expect(await reasons()).toEqual(old);
    expect(await listed()).toBe(before);
    const { entries } = await portal.must("GET", "/api/v1/entries?covering=203.0.113.2");
    expect(entries).toMatchObject([{ range: "203.0.113.2", action: "deny", note: "old" }]);
    // What stood in for the entry until the store had it again is gone with it.
    const { entries: back } = await portal.must("GET", "/api/v1/entries?covering=203.0.113.1");
    await portal.must("DELETE", `/api/v1/entries/${back[0].id}`);
    expect(await reasonAt("203.0.113.1")).toBeNull();
  });

  it("an import, whole", async () => {
    const path = "/api/v1/entries/import?action=deny&confirmMinutes=5";
    await portal.upload(path, "text/plain", "198.51.100.201\n198.51.100.202\n");
    expect(await waiting()).toMatchObject([{ parts: [{ subject: "entries", entries: 2 }] }]);
    expect(await reasonAt("198.51.100.202")).toBe("on-deny-list");
    portal.advance(5 * MINUTE_MS);
    expect(await reasonAt("198.51.100.202")).toBeNull();
    expect((await portal.must("GET", "/api/v1/entries?covering=198.51.100.201")).entries).toEqual(
      [],
    );
  });

  it("but not an import of more than ten thousand, which is refused whole", async () => {
    const lines = Array.from({ length: 10_001 }, (_, at) => `2001:db8:1::${(at + 1).toString(16)}`);
    const path = "/api/v1/entries/import?action=deny&confirmMinutes=5";
    const answer = await portal.upload(path, "text/plain", lines.join("\n"));
    expect([answer.status, answer.json.code]).toEqual([400, "cannot-go-back"]);
    expect(answer.json.detail).toContain("10001 entries; at most 10000");
    expect((await portal.must("GET", "/api/v1/entries?covering=2001:db8:1::1")).entries).toEqual(
      [],
    );
  });

  it("the log-out policy, of sessions in memory too", async () => {
    const short = { value: { enabled: true, minutes: 15 } };
    await portal.must("PUT", "/api/v1/identity-policies/log-out", short);
    const never = { value: { enabled: false, minutes: 15 } };
    await portal.must("PUT", "/api/v1/identity-policies/log-out?confirmMinutes=20", never);
    const olga = await portal.addPerson({ email: "olga@example.com", isOperator: true });
    const idle = await portal.signedIn(olga, "198.18.0.9");
    const cookie = [...idle.cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    const seen = async (): Promise<number> =>
      (
        await portal.ask("caddy", {
          doorQuery: "session=required",
          clientAddress: "198.18.0.9",
          headers: { Cookie: cookie },
        })
      ).realStatus;
    expect(await seen()).toBe(200);
    portal.advance(19 * MINUTE_MS);
    expect(await seen()).toBe(200);
    // Fifteen minutes without activity were over long ago by the rule that holds again.
    portal.advance(16 * MINUTE_MS);
    expect(await seen()).toBe(401);
    const { value } = await portal.must("GET", "/api/v1/identity-policies/log-out");
    expect(value).toEqual({ enabled: true, minutes: 15 });
  });

  it("an account's audio policy, at the door too, which remembers it", async () => {
    const { number } = await portal.addNumber("acme");
    const { link } = await portal.addRecording({ account: "acme", number });
    const heard = async (): Promise<number> =>
      (await portal.listen(link, { from: "198.18.0.10" })).status;
    const path = "/api/v1/audio-download?account=acme";
    const before = (await portal.must("GET", path)).value;
    expect(await heard()).toBe(401);
    const open = { mode: "no-restrictions", whitelist: [], onlyShareable: false };
    await portal.must("PUT", `${path}&confirmMinutes=5`, { value: open });
    expect((await portal.must("GET", path)).value).toEqual(open);
    expect(await heard()).toBe(200);
    portal.advance(5 * MINUTE_MS);
    // First the door: a question to the API would have the store's rows written back.
    expect(await heard()).toBe(401);
    expect((await portal.must("GET", path)).value).toEqual(before);
    expect(await heard()).toBe(401);
  });

  it("everything of one policy file at once", async () => {
    const file = {
      version: 1,
      platform: {
        "hard-limit": { exemptAllowEntries: true },
        "log-out": { enabled: true, minutes: 99 },
      },
      accounts: { acme: { entries: [{ range: "203.0.113.77", action: "deny", note: "" }] } },
    };
    const before = (await portal.must("GET", "/api/v1/policy/hard-limit")).value;
    const path = "/api/v1/policy-file/apply?confirmMinutes=5";
    const applied = await portal.upload(path, "application/yaml", JSON.stringify(file));
    expect([applied.status, applied.text]).toEqual([200, expect.any(String)]);
    const [change] = await waiting();
    expect(change!.changeId).toBe(applied.json.changeId);
    expect(change!.parts.map(({ subject, account }) => [subject, account])).toEqual(
      expect.arrayContaining([
        ["hard-limit", null],
        ["log-out", null],
        ["entries", "acme"],
      ]),
    );
    portal.advance(5 * MINUTE_MS);
    expect((await portal.must("GET", "/api/v1/policy/hard-limit")).value).toEqual(before);
    expect((await portal.must("GET", "/api/v1/entries?account=acme")).entries).toEqual([]);
    const { value } = await portal.must("GET", "/api/v1/identity-policies/log-out");
    expect(value).toEqual({ enabled: true, minutes: 15 });
  });

  it("what cannot be again is kept alone, with an alarm, and nothing waits for ever", async () => {
    const before = (await portal.must("GET", "/api/v1/policy/hard-limit")).value;
    await portal.must("PUT", "/api/v1/policy/country", countryRule("JP"));
    // As rules of another version could be, which nothing accepts any more.
    await portal.server.network.database.transaction(async (trx) => {
      await trx
        .updateTable("network_policy")
        .set({ value_json: JSON.stringify(countryRule("ZZ").value) })
        .where("section", "=", "country")
        .execute();
    });
    const sections = [
      { section: "country", value: countryRule("DE").value },
      { section: "hard-limit", value: { exemptAllowEntries: true } },
    ];
    await portal.must("PUT", "/api/v1/policy?confirmMinutes=5", { sections });
    portal.advance(5 * MINUTE_MS);
    expect(await reasonAt("5.9.0.10")).toBeNull();
    expect(await waiting()).toEqual([]);
    expect((await portal.must("GET", "/api/v1/policy/hard-limit")).value).toEqual(before);
    const { value } = await portal.must("GET", "/api/v1/policy/country");
    expect(value.countries).toEqual({ DE: "deny" });
    // What is kept in the store is so at the gate.
    await expect.poll(() => reasonAt("5.9.0.10")).toBe("country-denied");
    const { events } = await portal.must("GET", "/api/v1/events?group=alarms&limit=1");
    expect(events[0]).toMatchObject({ reason: "change-kept", detail: { subjects: ["country"] } });
    expect(events[0].detail.meaning).toContain("country: ");
    const { wentBack } = await portal.must("GET", "/api/v1/unconfirmed-changes");
    expect(wentBack[0].parts.map(({ subject }: { subject: string }) => subject)).toEqual([
      "hard-limit",
    ]);
  });
});

it("each of six that add an entry at once is told of its own change", async () => {
  const add = async (last: number) => {
    const range = `203.0.113.${last}`;
    const body = { range, action: "deny", note: "" };
    const answer = await portal.api("POST", "/api/v1/entries?confirmMinutes=5", body);
    expect([answer.status, answer.text]).toEqual([201, expect.any(String)]);
    return [range, answer.headers[CHANGE_HEADER]] as const;
  };
  const told = await Promise.all([31, 32, 33, 34, 35, 36].map(add));
  expect(new Set(told.map(([, changeId]) => changeId)).size).toBe(6);
  const changes = await waiting();
  expect(changes).toHaveLength(6);
  for (const [range, changeId] of told) {
    const { parts } = changes.find((change) => change.changeId === changeId)!;
    expect(parts).toMatchObject([{ subject: "entries", entries: 1 }]);
    const detail = await portal.must("GET", `/api/v1/revisions/${parts[0]!.revision}`);
    expect(JSON.stringify(detail)).toContain(range);
  }
});
