// Attack rows 83, 128, 129, 131 and 141: links that lead to recordings of others, or nowhere.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { RecordingAnswer } from "../../src/api/recordings-api.ts";
import { readSample } from "../audio/audio-samples.ts";
import { ORIGIN } from "../people/start-people.ts";
import type { Person, TestBrowser } from "../people/start-people.ts";
import { sha256Of, startRecordings } from "../people/start-recordings.ts";
import type {
  Heard,
  Listening,
  ListenTo,
  RunningRecordings,
  TrackingNumber,
} from "../people/start-recordings.ts";

const EVERYTHING: readonly ListenTo[] = ["audio", "audio-document", "page", "json"];
const NO_LINK = "AAAAAAAAAAAAAAAAAAAAAA";
const MINUTE_MS = 60_000;
const AUDIO = readSample("mp3");

let portal: RunningRecordings;
let number: TrackingNumber;
let recording: RecordingAnswer;
let foreign: RecordingAnswer;
let granted: Person;
let browsers: Readonly<Record<"granted" | "colleague" | "neighbour" | "operator", TestBrowser>>;
let visits = 0;

beforeAll(async () => {
  portal = await startRecordings();
  await portal.addAccount("acme");
  await portal.addAccount("globex");
  number = await portal.addNumber("acme");
  const other = await portal.addNumber("globex");
  recording = await portal.addRecording({ account: "acme", number: number.number });
  foreign = await portal.addRecording({ account: "globex", number: other.number });
  granted = await portal.addPerson({ email: "ada@example.com", accounts: { acme: "agent" } });
  await portal.grant(number, granted);
  const colleague = { email: "col@example.com", accounts: { acme: "agent" } } as const;
  const neighbour = { email: "neighbour@example.com", accounts: { globex: "admin" } } as const;
  const operator = { email: "operator@example.com", isOperator: true } as const;
  browsers = {
    granted: await portal.signedIn(granted),
    colleague: await portal.signedIn(await portal.addPerson(colleague)),
    neighbour: await portal.signedIn(await portal.addPerson(neighbour)),
    operator: await portal.signedIn(await portal.addPerson(operator)),
  };
});
afterAll(() => portal?.stop());

/** Each visit from an address of its own: no limit of one test falls into another. */
function listen(link: string, listening: Omit<Listening, "from"> = {}): Promise<Heard> {
  visits += 1;
  const from = `203.0.${100 + (visits >> 8)}.${visits & 255}`;
  return portal.listen(link, { from, ...listening });
}

/** Everything of an answer that a prober could compare. */
function tellsOf({ status, headers, text }: Heard): unknown {
  const { date: _date, ...told } = headers;
  return { status, told, text: text.replace(/[a-z2-7]{20}/, "ID") };
}

function withoutNonce({ status, text }: { readonly status: number; readonly text: string }) {
  return { status, text: text.replaceAll(/nonce="[\w-]+"/g, "") };
}

async function decisionOf(heard: Heard) {
  const id = /[a-z2-7]{20}/.exec(heard.text)?.[0] ?? "";
  return portal.must("GET", `/api/v1/decisions/${id}`);
}

describe("row 128: absent and forbidden are one answer", () => {
  const asks = EVERYTHING.flatMap((what) =>
    [
      ["GET", {}],
      ["HEAD", {}],
      ["GET", { range: "bytes=0-9" }],
      ["GET", { "if-none-match": `"${sha256Of(AUDIO)}"` }],
      ["GET", { "if-match": `"${sha256Of(AUDIO)}"` }],
    ].map(([method, headers]) => [what, method, headers] as const),
  ) as readonly (readonly [ListenTo, string, Record<string, string>])[];

  it.each(asks)("%s by %s with %j", async (what, method, headers) => {
    const ask = { what, method, headers };
    const unknown = await listen(NO_LINK, { ...ask, browser: browsers.neighbour });
    expect(unknown.status).toBe(404);
    expect(unknown.headers["cache-control"]).toBe("private, no-store");
    const notGranted = await listen(recording.link, { ...ask, browser: browsers.colleague });
    const ofOthers = await listen(recording.link, { ...ask, browser: browsers.neighbour });
    expect(tellsOf(notGranted)).toEqual(tellsOf(unknown));
    expect(tellsOf(ofOthers)).toEqual(tellsOf(unknown));
  });

  it("is one answer to nobody too: to sign in", async () => {
    for (const what of EVERYTHING) {
      const there = tellsOf(await listen(recording.link, { what }));
      const absent = tellsOf(await listen(NO_LINK, { what }));
      const text = JSON.stringify(absent).replaceAll(NO_LINK, recording.link);
      expect(JSON.stringify(there)).toBe(text);
    }
  });

  it("has an id of its own each time, so that two cannot be told to be refused alike", async () => {
    const from = "192.0.2.77";
    const ids = new Set<string>();
    const links = [NO_LINK, recording.link, "BAAAAAAAAAAAAAAAAAAAAA", recording.link, NO_LINK];
    for (const link of links) {
      const heard = await portal.listen(link, { from, browser: browsers.neighbour });
      ids.add(/"decision":"([a-z2-7]{20})"/.exec(heard.text)?.[1] ?? "");
    }
    expect(ids.size).toBe(links.length);
    expect(ids.has("")).toBe(false);
  });

  it("tells the operator who was refused what, and why", async () => {
    const browser = browsers.colleague;
    const decision = await decisionOf(await listen(recording.link, { browser }));
    expect(decision).toMatchObject({
      verdict: "refuse",
      status: 404,
      reason: "number-not-granted",
      surface: "audio",
      account: "acme",
      detail: { recordingId: recording.id },
    });
    expect(decision.detail.userId).toMatch(/^[a-z2-7]{20}$/);
    const steps = decision.steps.map(({ step, result }: Record<string, string>) => [step, result]);
    expect(steps[0]).toEqual(["on-allow-list", "not-matched"]);
    expect(steps.at(-1)).toEqual(["number-not-granted", "matched"]);
    const unknown = await decisionOf(await listen(NO_LINK, { browser }));
    expect(unknown).toMatchObject({ reason: "recording-unknown", account: null });
    expect(unknown.detail.recordingId).toBeNull();
    const ofOthers = await decisionOf(await listen(foreign.link, { browser }));
    expect(ofOthers).toMatchObject({ reason: "account-not-theirs", account: "globex" });
  });
});

describe("row 129: a forwarded link", () => {
  it("leads nobody to the sign-in, and back to the recording's page", async () => {
    const page = encodeURIComponent(`${ORIGIN}/postern/recordings/${recording.link}`);
    for (const what of ["page", "audio-document"] as const) {
      const heard = await listen(recording.link, { what });
      expect([heard.status, heard.headers.location]).toEqual([
        302,
        `${ORIGIN}/postern/sign-in?returnTo=${page}`,
      ]);
      expect(heard.headers["cache-control"]).toBe("private, no-store");
    }
    for (const what of ["audio", "json"] as const) {
      const heard = await listen(recording.link, { what });
      expect([heard.status, heard.code]).toEqual([401, "sign-in-needed"]);
      expect(heard.headers["cache-control"]).toBe("private, no-store");
    }
  });

  it("plays for whoever is granted the number, and for operators", async () => {
    for (const browser of [browsers.granted, browsers.operator]) {
      const audio = await listen(recording.link, { browser });
      expect([audio.status, audio.sha256]).toEqual([200, sha256Of(AUDIO)]);
      const { status, text } = await listen(recording.link, { browser, what: "json" });
      expect(status).toBe(200);
      expect(JSON.parse(text)).toMatchObject({
        id: recording.id,
        number: number.number,
        audioUrl: `/postern/recordings/${recording.link}/audio`,
        reason: "number-open-to-user",
      });
    }
  });

  it("ends in the middle where the grant is removed: the next range is refused", async () => {
    const browser = browsers.granted;
    const ranged = (from: number) =>
      listen(recording.link, { browser, headers: { range: `bytes=${from}-${from + 999}` } });
    expect((await ranged(0)).status).toBe(206);
    await portal.must("DELETE", `/api/v1/tracking-numbers/${number.id}/grants/${granted.id}`);
    const refused = await ranged(1000);
    expect(refused.status).toBe(404);
    expect(refused.bytes.includes(AUDIO.subarray(1000, 1100))).toBe(false);
    await portal.grant(number, granted);
    expect((await ranged(1000)).status).toBe(206);
  });

  it("ends in the middle where the session or the mode does", async () => {
    const browser = await portal.signedIn(granted);
    const cookies = new Map(browser.cookies);
    expect((await listen(recording.link, { browser })).status).toBe(200);
    expect((await browser.ask("POST", "/api/v1/sign-out")).status).toBe(200);
    for (const [name, value] of cookies) browser.cookies.set(name, value);
    expect((await listen(recording.link, { browser })).status).toBe(401);
    const whitelist = ["192.0.2.0/24"];
    await portal.setAudio("acme", { mode: "whitelist-and-user", whitelist });
    const refused = await listen(recording.link, { browser: browsers.granted });
    expect(refused.status).toBe(403);
    const decision = await decisionOf(refused);
    expect(decision).toMatchObject({ reason: "address-not-whitelisted", status: 403 });
    await portal.setAudio("acme", { mode: "user-authentication" });
    expect((await listen(recording.link, { browser: browsers.granted })).status).toBe(200);
  });

  it("leads nowhere once the recording is deleted", async () => {
    const gone = await portal.addRecording({ account: "acme", number: number.number });
    expect((await listen(gone.link, { browser: browsers.granted })).status).toBe(200);
    await portal.must("DELETE", `/api/v1/recordings/${gone.id}`);
    const heard = await listen(gone.link, { browser: browsers.granted });
    expect([heard.status, heard.bytes.length < 1000]).toEqual([404, true]);
  });
});

describe("row 131: addresses that are no link", () => {
  const link = (): string => recording.link;

  it.each<[string, () => string]>([
    [
      "encoded",
      () => `/postern/recordings/%${link().charCodeAt(0).toString(16)}${link().slice(1)}/audio`,
    ],
    ["dots", () => `/postern/recordings/x/../${link()}/audio`],
    ["encoded dots", () => `/postern/recordings/%2e%2e/recordings/${link()}/audio`],
    ["a backslash", () => `/postern/recordings/..%5c${link()}/audio`],
    ["other case", () => `/POSTERN/Recordings/${link()}/AUDIO`],
    ["a final slash", () => `/postern/recordings/${link()}/audio/`],
    ["a parameter", () => `/postern/recordings/${link()};x=1/audio`],
    ["a NUL", () => `/postern/recordings/${link()}%00/audio`],
    ["its id in place of the link", () => `/postern/recordings/${recording.id}/audio`],
    ["a path", () => "/postern/recordings/..%2f..%2f..%2fetc%2fpasswd/audio"],
    ["a device", () => "/recordings/CON/audio"],
  ])("%s comes to no recording", async (_name, uri) => {
    const answer = await browsers.operator.ask("GET", uri());
    expect([400, 404]).toContain(answer.status);
    expect(answer.headers["content-type"]).toMatch(/^application\/problem\+json/);
  });

  it.each<[string, () => string]>([
    ["an encoded slash", () => `/postern/recordings/${link()}%2faudio`],
    ["one encoded twice", () => `/postern/recordings/${link()}%252faudio`],
    ["doubled slashes", () => `/postern//recordings//${link()}//audio`],
  ])("%s comes to the console's page, which knows of none", async (_name, uri) => {
    const { ask } = browsers.operator;
    const [answer, plain] = [await ask("GET", uri()), await ask("GET", "/postern/x")];
    expect(withoutNonce(answer)).toEqual(withoutNonce(plain));
  });
});

describe("row 83: listening is no activity", () => {
  it("signs out who only listens, at the time it would have been without", async () => {
    const browser = await portal.signedIn(granted);
    for (let minute = 0; minute < 29; minute += 1) {
      portal.advance(MINUTE_MS);
      expect((await listen(recording.link, { browser })).status).toBe(200);
      expect((await listen(recording.link, { browser, what: "json" })).status).toBe(200);
      expect((await listen(recording.link, { browser, what: "page" })).status).not.toBe(302);
    }
    portal.advance(MINUTE_MS + 1);
    expect((await listen(recording.link, { browser })).status).toBe(401);
  });
});

describe("row 141: side channels", () => {
  it("shows nothing of recordings of others in list, search or counts", async () => {
    const { ask } = await portal.signedIn(granted);
    const lists = [
      await ask("GET", "/api/v1/recordings"),
      await ask("GET", `/api/v1/recordings?search=${encodeURIComponent(foreign.number)}`),
    ];
    for (const { status, text } of lists) {
      expect(status).toBe(200);
      expect(text).not.toContain(foreign.id);
      expect(text).not.toContain(foreign.link);
      expect(text).not.toContain(foreign.number);
    }
    const absent = "aaaaaaaaaaaaaaaaaaaa";
    for (const path of ["", "/plays"]) {
      const ofOthers = await ask("GET", `/api/v1/recordings/${foreign.id}${path}`);
      const none = await ask("GET", `/api/v1/recordings/${absent}${path}`);
      expect([ofOthers.status, ofOthers.text]).toEqual([none.status, none.text]);
      expect([403, 404]).toContain(none.status);
    }
    const explained = await ask("GET", `/api/v1/explain?address=192.0.2.1&recording=${foreign.id}`);
    expect(explained.status).toBe(403);
    expect(explained.text).not.toContain(foreign.number);
  });

  it("explains nothing of recordings and users of others to an admin", async () => {
    const accounts = { globex: "admin" } as const;
    const admin = await portal.addPerson({ email: "mary@example.com", accounts });
    const { ask } = await portal.signedIn(admin);
    const absent = "aaaaaaaaaaaaaaaaaaaa";
    const path = "/api/v1/explain?address=192.0.2.1";
    const own = await ask("GET", `${path}&recording=${foreign.id}`);
    expect([own.status, own.json.recording.id]).toEqual([200, foreign.id]);
    const asks = [
      { of: recording.id, code: "recording-not-found" },
      { of: `${foreign.id}&user=${granted.id}`, code: "user-not-found" },
    ];
    for (const { of, code } of asks) {
      const ofOthers = await ask("GET", `${path}&recording=${of}`);
      const none = await ask("GET", `${path}&recording=${of.slice(0, -20)}${absent}`);
      expect([ofOthers.status, ofOthers.json.code]).toEqual([404, code]);
      expect(ofOthers.text).toBe(none.text);
    }
  });
});
