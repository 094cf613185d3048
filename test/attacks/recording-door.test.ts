// The recordings' door when the store fails, when requests are piped, and for whom no rule lets in.
import { connect } from "node:net";
import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { RecordingAnswer } from "../../src/api/recordings-api.ts";
import { readSample } from "../audio/audio-samples.ts";
import type { Person, TestBrowser } from "../people/start-people.ts";
import { sha256Of, startRecordings } from "../people/start-recordings.ts";
import type { RunningRecordings } from "../people/start-recordings.ts";

const NO_LINK = "AAAAAAAAAAAAAAAAAAAAAA";
const AUDIO = readSample("mp3");
const NAME = "__Host-postern-session";

let portal: RunningRecordings;
let open: RecordingAnswer;
let guarded: RecordingAnswer;
let ada: Person;
let browser: TestBrowser;
let visitors = 0;

beforeAll(async () => {
  portal = await startRecordings();
  await portal.addAccount("acme");
  await portal.addAccount("open");
  await portal.setAudio("open", { mode: "no-restrictions" });
  const openNumber = await portal.addNumber("open");
  const number = await portal.addNumber("acme");
  open = await portal.addRecording({ account: "open", number: openNumber.number });
  guarded = await portal.addRecording({ account: "acme", number: number.number });
  ada = await portal.addPerson({ email: "ada@example.com", accounts: { acme: "agent" } });
  await portal.grant(number, ada);
  browser = await portal.signedIn(ada);
});
afterAll(() => portal?.stop());

function newVisitor(): string {
  visitors += 1;
  return `198.18.0.${visitors}`;
}

/** As a table that is lost, or a disk that fails. */
async function withoutTable(table: string, work: () => Promise<void>): Promise<void> {
  const { database } = portal.server.network;
  const rename = (from: string, to: string): Promise<unknown> =>
    database.transaction((trx) =>
      sql`alter table ${sql.table(from)} rename to ${sql.table(to)}`.execute(trx),
    );
  await rename(table, `${table}_away`);
  try {
    await work();
  } finally {
    await rename(`${table}_away`, table);
  }
}

describe("a store that fails", () => {
  it.each(["audio", "json", "page"] as const)("closes the door: %s", async (what) => {
    await withoutTable("accounts_grant", async () => {
      const heard = await portal.listen(guarded.link, { from: newVisitor(), browser, what });
      expect(heard.status).toBe(503);
      expect(heard.headers["retry-after"]).toBe("5");
      expect(heard.headers["cache-control"]).toBe("private, no-store");
      expect(heard.bytes.includes(AUDIO.subarray(0, 64))).toBe(false);
      const id = /[a-z2-7]{20}/.exec(heard.text)?.[0] ?? "";
      const decision = await portal.must("GET", `/api/v1/decisions/${id}`);
      expect(decision).toMatchObject({ reason: "facts-unavailable", status: 503 });
    });
    const heard = await portal.listen(guarded.link, { from: newVisitor(), browser });
    expect([heard.status, heard.sha256]).toEqual([200, sha256Of(AUDIO)]);
  });

  it("is not asked for an address that the network rules refuse", async () => {
    const from = newVisitor();
    await portal.must("POST", "/api/v1/entries", { range: from, action: "deny" });
    await withoutTable("recordings_recording", async () => {
      for (const what of ["audio", "json", "page"] as const) {
        const refused = await portal.listen(NO_LINK, { from, what, browser });
        expect(refused.status).toBe(403);
      }
      expect((await portal.listen(NO_LINK, { from: newVisitor() })).status).toBe(503);
    });
  });

  it("opens no way round the hard limit", async () => {
    const clientAddress = newVisitor();
    const visit = { clientAddress, uri: `/recordings/${NO_LINK}/audio` };
    await withoutTable("recordings_recording", async () => {
      const asks = Array.from({ length: 601 }, () => portal.ask("own", visit));
      const statuses = (await Promise.all(asks)).map(({ status }) => status);
      expect(statuses.filter((status) => status === 503)).toHaveLength(600);
      expect(statuses.filter((status) => status === 429)).toHaveLength(1);
    });
    expect((await portal.listen(open.link, { from: clientAddress })).status).toBe(403);
  });

  it("is asked once for a link that memory knows afterwards", async () => {
    expect((await portal.listen(open.link, { from: newVisitor() })).status).toBe(200);
    await withoutTable("recordings_recording", async () => {
      const heard = await portal.listen(open.link, { from: newVisitor() });
      expect([heard.status, heard.sha256]).toEqual([200, sha256Of(AUDIO)]);
    });
  });
});

/** All that comes back for what is written at once on one connection. */
function exchange(text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let received = "";
    const socket = connect({ port: portal.port, host: "127.0.0.1" }, () => socket.write(text));
    socket.on("data", (chunk) => (received += chunk.toString("latin1")));
    socket.on("close", () => resolve(received));
    socket.on("error", reject);
  });
}

describe("requests piped on one connection", () => {
  const request = (line: string, headers: readonly string[] = []): string => {
    const from = `X-Forwarded-For: ${newVisitor()}`;
    return [`${line} HTTP/1.1`, "Host: portal.example.com", from, ...headers, "", ""].join("\r\n");
  };

  it("are answered in their order, those that need no store too", async () => {
    const cookie = `Cookie: ${NAME}=${browser.cookies.get(NAME) ?? ""}`;
    const text =
      request(`GET /recordings/${NO_LINK}/audio`, [cookie]) +
      request("GET /healthz") +
      request(`GET /recordings/${guarded.link}/audio`, [cookie, "Range: bytes=0-9"]) +
      request(`GET /api/v1/recording-links/${guarded.link}`) +
      request(`GET /api/v1/recording-links/${open.link}`) +
      request(`HEAD /recordings/${open.link}/audio`) +
      request(`GET /recordings/${guarded.link}`, ["Accept: text/html", "Connection: close"]);
    const received = await exchange(text);
    const statuses = [...received.matchAll(/HTTP\/1\.1 (\d{3}) /g)].map(([, status]) => status);
    expect(statuses).toEqual(["404", "200", "206", "401", "200", "200", "302"]);
  });

  it("end with a refused one that has a body: what follows may be part of it", async () => {
    const smuggled = request(`GET /recordings/${open.link}/audio`);
    const length = `Content-Length: ${smuggled.length}`;
    const text = request(`POST /recordings/${guarded.link}/audio`, [length]) + smuggled + smuggled;
    const received = await exchange(text);
    expect(received.match(/HTTP\/1\.1 \d{3}/g)).toEqual(["HTTP/1.1 401"]);
  });
});

describe("whoever did not come through the door", () => {
  it("is told nothing: the host's shell asks by the library", async () => {
    for (const path of [`/api/v1/recording-links/${open.link}`, `/recordings/${open.link}/audio`]) {
      expect((await portal.api("GET", path)).status).toBe(404);
    }
  });

  it("gets no recording by another method", async () => {
    const uri = `/recordings/${open.link}/audio`;
    const post = await portal.ask("own", { clientAddress: newVisitor(), uri, method: "POST" });
    expect([post.status, post.headers.allow]).toEqual([405, "GET, HEAD"]);
    const facts = { uri: `/api/v1/recording-links/${open.link}`, method: "DELETE" };
    expect((await portal.ask("own", { clientAddress: newVisitor(), ...facts })).status).toBe(405);
  });

  it("is led from the short address to the page", async () => {
    const uri = `/recordings/${open.link}`;
    const answer = await portal.ask("own", { clientAddress: newVisitor(), uri });
    const { location } = answer.headers;
    expect([answer.status, location]).toEqual([302, `/postern${uri}`]);
  });

  it("who has not come with a second factor yet has to sign in first", async () => {
    const email = "half@example.com";
    const half = await portal.addPerson({ email, accounts: { acme: "admin" }, app: true });
    const waiting = portal.browser();
    expect((await waiting.signIn(email, half.password)).json.next).toBe("second-factor");
    const heard = await portal.listen(guarded.link, { from: newVisitor(), browser: waiting });
    expect([heard.status, heard.code]).toEqual([401, "sign-in-needed"]);
  });
});

describe("explain", () => {
  const explain = (query: Readonly<Record<string, string>>) =>
    portal.api("GET", `/api/v1/explain?${new URLSearchParams(query).toString()}`);

  it("says what the door does, by the same steps", async () => {
    const from = newVisitor();
    const [nobody, asAda] = [
      (await explain({ address: from, recording: guarded.id })).json,
      (await explain({ address: from, recording: guarded.id, user: ada.id })).json,
    ];
    expect(nobody).toMatchObject({
      verdict: "refuse",
      status: 302,
      reason: "session-missing",
      surface: "audio",
      account: "acme",
      wouldPassIf: [{ code: "sign-in", with: [] }],
      recording: { id: guarded.id, mode: "user-authentication", user: null, verdict: "sign-in" },
    });
    expect(asAda).toMatchObject({
      verdict: "pass",
      status: 200,
      reason: "number-open-to-user",
      wouldPassIf: [],
      recording: { user: ada.id, verdict: "play" },
    });
    const followed = await portal.listen(guarded.link, { from, what: "audio-document" });
    const played = await portal.listen(guarded.link, { from, browser });
    expect([followed.status, played.status]).toEqual([nobody.status, asAda.status]);
  });

  it("shows to an operator the very steps of a refusal, and what would help", async () => {
    const person = { email: "col@example.com", accounts: { acme: "agent" } } as const;
    const colleague = await portal.addPerson(person);
    const from = newVisitor();
    const cookies = await portal.signedIn(colleague);
    const heard = await portal.listen(guarded.link, { from, browser: cookies });
    const id = /[a-z2-7]{20}/.exec(heard.text)?.[0] ?? "";
    const made = await portal.must("GET", `/api/v1/decisions/${id}`);
    const asked = { address: from, recording: guarded.id, user: colleague.id };
    const { json } = await explain(asked);
    const plain = (steps: readonly { step: string; result: string }[]) =>
      steps.map(({ step, result }) => [step, result]);
    expect([json.status, json.reason]).toEqual([404, made.reason]);
    expect(plain(json.steps)).toEqual(plain(made.steps));
    expect(json.wouldPassIf).toEqual([{ code: "grant-number", with: [] }]);
  });

  it("does not ask who may hear it where the network rules refuse", async () => {
    const from = newVisitor();
    await portal.must("POST", "/api/v1/entries", { range: from, action: "deny" });
    const { json } = await explain({ address: from, recording: open.id });
    expect(json).toMatchObject({ status: 403, reason: "on-deny-list" });
    expect(json.recording.verdict).toBeNull();
    expect(json.wouldPassIf[0].code).toBe("remove-entry");
  });

  it.each([
    [{ recording: "aaaaaaaaaaaaaaaaaaaa" }, 404, "recording-not-found"],
    [{ user: "aaaaaaaaaaaaaaaaaaaa" }, 400, "listener-refused"],
  ])("refuses %j", async (query, status, code) => {
    const answer = await explain({ address: "192.0.2.1", ...query });
    expect([answer.status, answer.json.code]).toEqual([status, code]);
  });

  it("refuses a user who is not there, and a recording elsewhere than it is", async () => {
    const at = { address: "192.0.2.1", recording: open.id };
    const absent = await explain({ ...at, user: "aaaaaaaaaaaaaaaaaaaa" });
    expect([absent.status, absent.json.code]).toEqual([404, "user-not-found"]);
    for (const elsewhere of [{ surface: "portal" }, { account: "acme" }]) {
      const answer = await explain({ ...at, ...elsewhere });
      expect([answer.status, answer.json.code]).toEqual([400, "place-refused"]);
    }
    expect((await explain({ ...at, surface: "audio", account: "open" })).status).toBe(200);
  });
});
