// Puts recordings into the demo as their systems would, and lets people listen as browsers do.
import { createReadStream } from "node:fs";
import { basename, extname } from "node:path";
import { fileURLToPath } from "node:url";
import type { RecordingAnswer } from "../../api/recordings-api.ts";
import type { TrackingNumberAnswer } from "../../api/tracking-numbers-api.ts";
import { MEDIA_TYPES } from "../../core/recordings/recording-format.ts";
import { requestStream } from "../../platform/http/http-client.ts";
import type { HttpCall } from "../../platform/http/http-client.ts";
import type { ApiClient } from "../api-client.ts";
import { CliError } from "../cli-error.ts";
import { addDemoPerson } from "./add-demo-person.ts";
import {
  AUDIO_POLICIES,
  LISTENINGS,
  NUMBERS,
  PEOPLE,
  RECORDINGS,
  SECOND_ACCOUNT,
  SHOWN,
  VOICEMAILS,
} from "./demo-recordings.ts";
import type { DemoListening, DemoNumberName, DemoRecording } from "./demo-recordings.ts";
import type { AddressBook } from "./visitor-addresses.ts";

export type DemoLinks = {
  /** Plays at once on this machine, which is on its account's whitelist. */
  readonly open: string;
  /** Asks to sign in first. */
  readonly closed: string;
  /** Of the console. */
  readonly library: string;
  readonly policies: string;
  /** An agent, who hears the second link and few others. */
  readonly agent: string;
};

/** The same seen from src/cli/demo and from dist/cli/demo. */
const AUDIO_FOLDER = new URL("../../../docs/demo/", import.meta.url);
const HOUR_MS = 3_600_000;
const OFFICE = "203.0.113.4";

/** @param seed.password of every person of the demo */
export async function seedDemoRecordings(
  api: ApiClient,
  seed: { readonly origin: string; readonly password: string; readonly book: AddressBook },
): Promise<DemoLinks> {
  const { origin, password, book } = seed;
  await post(api, "accounts", SECOND_ACCOUNT);
  const numberIds = await addNumbers(api);
  for (const { email, name, account, role, hears } of PEOPLE) {
    const memberships = [{ account, role }];
    const id = await addDemoPerson(api, { email, name, memberships, password });
    for (const number of hears) {
      const path = `/api/v1/tracking-numbers/${numberIds.get(number)}/grants/${id}`;
      await api.call({ method: "PUT", path });
    }
  }
  for (const [account, value] of Object.entries(AUDIO_POLICIES)) {
    const call = { method: "PUT", path: "/api/v1/audio-download", query: { account } } as const;
    await api.call({ ...call, body: { value } });
  }
  const urls = await Promise.all(RECORDINGS.map((recording) => upload(api, recording)));
  for (const listening of LISTENINGS) {
    const { from } = listening;
    const address = from === "office" ? OFFICE : book.addressIn(from);
    // A country database of one's own may not know the country.
    if (address !== null) await listen({ origin, address, password, urls }, listening);
  }
  return {
    open: urls[SHOWN.open]!,
    closed: urls[SHOWN.closed]!,
    library: `${origin}/postern/recordings`,
    policies: `${origin}/postern/security/audio-download`,
    agent: PEOPLE[0].email,
  };
}

function post<Answer>(api: ApiClient, path: string, body: unknown): Promise<Answer> {
  return api.call<Answer>({ method: "POST", path: `/api/v1/${path}`, body });
}

async function addNumbers(api: ApiClient): Promise<ReadonlyMap<DemoNumberName, string>> {
  const ids = new Map<DemoNumberName, string>();
  for (const [name, number] of Object.entries(NUMBERS)) {
    const { id } = await post<TrackingNumberAnswer>(api, "tracking-numbers", number);
    ids.set(name as DemoNumberName, id);
  }
  return ids;
}

/** Gives its link. */
async function upload(api: ApiClient, recording: DemoRecording): Promise<string> {
  const { account, number } = NUMBERS[recording.number];
  const file = fileURLToPath(new URL(VOICEMAILS[recording.audio], AUDIO_FOLDER));
  const recordedAt = new Date(Date.now() - recording.hoursAgo * HOUR_MS).toISOString();
  const types: Readonly<Record<string, string>> = MEDIA_TYPES;
  const { url } = await api.call<RecordingAnswer>({
    method: "POST",
    path: "/api/v1/recordings",
    query: { account, number, recordedAt, caller: recording.caller, name: basename(file) },
    contentType: types[extname(file).slice(1)] ?? "application/octet-stream",
    body: createReadStream(file),
  });
  return url;
}

type Listener = {
  readonly origin: string;
  readonly address: string;
  readonly password: string;
  readonly urls: readonly string[];
};

/** Through the listener's own door; whoever may not hear it is asked to sign in, and goes. */
async function listen(listener: Listener, { by, to }: DemoListening): Promise<void> {
  const cookie = by === null ? {} : { cookie: await signIn(listener, by) };
  for (const at of to) {
    const path = `${new URL(listener.urls[at]!).pathname}/audio`;
    await ask(listener, { method: "GET", path, headers: cookie });
  }
}

async function signIn(listener: Listener, email: string): Promise<string> {
  const headers = { origin: listener.origin, "sec-fetch-site": "same-origin" };
  const body = { email, password: listener.password };
  const setCookies = await ask(listener, {
    method: "POST",
    path: "/api/v1/sign-in",
    body,
    headers,
  });
  return setCookies.map((line) => line.split(";", 1)[0]).join("; ");
}

/** Gives the cookies that are set. */
async function ask({ origin, address }: Listener, call: HttpCall): Promise<readonly string[]> {
  // As the proxy in front would say it; this machine is a trusted one.
  const headers = { ...call.headers, "x-forwarded-for": address };
  const answer = await requestStream({ origin }, { ...call, headers });
  if (!answer.ok) {
    if (answer.kind === "refused" && answer.status === 401) return [];
    throw new CliError(`${call.path}: ${answer.detail}`);
  }
  for await (const chunk of answer.body) void chunk;
  return answer.body.headers["set-cookie"] ?? [];
}
