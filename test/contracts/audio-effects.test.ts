// What previews of an audio policy promise on every engine: recordings unheard, and by whom.
import { expect, it } from "vitest";
import type { AudioPolicyValue } from "../../src/api/audio-download-api.ts";
import { createReadEffects } from "../../src/server/preview/read-effects.ts";
import { describeEachEngine } from "./engines.ts";
import type { EngineHarness } from "./engines.ts";
import { OPEN, PATH, SHELL, startAudioDownload } from "./start-audio-download.ts";

const DAY_MS = 86_400_000;
const SIGN_IN: AudioPolicyValue = { ...OPEN, mode: "user-authentication" };
const BOTH: AudioPolicyValue = {
  ...OPEN,
  mode: "whitelist-and-user",
  whitelist: ["192.0.2.0/24"],
};

/** Ada manages acme; Grace and Alan are granted Sydney, which has two recordings of three. */
async function start(harness: EngineHarness) {
  const node = await startAudioDownload(harness);
  const sydney = await node.addNumber("acme", "+61255501234");
  const perth = await node.addNumber("acme", "+61855505678", true);
  const users = {
    root: await node.addUser("root", null),
    ada: await node.addUser("ada", "acme", "admin"),
    grace: await node.addUser("grace", "acme"),
    alan: await node.addUser("alan", "acme"),
    gone: await node.addUser("gone", "acme"),
    bob: await node.addUser("bob", "beta"),
  };
  for (const userId of [users.grace, users.alan, users.gone]) {
    await node.accounts.trackingNumbers.grant(SHELL, { id: sydney, userId });
  }
  await node.accounts.users.change(SHELL, users.gone, { isDisabled: true });
  const recordings = {
    first: await node.addRecording(sydney, "s".repeat(20)),
    second: await node.addRecording(sydney, "t".repeat(20)),
    perth: await node.addRecording(perth, "p".repeat(20)),
  };
  const readEffects = createReadEffects({
    ...node,
    identity: {
      previewEffects: (changes) => {
        const told = changes.map(({ account, section }) => `${account?.code} ${section}`);
        return told.length === 0 ? Promise.resolve([]) : Promise.reject(new Error(told.join()));
      },
    },
  });
  const { signal } = new AbortController();
  const tell = async (value: unknown, period: "24h" | "7d" = "7d", account = "acme") => {
    const change = { kind: "audio-policy", account, value } as const;
    const effects = await readEffects([change], { period, signal });
    return effects.map(({ code, account: of, count, users: { count: people, names } }) => {
      return [code, of, count, people].concat(names.map(({ name }) => name));
    });
  };
  return { ...node, users, of: recordings, readEffects, signal, tell };
}

describeEachEngine("a preview of an audio policy", (harness) => {
  it("tells which recordings would be unheard, by whom, and then they are", async () => {
    const { visit, users, of, tell, put, clock } = await start(harness);
    const reason = "number-open-to-user";
    visit(of.first, users.grace, { at: "198.51.100.1", reason });
    visit(of.perth, users.ada, { at: "192.0.2.1", reason });
    visit(of.first, users.bob, { at: "198.51.100.2", reason: "account-not-theirs" });
    visit(of.first, null, { at: "198.51.100.3", reason: "session-missing" });
    expect(await tell(SIGN_IN)).toEqual([]);
    expect(await tell(BOTH)).toEqual([
      ["recordings-unheard", "acme", 2, 1, "grace"],
      ["listeners-refused", "acme", 2, 1, "grace"],
      ["listeners-depend-on-address", "acme", 1, 1, "alan"],
    ]);
    // Two days later nobody knows from where they ask.
    clock.advance(2 * DAY_MS);
    expect(await tell(BOTH, "24h")).toEqual([
      ["listeners-depend-on-address", "acme", 3, 3, "ada", "alan", "grace"],
    ]);
    expect((await put("acme", BOTH)).status).toBe(200);
    expect(await tell(BOTH)).toEqual([]);
    expect(await tell(SIGN_IN)).toEqual([
      ["recordings-opened", "acme", 2, 1, "grace"],
      ["listeners-may-sign-in", "acme", 1, 0],
      ["listeners-let-in", "acme", 1, 1, "grace"],
      ["listeners-depend-on-address", "acme", 1, 1, "alan"],
    ]);
  });

  it("tells what the link alone would open, and names nobody of another account", async () => {
    const { visit, users, of, tell, put } = await start(harness);
    const reason = "account-not-theirs";
    visit(of.first, users.bob, { at: "198.51.100.2", reason });
    visit(of.first, users.root, { at: "198.51.100.4", reason: "number-open-to-user" });
    expect(await tell(OPEN)).toEqual([
      // Bob could ask for both of Sydney's, and is not acme's to name.
      ["recordings-opened", "acme", 2, 1],
      ["recordings-open-to-anyone", "acme", 3, 0],
      ["listeners-let-in", "acme", 1, 1],
    ]);
    const shareable = { ...BOTH, mode: "whitelist-or-user", onlyShareable: true };
    expect(await tell(shareable)).toEqual([["recordings-open-by-address", "acme", 1, 0]]);
    await put("acme", OPEN);
    expect(await tell(SIGN_IN)).toEqual([
      ["recordings-unheard", "acme", 2, 1],
      ["recordings-closed-to-anyone", "acme", 3, 0],
      ["listeners-refused", "acme", 1, 1],
    ]);
  });

  it("says how many asked who are not kept one by one", async () => {
    const { database, accounts, tell, clock } = await start(harness);
    const account = await accounts.findAccount("acme");
    const row = { account_id: account?.id ?? "", tracking_number_id: "", user_id: "", address: "" };
    const day = Math.floor(clock.nowMs() / DAY_MS);
    const unkept = { ...row, day, reason: "not-kept", requests: 17, last_at: clock.nowMs() };
    await database.transaction((trx) =>
      trx.insertInto("recordings_visitor").values(unkept).execute(),
    );
    expect(await tell(SIGN_IN)).toEqual([]);
    expect((await tell(OPEN)).at(-1)).toEqual(["listeners-not-recorded", "acme", 17, 0]);
  });

  it("refuses what saving refuses, and hands rules of sign-ins to their domain", async () => {
    const { tell, readEffects, signal, ask } = await start(harness);
    const saved = await ask("PUT", `${PATH}?account=acme`, {
      as: "host shell",
      body: { value: { ...BOTH, whitelist: ["10.0.0.1/8"] } },
    });
    expect(saved.json.code).toBe("policy-refused");
    for (const value of [{ ...BOTH, whitelist: ["10.0.0.1/8"] }, { mode: "open" }, null]) {
      await expect(tell(value)).rejects.toMatchObject({ code: "policy-refused", status: 400 });
    }
    await expect(tell(OPEN, "7d", "zeta")).rejects.toMatchObject({ code: "account-not-found" });
    const value = { enabled: true, minutes: 15 };
    const change = { kind: "identity-policy", section: "log-out", value } as const;
    const both = [change, { ...change, account: "beta" }];
    await expect(readEffects(both, { period: "24h", signal })).rejects.toThrow(
      "undefined log-out,beta log-out",
    );
  });
});
