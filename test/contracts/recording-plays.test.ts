// What the record of who listened promises on every engine: one row a play, whose it is to read.
import { expect, it } from "vitest";
import type { FoundRecording } from "../../src/server/recordings/index.ts";
import { describeEachEngine } from "./engines.ts";
import { addressOf, startAudioDownload } from "./start-audio-download.ts";
import type { AudioNode } from "./start-audio-download.ts";

const NUMBER = "+61255501234";
const R = "r".repeat(20);
const DAY_MS = 86_400_000;

/** Nobody first. */
function byText([a]: readonly (string | null)[], [b]: readonly (string | null)[]): number {
  return (a ?? "").localeCompare(b ?? "");
}

type Begin = Parameters<AudioNode["recordings"]["plays"]["begin"]>[0];

async function start(harness: Parameters<typeof startAudioDownload>[0]) {
  const node = await startAudioDownload(harness);
  const recording = await node.addRecording(await node.addNumber("acme", NUMBER), R);
  const ada = await node.addUser("ada", "acme", "admin");
  const grace = await node.addUser("grace", "acme");
  const listen = (more: Partial<Begin> = {}) =>
    node.recordings.plays.begin({
      recording,
      userId: grace,
      email: "grace@example.com",
      address: addressOf("192.0.2.1"),
      country: "DE",
      userAgent: "Firefox",
      reason: "number-open-to-user",
      ...more,
    });
  const playsOf = async (as: string, { id }: Pick<FoundRecording, "id"> = recording, query = "") =>
    node.ask("GET", `/api/v1/recordings/${id}/plays${query}`, { as });
  return { ...node, recording, ada, grace, listen, playsOf };
}

describeEachEngine("a play", (harness) => {
  it("is one row and one event, however many requests continue it", async () => {
    const node = await start(harness);
    const startedAt = node.clock.nowMs();
    node.listen().note({ bytesSent: 1000, isCut: false });
    await node.recordings.plays.flush();
    node.clock.advance(60_000);
    const same = node.listen();
    same.note({ bytesSent: 500, isCut: true });
    await node.recordings.plays.flush();
    await node.recordings.plays.flush();
    const { status, json } = await node.playsOf(node.ada);
    expect([status, json]).toEqual([
      200,
      {
        plays: [
          {
            id: same.id,
            userId: node.grace,
            email: "grace@example.com",
            address: "192.0.2.1",
            country: "DE",
            userAgent: "Firefox",
            reason: "number-open-to-user",
            startedAt: new Date(startedAt).toISOString(),
            lastAt: new Date(startedAt + 60_000).toISOString(),
            bytesSent: 1500,
            isCut: true,
          },
        ],
        next: null,
      },
    ]);
    const rows = await node.database.kysely.selectFrom("recordings_play").selectAll().execute();
    expect(rows).toMatchObject([{ requests: 2, account_id: node.recording.accountId }]);
    const events = await node.eventsOf("recording-played");
    expect(events).toMatchObject([
      {
        owner: node.recording.accountId,
        account: "acme",
        user_id: node.grace,
        actor: "grace@example.com",
        address: "192.0.2.1",
        address_start: "c0000201",
        family: 4,
        country: "DE",
        surface: "audio",
        reason: "number-open-to-user",
        first_at: startedAt,
        detail: { recordingId: R, number: NUMBER },
      },
    ]);
  });

  it("is one for a network that is counted, and one for each that a user is in", async () => {
    const node = await start(harness);
    const nobody = { userId: null, email: null, reason: "access-unrestricted" } as const;
    for (let host = 1; host <= 200; host += 1) {
      node.listen({ ...nobody, address: addressOf(`2001:db8::${host.toString(16)}`) });
      // Also while they are written in between.
      if (host === 100) await node.recordings.plays.flush();
    }
    await node.recordings.plays.flush();
    const rows = await node.database.kysely.selectFrom("recordings_play").selectAll().execute();
    expect(rows).toMatchObject([{ requests: 200, address: "2001:db8::1", user_id: null }]);
    expect(await node.eventsOf("recording-played")).toHaveLength(1);
    node.listen({ address: addressOf("192.0.2.1") });
    node.listen({ address: addressOf("198.51.100.7") });
    node.listen({ address: addressOf("198.51.100.7") });
    const { plays } = (await node.playsOf(node.ada)).json;
    const ofGrace = plays.filter((play: { userId: unknown }) => play.userId === node.grace);
    const addresses = ofGrace.map((play: { address: string }) => play.address);
    expect(addresses.toSorted()).toEqual(["192.0.2.1", "198.51.100.7"]);
    expect(await node.eventsOf("recording-played")).toHaveLength(3);
  });

  it("is read at once, also when nobody has written it yet", async () => {
    const node = await start(harness);
    node.listen();
    node.listen({ userId: null, email: null, reason: "address-whitelisted" });
    const { plays } = (await node.playsOf(node.ada)).json;
    expect(plays.map((play: { email: unknown }) => play.email).toSorted()).toEqual([
      "grace@example.com",
      null,
    ]);
    const library = await node.must("GET", `/api/v1/recordings/${R}`, { as: node.ada });
    expect(library).toMatchObject({
      plays: 2,
      lastPlayedAt: new Date(node.clock.nowMs()).toISOString(),
    });
  });

  it("waits while the store is away, and is then written once", async () => {
    const node = await start(harness);
    node.listen().note({ bytesSent: 7, isCut: false });
    node.visit(node.recording, node.grace, { at: "192.0.2.1", reason: "number-open-to-user" });
    const rename = (from: string, to: string) =>
      node.database.transaction((trx) => trx.schema.alterTable(from).renameTo(to).execute());
    // Of a play and its event neither is there without the other.
    await rename("journal_event", "away");
    await expect(node.recordings.plays.flush()).rejects.toThrow(/journal_event/);
    const plays = () => node.database.kysely.selectFrom("recordings_play").selectAll().execute();
    expect(await plays()).toEqual([]);
    node.listen();
    await rename("away", "journal_event");
    await node.recordings.plays.flush();
    expect(await plays()).toMatchObject([{ requests: 2, bytes_sent: 7 }]);
    expect(await node.eventsOf("recording-played")).toHaveLength(1);
    await rename("recordings_visitor", "away");
    node.visit(node.recording, node.grace, { at: "192.0.2.1", reason: "number-open-to-user" });
    await expect(node.recordings.plays.flush()).rejects.toThrow(/recordings_visitor/);
    await rename("away", "recordings_visitor");
    await node.recordings.close();
    const visitors = await node.database.kysely
      .selectFrom("recordings_visitor")
      .selectAll()
      .execute();
    expect(visitors).toMatchObject([{ requests: 2, user_id: node.grace }]);
    expect(await plays()).toHaveLength(1);
    expect(node.errors).toEqual([]);
  });

  it("of a recording that went meanwhile stays an event alone", async () => {
    const node = await start(harness);
    node.listen();
    await node.database.transaction((trx) =>
      trx.deleteFrom("recordings_recording").where("id", "=", R).execute(),
    );
    await node.recordings.plays.flush();
    expect(await node.eventsOf("recording-played")).toHaveLength(1);
    const rows = await node.database.kysely.selectFrom("recordings_play").selectAll().execute();
    expect(rows).toEqual([]);
  });

  it("is listed newest first, page by page", async () => {
    const node = await start(harness);
    const ids: string[] = [];
    for (let last = 1; last <= 7; last += 1) {
      // Some begin in the same millisecond.
      if (last % 3 === 0) node.clock.advance(1000);
      const address = addressOf(`192.0.2.${last}`);
      ids.push(node.listen({ userId: null, email: null, address }).id);
    }
    const whole = (await node.playsOf(node.ada)).json;
    expect(whole.plays.map((play: { id: string }) => play.id).toSorted()).toEqual(ids.toSorted());
    const times = whole.plays.map((play: { startedAt: string }) => play.startedAt);
    expect(times).toEqual(times.toSorted().toReversed());
    const paged: unknown[] = [];
    for (let query: string | null = "?limit=2"; query !== null;) {
      const { json } = await node.playsOf(node.ada, node.recording, query);
      expect(json.plays.length).toBeLessThanOrEqual(2);
      paged.push(...json.plays);
      query = json.next === null ? null : `?limit=2&after=${json.next as string}`;
    }
    expect(paged).toEqual(whole.plays);
    const odd = await node.playsOf(node.ada, node.recording, "?after=eA");
    expect([odd.status, odd.json.code]).toEqual([400, "cursor-malformed"]);
  });

  it("is kept as long as events are", async () => {
    const node = await start(harness);
    node.listen();
    node.clock.advance(20 * DAY_MS);
    const young = node.listen();
    await node.recordings.plays.flush();
    node.clock.advance(11 * DAY_MS);
    await node.recordings.plays.prune();
    const { plays } = (await node.playsOf(node.ada)).json;
    expect(plays.map((play: { id: string }) => play.id)).toEqual([young.id]);
  });
});

describeEachEngine("the list of who listened", (harness) => {
  // attack row 141
  it("is for those who manage the account, and absent for all others", async () => {
    const node = await start(harness);
    node.listen();
    const root = await node.addUser("root", null);
    const ofBeta = await node.addUser("bob", "beta", "admin");
    const statuses = [];
    for (const as of [root, node.ada, ofBeta, node.grace, "host shell"]) {
      statuses.push((await node.playsOf(as)).status);
    }
    expect(statuses).toEqual([200, 200, 404, 403, 200]);
    const absent = await node.playsOf(ofBeta, { id: "q".repeat(20) });
    expect((await node.playsOf(ofBeta)).json).toEqual(absent.json);
  });

  // attack row 141
  it("tells admins nothing of users of other accounts, where anyone may listen", async () => {
    const node = await start(harness);
    const root = await node.addUser("root", null);
    const bob = await node.addUser("bob", "beta");
    const open = { reason: "access-unrestricted" } as const;
    node.listen({ ...open, userId: bob, email: "bob@example.com" });
    node.listen({ ...open, userId: root, email: "root@example.com" });
    node.listen(open);
    const emails = async (as: string) =>
      (await node.playsOf(as)).json.plays
        .map((play: { email: string | null; userId: string | null }) => [play.email, play.userId])
        .toSorted(byText);
    const own = [
      ["grace@example.com", node.grace],
      ["root@example.com", root],
    ];
    expect(await emails(root)).toEqual([["bob@example.com", bob], ...own]);
    expect(await emails(node.ada)).toEqual([[null, null], ...own]);
  });
});
