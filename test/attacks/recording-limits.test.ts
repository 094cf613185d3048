// Attack row 134: what counts as playing a recording, and the address that plays too many.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { PlayAnswer, PlayListAnswer, RecordingAnswer } from "../../src/api/recordings-api.ts";
import type { TestBrowser } from "../people/start-people.ts";
import { startRecordings } from "../people/start-recordings.ts";
import type { RunningRecordings } from "../people/start-recordings.ts";

/** Guide "HTTP Rate Limits": the 51st inside 60 seconds. */
const PLAYS_MAX = 50;
const HARD_LIMIT = 600;
const BAN_SECONDS = 3600;
const SLACK = "Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)";

let portal: RunningRecordings;
let recordings: readonly RecordingAnswer[];
let browser: TestBrowser;
let visitors = 0;

beforeAll(async () => {
  portal = await startRecordings();
  await portal.addAccount("acme");
  await portal.addAccount("open");
  const guarded = await portal.addNumber("acme");
  const { number } = await portal.addNumber("open");
  await portal.setAudio("open", { mode: "no-restrictions" });
  const added: RecordingAnswer[] = [];
  for (let count = 0; count <= PLAYS_MAX; count += 1) {
    added.push(await portal.addRecording({ account: "open", number }));
  }
  added.push(await portal.addRecording({ account: "acme", number: guarded.number }));
  recordings = added;
  const admin = { email: "ada@example.com", accounts: { open: "admin" } } as const;
  browser = await portal.signedIn(await portal.addPerson(admin));
});
afterAll(() => portal?.stop());

function newVisitor(): string {
  visitors += 1;
  return `203.0.113.${visitors}`;
}

function linkOf(index: number): string {
  return recordings[index]!.link;
}

describe("plays", () => {
  it("of 50 recordings are let in; the 51st bans the address for audio, for an hour", async () => {
    const from = newVisitor();
    for (let index = 0; index < PLAYS_MAX; index += 1) {
      expect((await portal.listen(linkOf(index), { from })).status).toBe(200);
    }
    const over = await portal.listen(linkOf(PLAYS_MAX), { from });
    expect([over.status, over.headers["retry-after"]]).toEqual([429, String(BAN_SECONDS)]);
    const again = await portal.listen(linkOf(0), { from });
    expect(again.status).toBe(403);
    for (const what of ["page", "json"] as const) {
      expect((await portal.listen(linkOf(0), { from, what })).status).toBe(403);
    }
    // The account's own limit: other accounts and surfaces are not concerned.
    expect((await portal.listen(linkOf(PLAYS_MAX + 1), { from })).status).toBe(401);
    const elsewhere = { clientAddress: from, uri: "/api/v1/me" };
    expect((await portal.ask("own", elsewhere)).status).toBe(401);
    portal.advance(BAN_SECONDS * 1000);
    expect((await portal.listen(linkOf(0), { from })).status).toBe(200);
  });

  it("in parallel are counted one by one: of 51 at once fifty are let in", async () => {
    const from = newVisitor();
    const asks = recordings.slice(0, PLAYS_MAX + 1).map(
      ({ link }) =>
        () =>
          portal.listen(link, { from }),
    );
    const statuses = (await Promise.all(asks.map((ask) => ask()))).map(({ status }) => status);
    expect(statuses.filter((status) => status === 200)).toHaveLength(PLAYS_MAX);
    expect(statuses.filter((status) => status === 429)).toHaveLength(1);
  });

  it("of one file that is sought in sixty times are one", async () => {
    const from = newVisitor();
    for (let seek = 0; seek < 60; seek += 1) {
      const headers = { range: `bytes=${seek * 100}-${seek * 100 + 99}` };
      const { status } = await portal.listen(linkOf(0), { from, headers });
      expect(status).toBe(206);
    }
    expect((await portal.listen(linkOf(1), { from })).status).toBe(200);
  });

  it("of one file are one by whichever of its addresses it is asked for", async () => {
    const from = newVisitor();
    for (let count = 0; count < 60; count += 1) {
      const uri = `${count % 2 === 0 ? "/postern" : ""}/recordings/${linkOf(0)}/audio?n=${count}`;
      expect((await portal.ask("own", { clientAddress: from, uri })).status).toBe(200);
    }
  });

  it("are not hidden by ranges: 51 files, a byte of each, ban", async () => {
    const from = newVisitor();
    const headers = { range: "bytes=0-0" };
    const statuses: number[] = [];
    for (let index = 0; index <= PLAYS_MAX; index += 1) {
      statuses.push((await portal.listen(linkOf(index), { from, headers })).status);
    }
    expect(statuses).toEqual([...Array.from({ length: PLAYS_MAX }, () => 206), 429]);
  });
});

describe("what is no play", () => {
  const nothing = [
    ["HEAD", { method: "HEAD" }],
    ["the page", { what: "page" }],
    ["what the player shows", { what: "json" }],
    ["a link preview", { headers: { "user-agent": SLACK } }],
  ] as const;

  it.each(nothing)("%s counts nothing", async (_name, ask) => {
    const from = newVisitor();
    const first = await portal.listen(linkOf(0), { from, ...ask });
    for (let index = 1; index <= PLAYS_MAX; index += 1) {
      expect((await portal.listen(linkOf(index), { from, ...ask })).status).toBe(first.status);
    }
    expect((await portal.listen(linkOf(0), { from })).status).toBe(200);
  });

  it("is written down all the same where audio was handed out", async () => {
    const from = newVisitor();
    const { id, link } = recordings[1]!;
    await portal.listen(link, { from, method: "HEAD" });
    const whole = await portal.listen(link, { from, headers: { "user-agent": SLACK } });
    expect(whole.status).toBe(200);
    const ofVisitor = async (): Promise<readonly PlayAnswer[]> => {
      const { plays }: PlayListAnswer = await portal.must("GET", `/api/v1/recordings/${id}/plays`);
      return plays.filter(({ address }) => address === from);
    };
    const written = { userAgent: SLACK, userId: null, bytesSent: whole.bytes.length };
    await expect.poll(ofVisitor).toMatchObject([written]);
  });

  it("is told so of link previews only where nobody is signed in", async () => {
    const from = newVisitor();
    const headers = { "user-agent": SLACK };
    const statuses: number[] = [];
    for (let index = 0; index <= PLAYS_MAX; index += 1) {
      statuses.push((await portal.listen(linkOf(index), { from, browser, headers })).status);
    }
    expect(statuses).toEqual([...Array.from({ length: PLAYS_MAX }, () => 200), 429]);
  });

  it("counts against the hard limit all the same", async () => {
    const from = newVisitor();
    const head = { clientAddress: from, method: "HEAD", uri: `/recordings/${linkOf(0)}/audio` };
    const asks = Array.from({ length: HARD_LIMIT }, () => portal.ask("own", head));
    const answers = await Promise.all(asks);
    expect(answers.every(({ status }) => status === 200)).toBe(true);
    const over = await portal.listen(linkOf(0), { from, what: "json" });
    expect(over.status).toBe(429);
    const elsewhere = { clientAddress: from, uri: "/api/v1/me" };
    expect((await portal.ask("own", elsewhere)).status).toBe(403);
  });

  it("is a link that leads nowhere either, until there are too many of them", async () => {
    const from = newVisitor();
    const guess = (index: number): string => `${String(index).padStart(21, "0")}A`;
    const statuses: number[] = [];
    for (let index = 0; index <= PLAYS_MAX; index += 1) {
      statuses.push((await portal.listen(guess(index), { from })).status);
    }
    expect(statuses).toEqual([...Array.from({ length: PLAYS_MAX }, () => 401), 429]);
  });
});
