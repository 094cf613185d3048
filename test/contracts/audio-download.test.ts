// What the rules of who may hear recordings promise on every engine: checks, versions, reach.
import { expect, it } from "vitest";
import type { AudioPolicyValue } from "../../src/api/audio-download-api.ts";
import { AUDIO_POLICY_DEFAULT } from "../../src/core/recordings/audio-policy.ts";
import { isWhitelisted } from "../../src/core/recordings/compile-whitelist.ts";
import { describeEachEngine } from "./engines.ts";
import { addressOf, OPEN, PATH, startAudioDownload } from "./start-audio-download.ts";
import type { AudioNode } from "./start-audio-download.ts";

const OFFICE: AudioPolicyValue = {
  mode: "ip-whitelist",
  whitelist: ["203.0.113.7", "198.51.100.0/24"],
  onlyShareable: true,
};

async function idOf(node: AudioNode, code: string): Promise<string> {
  return (await node.accounts.findAccount(code))?.id ?? "";
}

describeEachEngine("who may hear recordings", (harness) => {
  it("is user authentication until somebody says otherwise", async () => {
    const node = await startAudioDownload(harness);
    expect(AUDIO_POLICY_DEFAULT.mode).toBe("user-authentication");
    const number = await node.addNumber("acme", "+61255501234", true);
    await node.addNumber("acme", "+61255505678");
    await node.addNumber("beta", "+4930123456");
    await node.addRecording(number, "a".repeat(20));
    expect(await node.must("GET", `${PATH}?account=acme`, { as: "host shell" })).toEqual({
      account: "acme",
      value: AUDIO_POLICY_DEFAULT,
      default: AUDIO_POLICY_DEFAULT,
      version: 0,
      changedAt: null,
      changedBy: null,
      numbers: 2,
      shareableNumbers: 1,
      recordings: 1,
    });
    const compiled = await node.recordings.policies.policyOf(await idOf(node, "acme"));
    expect([compiled.mode, compiled.whitelist]).toEqual(["user-authentication", []]);
  });

  it("keeps a whitelist canonical, each entry once, without the empty lines", async () => {
    const node = await startAudioDownload(harness);
    const whitelist = [
      " 203.0.113.7\t",
      "",
      "::ffff:203.0.113.7",
      "   ",
      "10.0.0.0-10.0.0.255",
      "10.0.0.0/24",
      "2001:DB8:0::1",
    ];
    const kept = ["203.0.113.7", "10.0.0.0/24", "2001:db8::1"];
    const { status, json } = await node.put("acme", { ...OFFICE, whitelist });
    expect([status, json.value]).toEqual([200, { ...OFFICE, whitelist: kept }]);
    expect(json).toMatchObject({
      version: 1,
      changedAt: new Date(node.clock.nowMs()).toISOString(),
      changedBy: "host shell",
    });
    expect(await node.must("GET", `${PATH}?account=acme`, { as: "host shell" })).toEqual(json);
    const policy = await node.recordings.policies.policyOf(await idOf(node, "acme"));
    const found = ["203.0.113.7", "10.0.0.255", "10.0.1.0", "2001:db8::1", "2001:db8::2"].filter(
      (text) => isWhitelisted(policy, addressOf(text)),
    );
    expect(found).toEqual(["203.0.113.7", "10.0.0.255", "2001:db8::1"]);
  });

  it("names every line that is not accepted, and how to write it", async () => {
    const node = await startAudioDownload(harness);
    const whitelist = ["203.0.113.7", "203.0.113.7/24", "", "office", "10.0.0.9-10.0.0.1"];
    const { status, json } = await node.put("acme", { ...OFFICE, whitelist });
    const path = "/value/whitelist";
    expect([status, json.code]).toEqual([400, "policy-refused"]);
    expect(json.errors).toEqual([
      { path, line: 2, message: "host bits set; write 203.0.113.0/24 or 203.0.113.7." },
      { path, line: 4, message: expect.stringMatching(/\.$/) },
      { path, line: 5, message: expect.stringContaining("10.0.0.1-10.0.0.9") },
    ]);
    expect(json.detail).toMatch(/^Line 2: host bits set.*Line 4: .*Line 5: /);
    const many = Array.from({ length: 40 }, (_, index) => `${index}.0.0.256`);
    const told = (await node.put("acme", { ...OFFICE, whitelist: many })).json;
    expect(told.errors).toHaveLength(40);
    expect(told.detail).toMatch(/And 37 more\.$/);
    const { version } = await node.must("GET", `${PATH}?account=acme`, { as: "host shell" });
    expect(version).toBe(0);
    expect(await node.eventsOf("audio-policy-changed")).toEqual([]);
  });

  it("asks for a whitelist where nobody could hear anything without one", async () => {
    const node = await startAudioDownload(harness);
    for (const [mode, expected] of [
      ["no-restrictions", 200],
      ["ip-whitelist", 400],
      ["user-authentication", 200],
      ["whitelist-and-user", 400],
      ["whitelist-or-user", 200],
    ] as const) {
      const { status, json } = await node.put("acme", { ...OPEN, mode, whitelist: ["", " "] });
      expect([mode, status]).toEqual([mode, expected]);
      if (expected === 200) continue;
      expect(json.errors).toEqual([{ path: "/value/whitelist", message: json.detail }]);
      expect(json.detail).toContain("at least one address");
    }
    const lines = Array.from({ length: 5001 }, (_, index) => `10.0.${index >> 8}.${index & 255}`);
    const over = await node.put("acme", { ...OFFICE, whitelist: lines });
    expect([over.status, over.json.detail]).toEqual([400, expect.stringContaining("5000")]);
    const most = await node.put("acme", { ...OFFICE, whitelist: lines.slice(1) });
    expect([most.status, most.json.value?.whitelist]).toEqual([200, lines.slice(1)]);
  });

  it("asks again for very wide entries", async () => {
    const node = await startAudioDownload(harness);
    const value = { ...OFFICE, whitelist: ["10.0.0.0/8", "10.0.0.0/7", "2000::/15"] };
    const { status, json } = await node.put("acme", value);
    expect([status, json.code]).toEqual([409, "range-very-wide"]);
    expect(json.veryWide).toEqual(["10.0.0.0/7", "2000::/15"]);
    expect(json.detail).toContain("confirmWide: true");
    expect((await node.put("acme", value, { confirmWide: true })).status).toBe(200);
    // What is bad is told before what is wide.
    const both = { ...value, whitelist: ["0.0.0.0/0", "10.0.0.1/8"] };
    expect((await node.put("acme", both)).json.code).toBe("policy-refused");
    // Nothing is saved by a preview, so it asks nothing.
    const previewed = { as: "host shell", body: { value } };
    expect((await node.ask("POST", `${PATH}/preview?account=acme`, previewed)).status).toBe(200);
  });

  it("records each change with what it changed, in its transaction", async () => {
    const node = await startAudioDownload(harness);
    const acme = await idOf(node, "acme");
    const ada = await node.addUser("ada", "acme", "admin");
    const body = { value: OFFICE, version: 0 };
    await node.must("PUT", `${PATH}?account=acme`, { as: ada, body });
    const whitelist = ["198.51.100.0/24", ..."123456".split("").map((last) => `10.0.0.${last}`)];
    node.clock.advance(1000);
    await node.put("acme", { ...OFFICE, mode: "whitelist-or-user", whitelist });
    node.clock.advance(1000);
    await node.put("acme", { ...OFFICE, mode: "whitelist-or-user", whitelist });
    const events = await node.eventsOf("audio-policy-changed");
    expect(events).toMatchObject([
      { owner: acme, account: "acme", actor: `ada@example.com (${ada})`, reason: "ip-whitelist" },
      { owner: acme, account: "acme", actor: "host shell", reason: "whitelist-or-user" },
      { owner: acme, account: "acme", actor: "host shell" },
    ]);
    expect(events.map(({ detail }) => detail)).toEqual([
      {
        version: 1,
        "before.mode": "user-authentication",
        "after.mode": "ip-whitelist",
        "before.onlyShareable": false,
        "after.onlyShareable": true,
        "before.whitelistEntries": 0,
        "after.whitelistEntries": 2,
        entriesAdded: 2,
        entriesRemoved: 0,
        firstAdded: "203.0.113.7, 198.51.100.0/24",
      },
      {
        version: 2,
        "before.mode": "ip-whitelist",
        "after.mode": "whitelist-or-user",
        "before.whitelistEntries": 2,
        "after.whitelistEntries": 7,
        entriesAdded: 6,
        entriesRemoved: 1,
        firstAdded: "10.0.0.1, 10.0.0.2, 10.0.0.3, 10.0.0.4, 10.0.0.5",
        firstRemoved: "203.0.113.7",
      },
      { version: 3 },
    ]);
  });

  // attack row 155
  it("lets exactly one of many win who race from the same version", async () => {
    const node = await startAudioDownload(harness);
    for (const version of [0, 1]) {
      const racing = Array.from({ length: 8 }, (_, index) =>
        node.put("acme", { ...OFFICE, whitelist: [`10.0.0.${index}`] }, { version }),
      );
      const answers = await Promise.all(racing);
      const won = answers.filter(({ status }) => status === 200);
      const told = answers.filter(({ status }) => status === 412);
      expect([won.length, told.length]).toEqual([1, 7]);
      expect(new Set(told.map(({ json }) => json.code))).toEqual(new Set(["policy-moved-on"]));
    }
    expect(await node.eventsOf("audio-policy-changed")).toHaveLength(2);
    const won = await node.put("acme", OPEN, { version: 2 });
    expect([won.status, won.json.version]).toEqual([200, 3]);
  });

  it("is stored together with its event, or not at all", async () => {
    const node = await startAudioDownload(harness);
    await node.database.transaction((trx) => trx.schema.dropTable("journal_event").execute());
    expect((await node.put("acme", OFFICE)).status).toBe(500);
    const rows = await node.database.kysely.selectFrom("recordings_policy").selectAll().execute();
    expect(rows).toEqual([]);
    const { mode } = await node.recordings.policies.policyOf(await idOf(node, "acme"));
    expect(mode).toBe("user-authentication");
  });

  it("holds at once where it was saved, for those who ask meanwhile too", async () => {
    const node = await startAudioDownload(harness);
    const acme = await idOf(node, "acme");
    const { policyOf } = node.recordings.policies;
    const first = await policyOf(acme);
    // From memory: the very same.
    expect(await policyOf(acme)).toBe(first);
    for (let round = 0; round < 10; round += 1) {
      const mode = round % 2 === 0 ? "no-restrictions" : "whitelist-or-user";
      const asking = Array.from({ length: 5 }, () => policyOf(acme));
      await Promise.all([node.put("acme", { ...OPEN, mode }), ...asking]);
      expect((await policyOf(acme)).mode).toBe(mode);
    }
    // Another account's is not touched by it (attack row 143).
    expect((await policyOf(await idOf(node, "beta"))).mode).toBe("user-authentication");
  });

  it("holds on other nodes when what they know is half a second old", async () => {
    const node = await startAudioDownload(harness, 500);
    const acme = await idOf(node, "acme");
    const { policyOf } = node.recordings.policies;
    await node.put("acme", OPEN);
    const known = await policyOf(acme);
    expect(known.mode).toBe("no-restrictions");
    const elsewhere = { value_json: JSON.stringify(OFFICE), version: 2 };
    const save = (row: { value_json: string; version: number }) =>
      node.database.transaction((trx) => trx.updateTable("recordings_policy").set(row).execute());
    await save(elsewhere);
    node.clock.advance(500);
    expect((await policyOf(acme)).mode).toBe("no-restrictions");
    node.clock.advance(1);
    const read = await policyOf(acme);
    expect([read.mode, isWhitelisted(read, addressOf("198.51.100.9"))]).toEqual([
      "ip-whitelist",
      true,
    ]);
    // Looked at again, and the same: what was compiled serves on.
    node.clock.advance(501);
    expect(await policyOf(acme)).toBe(read);
    // A clock that was turned back makes nothing young again.
    await save({ ...elsewhere, value_json: JSON.stringify(OPEN), version: 3 });
    node.clock.jump(-1_000_000);
    expect((await policyOf(acme)).mode).toBe("no-restrictions");
  });

  it("is refused, not guessed, while the store is away and memory too old", async () => {
    const node = await startAudioDownload(harness, 500);
    const acme = await idOf(node, "acme");
    await node.recordings.policies.policyOf(acme);
    await node.database.transaction((trx) => trx.schema.dropTable("recordings_policy").execute());
    expect((await node.recordings.policies.policyOf(acme)).mode).toBe("user-authentication");
    node.clock.advance(501);
    await expect(node.recordings.policies.policyOf(acme)).rejects.toThrow(/recordings_policy/);
  });
});

describeEachEngine("the API of who may hear recordings", (harness) => {
  // attack row 141
  it("is for operators, and for admins of the account alone", async () => {
    const node = await startAudioDownload(harness);
    const tokenFor = async (...scopes: readonly ("policy:read" | "policy:write")[]) => {
      const input = { name: "t", scopes, expiresAtMs: null, createdBy: "test" };
      const made = await node.accounts.createToken(input);
      return made.ok ? made.token : made.why;
    };
    const as = {
      "host shell": "host shell",
      operator: await node.addUser("root", null),
      admin: await node.addUser("ada", "acme", "admin"),
      agent: await node.addUser("grace", "acme"),
      "read token": await tokenFor("policy:read"),
      "write token": await tokenFor("policy:read", "policy:write"),
      nobody: null,
    };
    const codes = ["acme", "beta", "zeta"];
    const table: [string, string][] = [];
    for (const [who, id] of Object.entries(as)) {
      const body = { value: OPEN };
      const asked = codes.flatMap((code) => [
        node.ask("GET", `${PATH}?account=${code}`, { as: id }),
        node.ask("PUT", `${PATH}?account=${code}`, { as: id, body }),
        node.ask("POST", `${PATH}/preview?account=${code}`, { as: id, body }),
      ]);
      const statuses = (await Promise.all(asked)).map(({ status }) => status);
      table.push([who, statuses.join(" ")]);
    }
    expect(Object.fromEntries(table)).toEqual({
      "host shell": "200 200 200 200 200 200 404 404 404",
      operator: "200 200 200 200 200 200 404 404 404",
      admin: "200 200 200 404 404 404 404 404 404",
      agent: "403 403 403 403 403 403 403 403 403",
      "read token": "200 403 200 200 403 200 404 403 404",
      "write token": "200 200 200 200 200 200 404 404 404",
      nobody: "401 401 401 401 401 401 401 401 401",
    });
    for (const [method, path] of [
      ["GET", PATH],
      ["PUT", PATH],
      ["POST", `${PATH}/preview`],
    ] as const) {
      const body = method === "GET" ? {} : { body: { value: OPEN } };
      const of = (code: string) =>
        node.ask(method, `${path}?account=${code}`, { as: as.admin, ...body });
      expect((await of("beta")).json).toEqual((await of("zeta")).json);
    }
  });

  it("refuses what is no policy, and says what is accepted", async () => {
    const node = await startAudioDownload(harness);
    const { default: standing } = await node.must("GET", `${PATH}?account=acme`, {
      as: "host shell",
    });
    for (const [value, path] of [
      [{ ...OPEN, mode: "open" }, "/value/mode"],
      [{ ...OPEN, whitelist: "10.0.0.1" }, "/value/whitelist"],
      [{ ...OPEN, whitelist: [7] }, "/value/whitelist/0"],
      [{ ...OPEN, onlyShareable: "yes" }, "/value/onlyShareable"],
      [{ ...OPEN, more: 1 }, "/value/more"],
      [{ mode: OPEN.mode, whitelist: [] }, "/value/onlyShareable"],
      [null, "/value"],
    ] as const) {
      const asked = { as: "host shell", body: { value } };
      for (const [method, suffix] of [
        ["PUT", ""],
        ["POST", "/preview"],
      ] as const) {
        const { status, json } = await node.ask(method, `${PATH}${suffix}?account=acme`, asked);
        expect([status, json.code]).toEqual([400, "invalid-input"]);
        expect(json.errors.map((error: { path: string }) => error.path)).toContain(path);
      }
    }
    expect((await node.ask("GET", PATH, { as: "host shell" })).status).toBe(400);
    const now = await node.must("GET", `${PATH}?account=acme`, { as: "host shell" });
    expect([now.version, now.value]).toEqual([0, standing]);
  });
});
