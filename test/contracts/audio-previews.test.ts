// What previews of access policies promise on every engine: who would lose or gain, as of today.
import { expect, it } from "vitest";
import type { AudioPolicyValue } from "../../src/api/audio-download-api.ts";
import type { FoundRecording } from "../../src/server/recordings/index.ts";
import { createVisitTally } from "../../src/server/recordings/plays/visit-tally.ts";
import { writeVisits } from "../../src/server/recordings/plays/write-visits.ts";
import { describeEachEngine } from "./engines.ts";
import { addressOf, OPEN, PATH, SHELL, startAudioDownload } from "./start-audio-download.ts";

const DAY_MS = 86_400_000;
const SIGN_IN: AudioPolicyValue = { ...OPEN, mode: "user-authentication" };
const OFFICE: AudioPolicyValue = { ...OPEN, mode: "ip-whitelist", whitelist: ["192.0.2.0/24"] };
const NOTHING = { visitors: 0, users: 0, addresses: 0, requests: 0, examples: [] };

const SYDNEY = "+61255501234";
const PERTH = "+61855505678";

/** Ada manages acme, Grace and Alan work there; Grace is granted Sydney. Bob is of beta. */
async function start(harness: Parameters<typeof startAudioDownload>[0]) {
  const node = await startAudioDownload(harness);
  const numbers = {
    sydney: await node.addNumber("acme", SYDNEY),
    perth: await node.addNumber("acme", PERTH, true),
    beta: await node.addNumber("beta", "+4930123456"),
  };
  const users = {
    root: await node.addUser("root", null),
    ada: await node.addUser("ada", "acme", "admin"),
    grace: await node.addUser("grace", "acme"),
    alan: await node.addUser("alan", "acme"),
    bob: await node.addUser("bob", "beta"),
  };
  const grant = { id: numbers.sydney, userId: users.grace };
  await node.accounts.trackingNumbers.grant(SHELL, grant);
  const sydney = await node.addRecording(numbers.sydney, "s".repeat(20));
  const perth = await node.addRecording(numbers.perth, "p".repeat(20));
  const beta = await node.addRecording(numbers.beta, "b".repeat(20));
  return { ...node, numbers, users, grant, sydney, perth, beta };
}

describeEachEngine("a preview", (harness) => {
  it("tells who listened and would not any more, and stores nothing", async () => {
    const node = await start(harness);
    await node.put("acme", OPEN);
    const { users, sydney, perth, visit } = node;
    for (const [recording, userId, from] of [
      [sydney, null, "192.0.2.1"],
      [sydney, null, "192.0.2.1"],
      [sydney, users.grace, "192.0.2.1"],
      [perth, users.grace, "198.51.100.1"],
      [sydney, users.alan, "198.51.100.2"],
      [sydney, users.ada, "198.51.100.3"],
      [sydney, users.root, "198.51.100.4"],
      [sydney, users.bob, "198.51.100.5"],
      [node.beta, null, "198.51.100.6"],
    ] as const) {
      node.clock.advance(1000);
      visit(recording, userId, { at: from, reason: "access-unrestricted" });
    }
    const { lose, ...rest } = await node.preview(SIGN_IN);
    expect(rest).toEqual({ days: 7, visitors: 7, gain: NOTHING, isWhole: true });
    expect(lose).toMatchObject({ visitors: 4, users: 3, addresses: 4, requests: 5 });
    const before = "access-unrestricted";
    const at = (seconds: number) => new Date(1_800_000_000_000 + seconds * 1000).toISOString();
    const one = { before, requests: 1, isYou: false };
    expect(lose.examples).toEqual([
      {
        ...one,
        email: null,
        address: "192.0.2.1",
        number: SYDNEY,
        requests: 2,
        lastAt: at(2),
        after: "session-missing",
      },
      // Who somebody of another account is, acme does not learn (attack row 141).
      {
        ...one,
        email: null,
        address: "198.51.100.5",
        number: SYDNEY,
        lastAt: at(8),
        after: "account-not-theirs",
      },
      {
        ...one,
        email: "alan@example.com",
        address: "198.51.100.2",
        number: SYDNEY,
        lastAt: at(5),
        after: "number-not-granted",
      },
      {
        ...one,
        email: "grace@example.com",
        address: "198.51.100.1",
        number: PERTH,
        lastAt: at(4),
        after: "number-not-granted",
      },
    ]);
    const now = await node.must("GET", `${PATH}?account=acme`, { as: "host shell" });
    expect([now.version, now.value]).toEqual([1, OPEN]);
    expect(await node.eventsOf("audio-policy-changed")).toHaveLength(1);
  });

  it("tells who was not let in and would be", async () => {
    const node = await start(harness);
    const { users, sydney, perth, visit } = node;
    visit(sydney, null, { at: "192.0.2.1", reason: "session-missing" });
    visit(perth, null, { at: "192.0.2.1", reason: "session-missing" });
    visit(sydney, users.alan, { at: "192.0.2.2", reason: "number-not-granted" });
    visit(sydney, users.grace, { at: "192.0.2.3", reason: "number-open-to-user" });
    const { lose, gain } = await node.preview({ ...OFFICE, onlyShareable: true });
    expect(lose).toEqual(NOTHING);
    expect(gain).toMatchObject({
      visitors: 1,
      examples: [{ number: PERTH, before: "session-missing", after: "address-whitelisted" }],
    });
    expect((await node.preview(OPEN)).gain).toMatchObject({ visitors: 2, users: 1, requests: 3 });
  });

  it("goes by the roles, grants and numbers of today", async () => {
    const node = await start(harness);
    const { users, sydney } = node;
    await node.put("acme", OPEN);
    const { accounts } = node;
    node.visit(sydney, users.grace, { at: "192.0.2.1", reason: "access-unrestricted" });
    const losing = async () =>
      (await node.preview(SIGN_IN)).lose.examples.map(
        (example: { after: string }) => example.after,
      );
    expect(await losing()).toEqual([]);
    await accounts.trackingNumbers.revoke(SHELL, node.grant);
    expect(await losing()).toEqual(["number-not-granted"]);
    const at = { userId: users.grace, accountCode: "acme" };
    await accounts.users.changeMembership(SHELL, { ...at, role: "admin" });
    expect(await losing()).toEqual([]);
    await accounts.users.changeMembership(SHELL, { ...at, role: null });
    expect(await losing()).toEqual(["account-not-theirs"]);
    await node.database.transaction((trx) =>
      trx
        .updateTable("accounts_user")
        .set({ is_disabled: 1 })
        .where("id", "=", users.grace)
        .execute(),
    );
    expect(await losing()).toEqual(["session-missing"]);
    const narrow = { ...OFFICE, onlyShareable: true };
    expect((await node.preview(narrow)).lose.examples).toMatchObject([
      { after: "number-not-shareable" },
    ]);
    const patch = { isShareable: true };
    await accounts.trackingNumbers.change(SHELL, { id: node.numbers.sydney, patch });
    expect((await node.preview(narrow)).lose).toEqual(NOTHING);
  });

  it("says where it is you who would lose", async () => {
    const node = await start(harness);
    await node.put("acme", OPEN);
    const { users, sydney, visit } = node;
    visit(sydney, users.ada, { at: "198.51.100.1", reason: "access-unrestricted" });
    visit(sydney, null, { at: "198.51.100.2", reason: "access-unrestricted" });
    visit(sydney, null, { at: "198.51.100.3", reason: "access-unrestricted" });
    const isYou = async (as: string, from: string) => {
      const { lose } = await node.preview(OFFICE, { as, from });
      return lose.examples
        .filter((example: { isYou: boolean }) => example.isYou)
        .map((example: { address: string }) => example.address)
        .toSorted();
    };
    expect(await isYou(users.ada, "198.51.100.2")).toEqual(["198.51.100.1", "198.51.100.2"]);
    expect(await isYou(users.root, "192.0.2.1")).toEqual([]);
  });

  it("is refused like a policy that would be saved, each line by its number", async () => {
    const node = await start(harness);
    const preview = (value: AudioPolicyValue) =>
      node.ask("POST", `${PATH}/preview?account=acme`, { as: "host shell", body: { value } });
    for (const value of [
      { ...OFFICE, whitelist: ["", "192.0.2.1", "192.0.2.1/24", "x"] },
      { ...OFFICE, whitelist: [] },
    ]) {
      const { status, json } = await preview(value);
      expect([status, json]).toEqual([400, (await node.put("acme", value)).json]);
      expect(json.code).toBe("policy-refused");
    }
  });

  it("looks back seven days, and no longer are visitors kept", async () => {
    const node = await start(harness);
    await node.put("acme", OPEN);
    const { sydney, visit } = node;
    visit(sydney, null, { at: "192.0.2.1", reason: "access-unrestricted" });
    await node.recordings.plays.flush();
    node.clock.advance(7 * DAY_MS);
    visit(sydney, null, { at: "192.0.2.2", reason: "access-unrestricted" });
    expect((await node.preview(SIGN_IN)).lose.addresses).toBe(2);
    node.clock.advance(1);
    expect((await node.preview(SIGN_IN)).lose.addresses).toBe(1);
    node.clock.advance(DAY_MS);
    await node.recordings.plays.prune();
    const rows = await node.database.kysely
      .selectFrom("recordings_visitor")
      .select("address")
      .execute();
    expect(rows).toEqual([{ address: "192.0.2.2" }]);
  });
});

describeEachEngine("visitors of recordings", (harness) => {
  function tallyOf(
    recording: FoundRecording,
    froms: readonly string[],
    { isPlayed = false, atMs = 1_800_000_000_000 } = {},
  ) {
    const tally = createVisitTally((address) => address);
    const reason = isPlayed ? "access-unrestricted" : "session-missing";
    for (const from of froms) {
      const visit = { recording, userId: null, address: addressOf(from), reason } as const;
      tally.count(visit, atMs);
    }
    return tally;
  }

  it("add up over writings and nodes", async () => {
    const node = await start(harness);
    const froms = Array.from({ length: 300 }, (_, index) => `10.0.${index >> 8}.${index & 255}`);
    // Two nodes that write the same rows at once, in different orders.
    const tallies = [froms, froms.toReversed()].map((some) => tallyOf(node.sydney, some));
    await Promise.all(tallies.map((tally) => writeVisits(node.database, tally)));
    const rows = await node.database.kysely.selectFrom("recordings_visitor").selectAll().execute();
    expect(rows).toHaveLength(300);
    expect(new Set(rows.map(({ requests }) => requests))).toEqual(new Set([2]));
  });

  it("keep the latest time, whichever node writes last, however full it is", async () => {
    const node = await start(harness);
    const latestMs = 1_800_000_000_000;
    for (const refused of [5, 0]) {
      for (const atMs of [latestMs, latestMs - 60_000]) {
        const max = { played: 5, refused: atMs === latestMs ? 5 : refused };
        await writeVisits(node.database, tallyOf(node.sydney, ["10.0.0.1"], { atMs }), max);
      }
    }
    const rows = node.database.kysely.selectFrom("recordings_visitor");
    expect(await rows.select(["requests", "last_at"]).execute()).toEqual([
      { requests: 4, last_at: latestMs },
    ]);
  });

  it("are bounded for an account's day, and a preview says that they are not all", async () => {
    const node = await start(harness);
    const max = { played: 4, refused: 3 };
    const write = (froms: readonly string[], isPlayed = false) =>
      writeVisits(node.database, tallyOf(node.sydney, froms, { isPlayed }), max);
    await write(["10.0.0.1", "10.0.0.2"]);
    expect((await node.preview(OPEN)).isWhole).toBe(true);
    await write(["10.0.0.2", "10.0.0.3", "10.0.0.4", "10.0.0.5", "10.0.0.5"]);
    await write(["10.0.0.1", "10.0.0.2", "10.0.0.6"], true);
    const rows = await node.database.kysely
      .selectFrom("recordings_visitor")
      .select(["address", "reason", "requests"])
      .orderBy("reason")
      .orderBy("address")
      .execute();
    expect(rows.map(({ address, reason, requests }) => [address, reason, requests])).toEqual([
      ["10.0.0.1", "access-unrestricted", 1],
      ["10.0.0.2", "access-unrestricted", 1],
      ["10.0.0.6", "access-unrestricted", 1],
      ["", "not-kept", 3],
      ["10.0.0.1", "session-missing", 1],
      ["10.0.0.2", "session-missing", 2],
      ["10.0.0.3", "session-missing", 1],
    ]);
    const { isWhole, visitors } = await node.preview(OPEN);
    expect([isWhole, visitors]).toEqual([false, 4]);
    // Another account's preview is whole all the same.
    const path = `${PATH}/preview?account=beta`;
    const body = { value: OPEN };
    expect((await node.must("POST", path, { as: "host shell", body })).isWhole).toBe(true);
  });
});
