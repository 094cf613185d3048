// Who hears a recording: each mode, on and off the whitelist, each listener, over real HTTP.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { AccessMode } from "../../src/core/recordings/audio-policy.ts";
import { readSample } from "../audio/audio-samples.ts";
import { ORIGIN } from "../people/start-people.ts";
import type { NewPerson, Person, TestBrowser } from "../people/start-people.ts";
import { sha256Of, startRecordings } from "../people/start-recordings.ts";
import type {
  Heard,
  ListenTo,
  RunningRecordings,
  TrackingNumber,
} from "../people/start-recordings.ts";

/**
 * Written from the guide's "Audio Download" and "Audio Security", one cell for each case:
 *
 * - plays: 200 and the very bytes
 * - asks: "clicking on a link will ask the user to log in before playing the file"
 * - refuses: 403; the address is not on the IP whitelist, and signing in would not help
 * - hides: 404; a known user without "access to the Tracking Number … as well as to the client
 *   account", answered as a link that leads nowhere
 *
 * Modes: the guide's five in their order. Then the listener's address: in or out of the whitelist.
 * Switch: "whitelist opens only numbers marked shareable"; off, on and the number is shareable, on
 * and it is not. Listeners: nobody; a sign-in that still asks for a code; a session that has
 * ended; an admin of another account; one who was a member and of whom a grant is left; agents of
 * the account without and with the grant; its admin; an operator.
 */
const MATRIX = `
mode          switch    | nobody  half    ended   foreign left    agent   granted admin   operator
none      in  off       | plays   plays   plays   plays   plays   plays   plays   plays   plays
none      in  shareable | plays   plays   plays   plays   plays   plays   plays   plays   plays
none      in  not       | plays   plays   plays   plays   plays   plays   plays   plays   plays
none      out off       | plays   plays   plays   plays   plays   plays   plays   plays   plays
none      out shareable | plays   plays   plays   plays   plays   plays   plays   plays   plays
none      out not       | plays   plays   plays   plays   plays   plays   plays   plays   plays
whitelist in  off       | plays   plays   plays   hides   hides   hides   plays   plays   plays
whitelist in  shareable | plays   plays   plays   hides   hides   hides   plays   plays   plays
whitelist in  not       | asks    asks    asks    hides   hides   hides   plays   plays   plays
whitelist out off       | refuses refuses refuses refuses refuses refuses refuses refuses refuses
whitelist out shareable | refuses refuses refuses refuses refuses refuses refuses refuses refuses
whitelist out not       | refuses refuses refuses refuses refuses refuses refuses refuses refuses
user      in  off       | asks    asks    asks    hides   hides   hides   plays   plays   plays
user      in  shareable | asks    asks    asks    hides   hides   hides   plays   plays   plays
user      in  not       | asks    asks    asks    hides   hides   hides   plays   plays   plays
user      out off       | asks    asks    asks    hides   hides   hides   plays   plays   plays
user      out shareable | asks    asks    asks    hides   hides   hides   plays   plays   plays
user      out not       | asks    asks    asks    hides   hides   hides   plays   plays   plays
both      in  off       | asks    asks    asks    hides   hides   hides   plays   plays   plays
both      in  shareable | asks    asks    asks    hides   hides   hides   plays   plays   plays
both      in  not       | asks    asks    asks    hides   hides   hides   plays   plays   plays
both      out off       | refuses refuses refuses refuses refuses refuses refuses refuses refuses
both      out shareable | refuses refuses refuses refuses refuses refuses refuses refuses refuses
both      out not       | refuses refuses refuses refuses refuses refuses refuses refuses refuses
either    in  off       | plays   plays   plays   hides   hides   hides   plays   plays   plays
either    in  shareable | plays   plays   plays   hides   hides   hides   plays   plays   plays
either    in  not       | asks    asks    asks    hides   hides   hides   plays   plays   plays
either    out off       | asks    asks    asks    hides   hides   hides   plays   plays   plays
either    out shareable | asks    asks    asks    hides   hides   hides   plays   plays   plays
either    out not       | asks    asks    asks    hides   hides   hides   plays   plays   plays
`;

const MODES = {
  none: "no-restrictions",
  whitelist: "ip-whitelist",
  user: "user-authentication",
  both: "whitelist-and-user",
  either: "whitelist-or-user",
} as const satisfies Readonly<Record<string, AccessMode>>;

type ModeName = keyof typeof MODES;
type Expected = "plays" | "asks" | "refuses" | "hides";
type ListenerName = (typeof LISTENERS)[number];
type Row = {
  readonly mode: ModeName;
  readonly address: "in" | "out";
  readonly switch: "off" | "shareable" | "not";
  readonly cells: readonly { readonly listener: ListenerName; readonly expected: Expected }[];
};

const LISTENERS = [
  "nobody",
  "half",
  "ended",
  "foreign",
  "left",
  "agent",
  "granted",
  "admin",
  "operator",
] as const;

const ROWS: readonly Row[] = MATRIX.trim()
  .split("\n")
  .slice(1)
  .map((line) => {
    const [mode, address, state, , ...words] = line.split(/ +/);
    const cells = LISTENERS.map((listener, at) => ({ listener, expected: words[at] as Expected }));
    return { mode, address, switch: state, cells } as Row;
  });

const AUDIO = readSample("mp3");
const WHITELIST = ["203.0.113.0/24"];
/** Each listener has an address of their own, so that nobody's plays count for another. */
const NETWORK = { in: "203.0.113", out: "198.51.100" } as const;

const NO_LINK = "AAAAAAAAAAAAAAAAAAAAAA";
const HTML = "text/html; charset=utf-8";
/** RFC 9457; the same for everybody, but for the id of the decision. */
const REFUSED = JSON.stringify({
  type: "about:blank",
  title: "Forbidden",
  status: 403,
  detail: "Access is not possible.",
  decision: "ID",
});
const HIDDEN = JSON.stringify({
  type: "about:blank",
  title: "Not Found",
  status: 404,
  detail: "There is nothing here that you can open.",
  decision: "ID",
});

function describeAudio({ status, headers, sha256 }: Heard): readonly unknown[] {
  return [status, headers["content-type"], sha256];
}

/** To the sign-in page, and after it to the recording's page: there the audio plays. */
function signInFor(link: string): string {
  const back = encodeURIComponent(`${ORIGIN}/postern/recordings/${link}`);
  return `${ORIGIN}/postern/sign-in?returnTo=${back}`;
}

/** The id of a decision is another each time. */
function withoutId({ text }: Heard): string {
  return text.replaceAll(/[a-z2-7]{20}/g, "ID");
}

let portal: RunningRecordings;
let links: { readonly shareable: string; readonly other: string };
const browsers = new Map<ListenerName, TestBrowser>();

beforeAll(async () => {
  portal = await startRecordings();
  await portal.addAccount("acme");
  await portal.addAccount("globex");
  const shareable = await portal.addNumber("acme", { isShareable: true });
  const other = await portal.addNumber("acme");
  const add = (number: string) => portal.addRecording({ account: "acme", number, sample: "mp3" });
  links = { shareable: (await add(shareable.number)).link, other: (await add(other.number)).link };
  await seedListeners([shareable, other]);
});
afterAll(() => portal?.stop());

async function seedListeners(numbers: readonly TrackingNumber[]): Promise<void> {
  const add = (name: string, more: Omit<NewPerson, "email">): Promise<Person> =>
    portal.addPerson({ email: `${name}@example.com`, ...more });
  const grantAll = async (person: Person): Promise<void> => {
    for (const number of numbers) await portal.grant(number, person);
  };
  const keep = async (name: ListenerName, person: Person): Promise<TestBrowser> => {
    const browser = await portal.signedIn(person);
    browsers.set(name, browser);
    return browser;
  };

  // Who would hear all, had they come with their code.
  const half = await add("half", { accounts: { acme: "agent" }, app: true });
  await grantAll(half);
  const waiting = portal.browser();
  expect((await waiting.signIn(half.email, half.password)).json.next).toBe("second-factor");
  browsers.set("half", waiting);

  const granted = await add("granted", { accounts: { acme: "agent" } });
  await grantAll(granted);
  const ended = await keep("ended", granted);
  const cookies = new Map(ended.cookies);
  expect((await ended.ask("POST", "/api/v1/sign-out")).status).toBe(200);
  for (const [name, value] of cookies) ended.cookies.set(name, value);
  await keep("granted", granted);

  await keep("foreign", await add("foreign", { accounts: { globex: "admin" } }));
  const left = await add("left", { accounts: { globex: "agent" } });
  // By the API grants go with the membership.
  const rows = numbers.map(({ id }) => ({
    user_id: left.id,
    tracking_number_id: id,
    created_at: portal.nowMs(),
    created_by: "test",
  }));
  const { database } = portal.server.network;
  await database.transaction((trx) => trx.insertInto("accounts_grant").values(rows).execute());
  await keep("left", left);

  await keep("agent", await add("agent", { accounts: { acme: "agent" } }));
  await keep("admin", await add("admin", { accounts: { acme: "admin" } }));
  await keep("operator", await add("operator", { isOperator: true }));
}

it("has 270 cells, each with one of the four ends", () => {
  const cells = ROWS.flatMap((row) => row.cells);
  expect(cells).toHaveLength(270);
  const ends = new Set(cells.map(({ expected }) => expected));
  expect([...ends].toSorted()).toEqual(["asks", "hides", "plays", "refuses"]);
  const cases = new Set(ROWS.map((row) => `${row.mode} ${row.address} ${row.switch}`));
  expect(cases.size).toBe(Object.keys(MODES).length * 2 * 3);
});

describe.each(ROWS)("$mode, address $address, switch $switch", (row) => {
  const { mode, address, switch: state, cells } = row;
  let link: string;
  beforeAll(async () => {
    const onlyShareable = state !== "off";
    const policy = { mode: MODES[mode], whitelist: WHITELIST, onlyShareable };
    const { status, text } = await portal.setAudio("acme", policy);
    if (status !== 200) throw new Error(`audio policy: ${status} ${text}`);
    link = state === "shareable" ? links.shareable : links.other;
  });

  it.each(cells)("$listener: $expected", async ({ listener, expected }) => {
    const from = `${NETWORK[address]}.${10 + LISTENERS.indexOf(listener)}`;
    const browser = browsers.get(listener) ?? null;
    const listen = (what: ListenTo, to = link): Promise<Heard> =>
      portal.listen(to, { from, browser, what });
    const [audio, page] = [await listen("audio"), await listen("page")];
    switch (expected) {
      case "plays":
        expect(describeAudio(audio)).toEqual([200, "audio/mpeg", sha256Of(AUDIO)]);
        expect([page.status, page.headers["content-type"]]).toEqual([200, HTML]);
        return;
      case "asks":
        expect([audio.status, audio.code]).toEqual([401, "sign-in-needed"]);
        expect([page.status, page.headers.location]).toEqual([302, signInFor(link)]);
        return;
      case "refuses":
        expect([audio.status, withoutId(audio)]).toEqual([403, REFUSED]);
        expect([page.status, page.headers["content-type"]]).toEqual([403, HTML]);
        expect(page.text).toContain("<h1>No access</h1>");
        return;
      case "hides":
        expect([audio.status, withoutId(audio)]).toEqual([404, HIDDEN]);
        expect([page.status, page.headers["content-type"]]).toEqual([404, HTML]);
        expect(withoutId(page)).toBe(withoutId(await listen("page", NO_LINK)));
        return;
      default:
        expected satisfies never;
    }
  });
});
