// Attack rows 1 and 141: one reading of every whitelist line; rules of one's own account only.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ACCOUNT_SECTIONS, PLATFORM_SECTIONS } from "../../src/core/network/network-policy.ts";
import spellings from "../cases/ip-spellings.json" with { type: "json" };
import { startPeople } from "../people/start-people.ts";
import type { RunningPeople, TestBrowser } from "../people/start-people.ts";

const RULES = spellings.cases.filter(({ context }) => context === "rule");
const WHITELIST = "/api/v1/audio-download?account=acme";
const PREVIEW = "/api/v1/audio-download/preview?account=acme";

let portal: RunningPeople;
let admin: TestBrowser;
let agent: TestBrowser;
beforeAll(async () => {
  portal = await startPeople();
  await portal.addAccount("acme");
  await portal.addAccount("globex");
  const add = (email: string, role: "admin" | "agent") =>
    portal.addPerson({ email, accounts: { acme: role } });
  admin = await portal.signedIn(await add("ada@example.com", "admin"));
  agent = await portal.signedIn(await add("grace@example.com", "agent"));
});
afterAll(() => portal.stop());

function policyOf(whitelist: readonly unknown[], mode = "ip-whitelist") {
  return { value: { mode, whitelist, onlyShareable: false }, confirmWide: true };
}

async function storedWhitelist(): Promise<readonly string[]> {
  return (await portal.must("GET", WHITELIST)).value.whitelist;
}

describe("attack row 1: one parser everywhere, the IP whitelist too", () => {
  it("reads each line like an entry of a list, and stores none that it refuses", async () => {
    await portal.must("PUT", WHITELIST, policyOf(["192.0.2.1"]));
    let [accepted, refused] = [0, 0];
    for (const { id, input, canonical, why } of RULES) {
      // A line of blanks says nothing here; what is no text is no line.
      if (typeof input === "string" && /^[ \t]*$/.test(input)) continue;
      const { status, json } = await portal.api("PUT", WHITELIST, policyOf([input]));
      if (canonical !== null) {
        expect([id, status, json.value?.whitelist]).toEqual([id, 200, [canonical]]);
        await portal.must("PUT", WHITELIST, policyOf(["192.0.2.1"]));
        accepted += 1;
        continue;
      }
      expect([id, status]).toEqual([id, 400]);
      if (typeof input === "string") {
        expect(json.code).toBe("policy-refused");
        expect(json.errors).toMatchObject([{ path: "/value/whitelist", line: 1 }]);
        expect(`${id} ${json.errors[0].message}`).toContain(why);
      }
      expect(await storedWhitelist()).toEqual(["192.0.2.1"]);
      refused += 1;
    }
    expect([accepted, refused]).toEqual([17, 71]);
  });

  it("reads them all at once, for saving and in a preview, and tells each bad line", async () => {
    const texts = RULES.filter(({ input }) => typeof input === "string" && input.length < 10_000);
    const good = texts.filter(({ canonical }) => canonical !== null);
    const bad = texts.filter(
      ({ input, canonical }) => canonical === null && !/^[ \t]*$/.test(input as string),
    );
    expect(Math.min(good.length, bad.length)).toBeGreaterThan(10);
    const canonical = [...new Set(good.map((row) => String(row.canonical)))];
    const inputs = good.map(({ input }) => input);
    const saved = await portal.must("PUT", WHITELIST, policyOf(inputs));
    expect(saved.value.whitelist).toEqual(canonical);
    const mixed = policyOf([...inputs, "", ...bad.map(({ input }) => input)]);
    const { confirmWide: _, ...previewed } = mixed;
    for (const [method, path, body] of [
      ["PUT", WHITELIST, mixed],
      ["POST", PREVIEW, previewed],
    ] as const) {
      const { status, json } = await portal.api(method, path, body);
      expect([status, json.code]).toEqual([400, "policy-refused"]);
      const lines = json.errors.map((error: { line: number }) => error.line);
      expect(lines).toEqual(bad.map((_row, index) => inputs.length + 2 + index));
    }
    expect(await storedWhitelist()).toEqual(canonical);
  });
});

describe("attack row 141: an account's rules are its own admins' and nobody else's", () => {
  const statusesOf = async (browser: TestBrowser, query: string) => {
    const statuses: Record<string, string> = {};
    for (const section of PLATFORM_SECTIONS) {
      const path = `/api/v1/policy/${section}`;
      const read = await browser.ask("GET", `${path}${query}`);
      const { value } = await portal.must("GET", path);
      const written = await browser.ask("PUT", `${path}${query}`, { body: { value } });
      statuses[section] = `${read.status} ${written.status}`;
    }
    return statuses;
  };
  const all = (text: string) =>
    Object.fromEntries(PLATFORM_SECTIONS.map((section) => [section, text]));

  it("lets an admin read and set the account's sections, nothing of the platform's", async () => {
    const own = Object.fromEntries(ACCOUNT_SECTIONS.map((section) => [section, "200 200"]));
    expect(await statusesOf(admin, "?account=acme")).toEqual({ ...all("404 404"), ...own });
    expect(await statusesOf(admin, "")).toEqual(all("403 403"));
    expect(await statusesOf(agent, "?account=acme")).toEqual(all("403 403"));
    expect(await statusesOf(agent, "")).toEqual(all("403 403"));
    const disable = { rule: "country", account: "acme" };
    const disabled = await admin.ask("POST", "/api/v1/policy/disable", { body: disable });
    expect(disabled.status).toBe(403);
    for (const [query, status] of [
      ["?account=acme", 200],
      ["", 403],
      ["?account=globex", 404],
    ] as const) {
      expect((await admin.ask("GET", `/api/v1/policy${query}`)).status).toBe(status);
    }
  });

  it("answers for another account as for none", async () => {
    const path = "/api/v1/policy/rate-limits";
    const before = await portal.must("GET", `${path}?account=globex`);
    const { value } = before;
    for (const [method, at, body] of [
      ["GET", "/api/v1/policy", undefined],
      ["GET", path, undefined],
      ["PUT", path, { value }],
      ["GET", "/api/v1/audio-download", undefined],
      ["PUT", "/api/v1/audio-download", policyOf(["192.0.2.1"])],
      ["POST", "/api/v1/audio-download/preview", { value: policyOf(["192.0.2.1"]).value }],
    ] as const) {
      const sent = body === undefined ? {} : { body };
      const foreign = await admin.ask(method, `${at}?account=globex`, sent);
      const absent = await admin.ask(method, `${at}?account=nobody`, sent);
      expect([foreign.status, foreign.text.replaceAll("globex", "nobody")]).toEqual([
        404,
        absent.text,
      ]);
    }
    expect(await portal.must("GET", `${path}?account=globex`)).toEqual(before);
  });

  it("holds an admin's limits at once, for that account", async () => {
    const path = "/api/v1/policy/rate-limits?account=acme";
    const { json } = await admin.ask("GET", path);
    const audio = { ...json.value.audio, requestMaxCount: 7 };
    const body = { value: { ...json.value, audio }, version: json.version };
    const saved = await admin.ask("PUT", path, { body });
    expect([saved.status, saved.json.account]).toEqual([200, "acme"]);
    expect(saved.json.changedBy).toMatch(/^ada@example\.com \(/);
    expect((await portal.must("GET", path)).value.audio.requestMaxCount).toBe(7);
    const platform = await portal.must("GET", "/api/v1/policy/rate-limits");
    expect(platform.value.audio.requestMaxCount).toBe(50);
    const loose = { ...audio, requestMaxCount: 601 };
    const tooLoose = { value: { ...json.value, audio: loose } };
    expect((await admin.ask("PUT", path, { body: tooLoose })).json.code).toBe("policy-refused");
    expect((await admin.ask("PUT", path, { body })).status).toBe(412);
  });
});
