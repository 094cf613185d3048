// The call tracking guide, "Audio Download" and "Audio Security", sentence by sentence, over HTTP.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readSample } from "../audio/audio-samples.ts";
import { newestMailTo } from "../browser/outbox.ts";
import { ORIGIN } from "../people/start-people.ts";
import type { Person } from "../people/start-people.ts";
import { sha256Of, startRecordings } from "../people/start-recordings.ts";
import type { Heard, RunningRecordings, TrackingNumber } from "../people/start-recordings.ts";

const OFFICE = "203.0.113.10";
const ELSEWHERE = "198.51.100.20";
const WHITELIST = ["203.0.113.0/28"];
const AUDIO = sha256Of(readSample("mp3"));

const dataDir = mkdtempSync(join(tmpdir(), "postern-guide-"));
let portal: RunningRecordings;
let count = 0;

beforeAll(async () => {
  portal = await startRecordings({ dataDir });
});
afterAll(async () => {
  await portal?.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

type Client = {
  readonly account: string;
  readonly number: TrackingNumber;
  readonly link: string;
  /** An agent who is granted the number. */
  readonly agent: Person;
};

/** An account of its own with a number, an agent and a recording. */
async function newClient(policy: Parameters<RunningRecordings["setAudio"]>[1]): Promise<Client> {
  count += 1;
  const account = `client-${count}`;
  await portal.addAccount(account);
  expect((await portal.setAudio(account, policy)).status).toBe(200);
  const number = await portal.addNumber(account);
  const agent = await newAgent(account);
  await portal.grant(number, agent);
  const { link } = await portal.addRecording({ account, number: number.number });
  return { account, number, link, agent };
}

function newAgent(account: string): Promise<Person> {
  count += 1;
  return portal.addPerson({ email: `ada-${count}@example.com`, accounts: { [account]: "agent" } });
}

/** 200 with the very bytes of the recording. */
function plays(heard: Heard): boolean {
  return heard.status === 200 && heard.sha256 === AUDIO;
}

function signInFor(link: string): string {
  const back = encodeURIComponent(`${ORIGIN}/postern/recordings/${link}`);
  return `${ORIGIN}/postern/sign-in?returnTo=${back}`;
}

describe("who is able to access audio recordings on the client account", () => {
  it("is the account's own option: one account's does not open another's", async () => {
    const open = await newClient({ mode: "no-restrictions" });
    const closed = await newClient({ mode: "user-authentication" });
    expect(plays(await portal.listen(open.link, { from: ELSEWHERE }))).toBe(true);
    expect((await portal.listen(closed.link, { from: ELSEWHERE })).status).toBe(401);
  });

  it("has some form of access control from the first day, as is recommended", async () => {
    await portal.addAccount("brand-new");
    const number = await portal.addNumber("brand-new");
    const added = await portal.addRecording({ account: "brand-new", number: number.number });
    const { value } = await portal.must("GET", "/api/v1/audio-download?account=brand-new");
    expect(value.mode).toBe("user-authentication");
    expect((await portal.listen(added.link, { from: OFFICE })).status).toBe(401);
  });

  it("is one of five options, and no other", async () => {
    const { account } = await newClient({ mode: "user-authentication" });
    const value = { mode: "everybody", whitelist: [], onlyShareable: false };
    const path = `/api/v1/audio-download?account=${account}`;
    expect((await portal.api("PUT", path, { value })).status).toBe(400);
    for (const mode of [
      "no-restrictions",
      "ip-whitelist",
      "user-authentication",
      "whitelist-and-user",
      "whitelist-or-user",
    ] as const) {
      const answer = await portal.setAudio(account, { mode, whitelist: WHITELIST });
      expect([mode, answer.status, answer.json.value.mode]).toEqual([mode, 200, mode]);
    }
  });
});

describe("No Security Restrictions", () => {
  it("lets anyone with the link play the audio file, or download it", async () => {
    const { link } = await newClient({ mode: "no-restrictions" });
    const played = await portal.listen(link, { from: ELSEWHERE });
    expect([plays(played), played.headers["content-type"]]).toEqual([true, "audio/mpeg"]);
    const downloaded = await portal.listen(link, { from: ELSEWHERE, what: "audio-document" });
    expect(plays(downloaded)).toBe(true);
    expect(downloaded.headers["content-disposition"]).toMatch(/^attachment; filename=".+\.mp3"/);
    expect((await portal.listen(link, { from: ELSEWHERE, what: "page" })).status).toBe(200);
  });

  it("opens nothing to whoever has no link", async () => {
    await newClient({ mode: "no-restrictions" });
    const guessed = await portal.listen("AAAAAAAAAAAAAAAAAAAAAA", { from: ELSEWHERE });
    expect(guessed.status).toBe(401);
  });

  it("opens voicemails from missed call notification e-mails", async () => {
    const { account, number, agent } = await newClient({ mode: "no-restrictions" });
    const link = await linkOfMissedCall(account, number, agent);
    expect(plays(await portal.listen(link, { from: ELSEWHERE }))).toBe(true);
  });

  it("with User Authentication a forwarded e-mail cannot be heard by a third party", async () => {
    const { account, number, agent } = await newClient({ mode: "user-authentication" });
    const link = await linkOfMissedCall(account, number, agent);
    const page = await portal.listen(link, { from: ELSEWHERE, what: "page" });
    expect([page.status, page.headers.location]).toEqual([302, signInFor(link)]);
    const browser = await portal.signedIn(agent);
    expect(plays(await portal.listen(link, { from: ELSEWHERE, browser }))).toBe(true);
  });
});

/** What stands after /recordings/ in the mail that a missed call brings. */
async function linkOfMissedCall(
  account: string,
  { number }: TrackingNumber,
  { email }: Person,
): Promise<string> {
  const query = new URLSearchParams({
    account,
    number,
    missedCall: "true",
    caller: "+61255509999",
  });
  const path = `/api/v1/recordings?${query.toString()}`;
  const added = await portal.upload(path, "audio/mpeg", readSample("mp3"));
  expect(added.status).toBe(201);
  const mail = await newestMailTo({ dataDir }, email, { saying: /Missed call/ });
  const start = `${ORIGIN}/postern/recordings/`;
  const address = mail.links.find((one) => one.startsWith(start));
  expect(address).toBe(added.json.url);
  return String(address).slice(start.length);
}

describe("IP Whitelist", () => {
  it("allows connections from listed addresses, without a password prompt", async () => {
    const { link } = await newClient({ mode: "ip-whitelist", whitelist: WHITELIST });
    expect(plays(await portal.listen(link, { from: OFFICE }))).toBe(true);
    expect((await portal.listen(link, { from: OFFICE, what: "page" })).status).toBe(200);
  });

  it("allows no other, also not by signing in", async () => {
    const { link, agent } = await newClient({ mode: "ip-whitelist", whitelist: WHITELIST });
    for (const browser of [null, await portal.signedIn(agent)]) {
      const page = await portal.listen(link, { from: ELSEWHERE, browser, what: "page" });
      expect([page.status, page.headers.location]).toEqual([403, undefined]);
      expect((await portal.listen(link, { from: ELSEWHERE, browser })).status).toBe(403);
    }
  });

  it("takes each allowed address on a line of its own, and says which line is wrong", async () => {
    const lines = ["203.0.113.10", "", "2001:db8::/48", "192.0.2.1-192.0.2.9"];
    const { account, link } = await newClient({ mode: "ip-whitelist", whitelist: lines });
    const froms = ["203.0.113.10", "2001:db8::7", "192.0.2.9", "192.0.2.10", "203.0.113.11"];
    const heard = [];
    for (const from of froms) heard.push(plays(await portal.listen(link, { from })));
    expect(heard).toEqual([true, true, true, false, false]);
    const whitelist = ["203.0.113.10", "our office", "192.0.2.256"];
    const refused = await portal.setAudio(account, { whitelist });
    expect(refused.status).toBe(400);
    const places = refused.json.errors.map(({ path, line }: { path: string; line: number }) => {
      return [path, line];
    });
    expect(places).toEqual([
      ["/value/whitelist", 2],
      ["/value/whitelist", 3],
    ]);
  });

  it("does not open what is forwarded to a user of the office without the number", async () => {
    const { account, link } = await newClient({ mode: "ip-whitelist", whitelist: WHITELIST });
    const browser = await portal.signedIn(await newAgent(account));
    expect((await portal.listen(link, { from: OFFICE, browser })).status).toBe(404);
  });
});

describe("User Authentication", () => {
  it("asks whoever is not logged in to log in, then plays the file", async () => {
    const { link, agent } = await newClient({ mode: "user-authentication" });
    const clicked = await portal.listen(link, { from: ELSEWHERE, what: "page" });
    expect([clicked.status, clicked.headers.location]).toEqual([302, signInFor(link)]);
    const browser = portal.browser();
    const returnTo = new URL(String(clicked.headers.location)).searchParams.get("returnTo");
    const { email, password } = agent;
    const body = { email, password, returnTo };
    const signedIn = await browser.ask("POST", "/api/v1/sign-in", { body });
    expect([signedIn.status, signedIn.json.next]).toEqual([200, "none"]);
    const after = { from: ELSEWHERE, browser };
    expect((await portal.listen(link, { ...after, what: "page" })).status).toBe(200);
    expect(plays(await portal.listen(link, after))).toBe(true);
  });

  it("plays the file at once to whoever is logged in already", async () => {
    const { link, agent } = await newClient({ mode: "user-authentication" });
    const browser = await portal.signedIn(agent);
    const page = await portal.listen(link, { from: ELSEWHERE, browser, what: "page" });
    expect([page.status, page.headers.location]).toEqual([200, undefined]);
    expect(plays(await portal.listen(link, { from: ELSEWHERE, browser }))).toBe(true);
  });

  it("asks in the office as well: the whitelist is not looked at", async () => {
    const policy = { mode: "user-authentication", whitelist: WHITELIST } as const;
    const { link } = await newClient(policy);
    expect((await portal.listen(link, { from: OFFICE })).status).toBe(401);
  });
});

describe("Both IP Whitelist AND User Authentication", () => {
  it("asks for both conditions: either alone does not do", async () => {
    const policy = { mode: "whitelist-and-user", whitelist: WHITELIST } as const;
    const { account, link, agent } = await newClient(policy);
    const browser = await portal.signedIn(agent);
    expect(plays(await portal.listen(link, { from: OFFICE, browser }))).toBe(true);
    expect((await portal.listen(link, { from: OFFICE })).status).toBe(401);
    expect((await portal.listen(link, { from: ELSEWHERE, browser })).status).toBe(403);
    // Only some users in a larger office have access.
    const other = await portal.signedIn(await newAgent(account));
    expect((await portal.listen(link, { from: OFFICE, browser: other })).status).toBe(404);
  });
});

describe("Either IP Whitelist OR User Authentication", () => {
  it("plays without a password prompt in the office", async () => {
    const { link } = await newClient({ mode: "whitelist-or-user", whitelist: WHITELIST });
    expect(plays(await portal.listen(link, { from: OFFICE }))).toBe(true);
    expect((await portal.listen(link, { from: OFFICE, what: "page" })).status).toBe(200);
  });

  it("plays to users who work remotely, with a valid login and not without", async () => {
    const { link, agent } = await newClient({ mode: "whitelist-or-user", whitelist: WHITELIST });
    const page = await portal.listen(link, { from: ELSEWHERE, what: "page" });
    expect([page.status, page.headers.location]).toEqual([302, signInFor(link)]);
    const browser = await portal.signedIn(agent);
    expect(plays(await portal.listen(link, { from: ELSEWHERE, browser }))).toBe(true);
    expect((await browser.ask("POST", "/api/v1/sign-out")).status).toBe(200);
    expect((await portal.listen(link, { from: ELSEWHERE, browser })).status).toBe(401);
  });
});

describe("Audio Security", () => {
  it("asks users for the tracking number as well as for the client account", async () => {
    const { account, number, link, agent } = await newClient({ mode: "user-authentication" });
    const colleague = await newAgent(account);
    const browser = await portal.signedIn(colleague);
    const listening = { from: ELSEWHERE, browser };
    expect((await portal.listen(link, listening)).status).toBe(404);
    await portal.grant(number, colleague);
    expect(plays(await portal.listen(link, listening))).toBe(true);
    await portal.must("DELETE", `/api/v1/users/${colleague.id}/memberships/${account}`);
    expect((await portal.listen(link, listening)).status).toBe(404);
    const still = { from: ELSEWHERE, browser: await portal.signedIn(agent) };
    expect(plays(await portal.listen(link, still))).toBe(true);
  });

  it("answers a shared link to a user without the number as a link to nothing", async () => {
    const { link } = await newClient({ mode: "user-authentication" });
    const { agent: stranger } = await newClient({ mode: "user-authentication" });
    const listening = { from: ELSEWHERE, browser: await portal.signedIn(stranger) } as const;
    const shared = await portal.listen(link, listening);
    const nothing = await portal.listen("AAAAAAAAAAAAAAAAAAAAAA", listening);
    const withoutId = ({ text }: Heard): string => text.replaceAll(/[a-z2-7]{20}/g, "ID");
    expect([shared.status, withoutId(shared)]).toEqual([404, withoutId(nothing)]);
  });

  it("is not enforced with No Security Restrictions, and is with every other option", async () => {
    const { account, link } = await newClient({ mode: "no-restrictions", whitelist: WHITELIST });
    const browser = await portal.signedIn(await newAgent(account));
    const listening = { from: OFFICE, browser };
    expect(plays(await portal.listen(link, listening))).toBe(true);
    for (const mode of [
      "ip-whitelist",
      "user-authentication",
      "whitelist-and-user",
      "whitelist-or-user",
    ] as const) {
      await portal.setAudio(account, { mode });
      expect([mode, (await portal.listen(link, listening)).status]).toEqual([mode, 404]);
    }
  });
});
