// Starts the whole server with people and recordings, and listens as browsers and players do.
import { createHash } from "node:crypto";
import { request as sendRequest } from "node:http";
import type { IncomingHttpHeaders } from "node:http";
import type { ApiAnswer, StartGate } from "../attacks/start-gate.ts";
import type { AudioPolicyValue } from "../../src/api/audio-download-api.ts";
import type { RecordingAnswer } from "../../src/api/recordings-api.ts";
import { MEDIA_TYPES } from "../../src/core/recordings/recording-format.ts";
import { AUDIO_SAMPLES, readSample } from "../audio/audio-samples.ts";
import type { AudioSampleName } from "../audio/audio-samples.ts";
import { ORIGIN, startPeople } from "./start-people.ts";
import type { Person, RunningPeople, TestBrowser } from "./start-people.ts";

export type TrackingNumber = { readonly id: string; readonly number: string };

export type NewRecording = {
  readonly account: string;
  readonly number: string;
  readonly sample?: AudioSampleName;
  /** In place of a sample; sent as the sample's type. */
  readonly audio?: Buffer;
  readonly caller?: string;
  readonly name?: string;
  readonly recordedAt?: string;
};

/** `audio`: as a player asks; `page` and `audio-document`: as somebody follows a link. */
export type ListenTo = "audio" | "page" | "audio-document" | "json";

export type Listening = {
  /** Where the listener is. */
  readonly from: string;
  /** Whose cookies are sent; nobody's without it. */
  readonly browser?: TestBrowser | null;
  readonly what?: ListenTo;
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
};

export type Heard = {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly bytes: Buffer;
  readonly text: string;
  /** Of the bytes, in hex. */
  readonly sha256: string;
  /** The code of a problem; empty where the answer is none. */
  readonly code: string;
};

export type RunningRecordings = RunningPeople & {
  readonly addNumber: (
    account: string,
    wanted?: { readonly isShareable?: boolean },
  ) => Promise<TrackingNumber>;
  readonly grant: (number: TrackingNumber, person: Person) => Promise<void>;
  /** Uploaded over the control socket. */
  readonly addRecording: (wanted: NewRecording) => Promise<RecordingAnswer>;
  /** Changes what is named of an account's audio policy. */
  readonly setAudio: (account: string, change: Partial<AudioPolicyValue>) => Promise<ApiAnswer>;
  readonly listen: (link: string, listening: Listening) => Promise<Heard>;
};

export async function startRecordings(wanted: StartGate = {}): Promise<RunningRecordings> {
  const people = await startPeople(wanted);
  let numbers = 0;
  return {
    ...people,
    addNumber: async (account, { isShareable = false } = {}) => {
      numbers += 1;
      const number = `+6125550${String(1_000 + numbers)}`;
      const body = { account, number, isShareable };
      const { id } = await people.must("POST", "/api/v1/tracking-numbers", body);
      return { id, number };
    },
    grant: async (number, person) => {
      await people.must("PUT", `/api/v1/tracking-numbers/${number.id}/grants/${person.id}`);
    },
    addRecording: async ({ sample = "mp3", audio, ...words }) => {
      const query = new URLSearchParams(words);
      const type = MEDIA_TYPES[AUDIO_SAMPLES[sample].format];
      const path = `/api/v1/recordings?${query.toString()}`;
      const answer = await people.upload(path, type, audio ?? readSample(sample));
      if (answer.status === 201) return answer.json;
      throw new Error(`upload: ${answer.status} ${answer.text}`);
    },
    setAudio: async (account, change) => {
      const path = `/api/v1/audio-download?account=${account}`;
      const { value } = await people.must("GET", path);
      return people.api("PUT", path, { value: { ...value, ...change } });
    },
    listen: (link, listening) => listen(people.port, link, listening),
  };
}

export function sha256Of(bytes: Buffer): string {
  return createHash("sha256").update(bytes).digest("hex");
}

const NAVIGATION = {
  accept: "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
  "sec-fetch-dest": "document",
  "sec-fetch-mode": "navigate",
  "sec-fetch-site": "cross-site",
} as const;

const ASKS: Readonly<
  Record<ListenTo, (link: string) => readonly [path: string, headers: Record<string, string>]>
> = {
  page: (link) => [`/postern/recordings/${link}`, NAVIGATION],
  "audio-document": (link) => [`/postern/recordings/${link}/audio`, NAVIGATION],
  audio: (link) => [
    `/postern/recordings/${link}/audio`,
    {
      accept: "audio/webm,audio/ogg,audio/wav,audio/*;q=0.9,application/ogg;q=0.7,*/*;q=0.5",
      "sec-fetch-dest": "audio",
      "sec-fetch-mode": "no-cors",
      "sec-fetch-site": "same-origin",
    },
  ],
  json: (link) => [
    `/postern/api/v1/recording-links/${link}`,
    {
      accept: "application/json",
      "sec-fetch-dest": "empty",
      "sec-fetch-mode": "cors",
      "sec-fetch-site": "same-origin",
    },
  ],
};

function listen(port: number, link: string, listening: Listening): Promise<Heard> {
  const { from, browser = null, what = "audio", method = "GET" } = listening;
  const [path, asking] = ASKS[what](link);
  const cookie = [...(browser?.cookies ?? [])]
    .map(([name, value]) => `${name}=${value}`)
    .join("; ");
  const headers = {
    host: new URL(ORIGIN).host,
    "user-agent": "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
    "x-forwarded-for": from,
    ...asking,
    ...(cookie === "" ? {} : { cookie }),
    ...listening.headers,
  };
  return new Promise((resolve, reject) => {
    const where = { host: "127.0.0.1", port, path, method, headers, agent: false };
    const sent = sendRequest({ ...where, signal: AbortSignal.timeout(20_000) }, (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("error", reject);
      response.on("end", () => {
        const bytes = Buffer.concat(chunks);
        const text = bytes.toString("utf8");
        // An answer to HEAD has the type of a body, and none.
        const isProblem =
          text !== "" && response.headers["content-type"]?.includes("problem+json") === true;
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          bytes,
          text,
          sha256: sha256Of(bytes),
          code: isProblem ? String(JSON.parse(text).code) : "",
        });
      });
    });
    sent.on("error", reject);
    sent.end();
  });
}
