// The history of the rules: every change is in it, and any one of them is gone back to.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { RevisionAnswer, RevisionDetail } from "../../src/api/revision-api.ts";
import { startPeople } from "../people/start-people.ts";
import type { RunningPeople, TestBrowser } from "../people/start-people.ts";

let portal: RunningPeople;
/** Of acme. */
let admin: TestBrowser;

beforeAll(async () => {
  portal = await startPeople();
  for (const code of ["acme", "beta"]) await portal.addAccount(code);
  const ann = await portal.addPerson({ email: "ann@example.com", accounts: { acme: "admin" } });
  admin = await portal.signedIn(ann, "198.18.0.1");
});
afterAll(() => portal.stop());

async function newest(query = ""): Promise<RevisionAnswer> {
  const { revisions } = await portal.must("GET", `/api/v1/revisions?limit=1${query}`);
  return revisions[0];
}

async function detail(number: number): Promise<RevisionDetail> {
  return portal.must("GET", `/api/v1/revisions/${number}`);
}

const restore = (number: number, to: "before" | "after") =>
  portal.must("POST", `/api/v1/revisions/${number}/restore?to=${to}`);

async function rangesOf(account?: string): Promise<readonly string[]> {
  const query = account === undefined ? "" : `?account=${account}`;
  const { entries } = await portal.must("GET", `/api/v1/entries${query}`);
  return entries.map((entry: { action: string; range: string; note: string }) =>
    `${entry.action} ${entry.range} ${entry.note}`.trim(),
  );
}

const COUNTRY = {
  mode: "monitor",
  defaultAction: "allow",
  countries: { KP: "deny" },
  unknown: "allow",
  private: "allow",
};

describe("a section's change", () => {
  it.each([
    ["/api/v1/policy/country", "country", COUNTRY, "countries.KP"],
    ["/api/v1/identity-policies/log-out", "log-out", { enabled: true, minutes: 15 }, "minutes"],
    [
      "/api/v1/audio-download?account=acme",
      "audio-download",
      { mode: "no-restrictions", whitelist: [], onlyShareable: false },
      "mode",
    ],
  ])(
    "of %s is told with who, from where, in words and as a diff, and gone back to",
    async (...of) => {
      const [path, subject, value, changed] = of;
      const before = (await portal.must("GET", path)).value;
      await portal.must("PUT", path, { value });
      const made = await newest();
      expect(made).toMatchObject({ subject, restores: null, overrode: null, entries: 0 });
      expect(made.account).toBe(path.endsWith("acme") ? "acme" : null);
      expect(made.actor).not.toBe("");
      const whole = await detail(made.number);
      expect(whole.values.map(({ path: name }) => name)).toContain(changed);
      expect(whole.diff).toMatch(/^--- [a-z-]+\.yaml\tbefore\n.*\n@@.*(\n.*)*\n[-+]\w/);

      const { changes } = await portal.must(
        "GET",
        `/api/v1/revisions/${made.number}/changes?to=before`,
      );
      expect(changes).toHaveLength(1);
      await restore(made.number, "before");
      expect((await portal.must("GET", path)).value).toEqual(before);
      expect(await newest()).toMatchObject({ subject, way: "restore", restores: made.number });
      await restore(made.number, "after");
      expect((await portal.must("GET", path)).value).toEqual(value);
      // Nothing is other than it was then, so nothing is made.
      expect(await restore(made.number, "after")).toEqual({ revisions: [] });
      await restore(made.number, "before");
    },
  );

  it("together with others is one change of several revisions", async () => {
    const sections = [
      { section: "hard-limit", value: { exemptAllowEntries: true } },
      { section: "country", value: COUNTRY },
    ];
    await portal.must("PUT", "/api/v1/policy", { sections });
    const { revisions } = await portal.must("GET", "/api/v1/revisions?limit=2&layer=platform");
    expect(revisions.map(({ subject }: RevisionAnswer) => subject)).toEqual([
      "country",
      "hard-limit",
    ]);
    expect(revisions[0].changeId).toBe(revisions[1].changeId);
  });

  it("that is refused leaves none", async () => {
    const before = await newest();
    const refused = await portal.api("PUT", "/api/v1/policy/country", { value: { mode: "maybe" } });
    expect(refused.status).toBe(400);
    expect(await newest()).toEqual(before);
  });
});

describe("a list's change", () => {
  it("is told by its entries, and the list is as it was after any of them", async () => {
    const add = async (range: string, more: object = {}) =>
      (await portal.must("POST", "/api/v1/entries", { range, action: "deny", ...more })).entry.id;
    const first = await add("203.0.113.1", { note: "one" });
    const afterFirst = (await newest()).number;
    await add("203.0.113.2");
    await portal.must("PATCH", `/api/v1/entries/${first}`, { action: "allow", note: "ours" });
    const turned = await newest();
    expect(await detail(turned.number)).toMatchObject({
      subject: "entries",
      entries: 1,
      firstEntries: [
        {
          range: "203.0.113.1",
          before: { action: "deny", note: "one", expiresAt: null },
          after: { action: "allow", note: "ours", expiresAt: null },
        },
      ],
    });
    await portal.must("DELETE", `/api/v1/entries/${first}`);
    const list = "198.51.100.0/24 # many\n198.51.101.0/24\n";
    const imported = await portal.upload("/api/v1/entries/import?action=deny", "text/plain", list);
    expect(imported.json).toMatchObject({ added: 2 });
    expect(await newest()).toMatchObject({ subject: "entries", entries: 2, account: null });
    const all = ["deny 198.51.100.0/24 many", "deny 198.51.101.0/24", "deny 203.0.113.2"];
    expect(await rangesOf()).toEqual(all);

    await restore(afterFirst, "after");
    expect(await rangesOf()).toEqual(["deny 203.0.113.1 one"]);
    const back = await newest();
    expect(back).toMatchObject({ way: "restore", restores: afterFirst, entries: 4 });
    await restore(back.number, "before");
    expect(await rangesOf()).toEqual(all);
    await restore(turned.number, "after");
    expect(await rangesOf()).toEqual(["allow 203.0.113.1 ours", "deny 203.0.113.2"]);
    await restore(afterFirst, "before");
    expect(await rangesOf()).toEqual([]);
  });

  it("moves an entry as one that went and one that came", async () => {
    const body = { range: "203.0.113.9", action: "deny", account: "beta" };
    const { entry } = await portal.must("POST", "/api/v1/entries", body);
    const path = `/api/v1/entries/${entry.id}?account=beta`;
    await portal.must("PATCH", path, { range: "203.0.113.10" });
    const moved = await newest("&account=beta");
    const { firstEntries } = await detail(moved.number);
    expect(firstEntries.map(({ range, after }) => [range, after === null])).toEqual([
      ["203.0.113.9", true],
      ["203.0.113.10", false],
    ]);
    await restore(moved.number, "before");
    expect(await rangesOf("beta")).toEqual(["deny 203.0.113.9"]);
  });
});

describe("what is long or over", () => {
  it("is told by its lists alone, where finding the lines would take seconds", async () => {
    const path = "/api/v1/audio-download?account=beta";
    const whitelist = (third: number) =>
      Array.from({ length: 600 }, (_, index) => `10.${third}.${index >> 8}.${index & 255}`);
    for (const third of [1, 2]) {
      const value = { mode: "ip-whitelist", whitelist: whitelist(third), onlyShareable: false };
      await portal.must("PUT", path, { value });
    }
    const { diff, lists } = await detail((await newest("&account=beta")).number);
    expect(diff).toBe("");
    expect(lists).toEqual([{ path: "whitelist", added: whitelist(2), removed: whitelist(1) }]);
  });

  it("can still be noted: an entry that has ended", async () => {
    const expiresAt = new Date(portal.nowMs() + 1000).toISOString();
    const body = { range: "203.0.113.77", action: "deny", expiresAt };
    const { entry } = await portal.must("POST", "/api/v1/entries", body);
    portal.advance(2000);
    const noted = await portal.must("PATCH", `/api/v1/entries/${entry.id}`, { note: "over" });
    expect(noted).toMatchObject({ note: "over", expiresAt });
  });
});

describe("an admin", () => {
  it("sees the history of their own account, not from where operators changed it", async () => {
    const value = { mode: "monitor" };
    const path = "/api/v1/policy/address-lists?account=acme";
    await portal.must("PUT", path, { value });
    const { status, json: body } = await admin.ask("GET", "/api/v1/revisions");
    expect(status).toBe(200);
    const accounts = new Set(body.revisions.map(({ account }: RevisionAnswer) => account));
    expect([...accounts]).toEqual(["acme"]);
    expect(body.revisions[0]).toMatchObject({ subject: "address-lists", address: null });
    const number = body.revisions[0].number as number;
    expect((await admin.ask("GET", `/api/v1/revisions/${number}`)).json.values).toEqual([
      { path: "mode", before: "enforce", after: "monitor" },
    ]);
    const restored = await admin.ask("POST", `/api/v1/revisions/${number}/restore?to=before`);
    expect(restored.status).toBe(200);
    expect((await portal.must("GET", path)).value).toEqual({ mode: "enforce" });
  });

  it("finds no revision of others, as if it were not there (row 141)", async () => {
    const others = [
      (await newest("&account=beta")).number,
      (await newest("&layer=platform")).number,
    ];
    const absent = await admin.ask("GET", "/api/v1/revisions/999999");
    expect(absent.status).toBe(404);
    for (const number of others) {
      for (const [method, path] of [
        ["GET", `/api/v1/revisions/${number}`],
        ["GET", `/api/v1/revisions/${number}/changes?to=before`],
        ["POST", `/api/v1/revisions/${number}/restore?to=before`],
      ] as const) {
        const refused = await admin.ask(method, path);
        expect([refused.status, refused.json.code]).toEqual([404, "revision-not-found"]);
      }
    }
    expect((await admin.ask("GET", "/api/v1/revisions?layer=platform")).status).toBe(403);
    expect((await admin.ask("GET", "/api/v1/revisions?account=beta")).status).toBe(404);
  });
});
