// Recordings made a moment ago, imported by the command, behind real nginx; and people to listen.

import { createHash } from "node:crypto";
import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { request } from "node:http";
import type { IncomingHttpHeaders } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { RecordingAnswer } from "../../src/api/recordings-api.ts";
import { AUDIO_KIND_NAMES, AUDIO_KINDS, makeAudio } from "../audio/make-audio.ts";
import type { AudioKindName } from "../audio/make-audio.ts";
import { runCommand } from "./run-command.ts";
import type { Ran } from "./run-command.ts";
import { SCENARIO_SETTINGS } from "./scenario-settings.ts";
import { startBackend } from "./start-backend.ts";
import { startPostern } from "./start-postern.ts";
import type { RunningPostern } from "./start-postern.ts";
import { startProxy } from "./start-proxy.ts";
import type { RunningProxy } from "./start-proxy.ts";
import { connectAs, forwardedBy, PORTAL_HOST, visit } from "./visit.ts";

export const ORIGIN = `http://${PORTAL_HOST}`;
export const ACCOUNT = "acme";
export const WHITELIST = ["203.0.113.0/24"];
/** nginx sends the files itself, once Postern has let the listener in. */
export const ACCEL_PREFIX = "/_postern/recordings/";
const PASSWORD = "a-long-walk-by-the-sea";
const NUMBER = "+61255501234";

/** In the office: on the whitelist. */
export const PLACES = { office: "203.0.113", elsewhere: "198.51.100" } as const;
export type PlaceName = keyof typeof PLACES;

export type ListenerName = "nobody" | "granted" | "colleague" | "stranger" | "admin";

export type Made = {
  readonly kind: AudioKindName;
  readonly file: string;
  readonly bytes: Buffer;
  readonly sha256: string;
};

export type Heard = {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly bytes: Buffer;
  readonly sha256: string;
};

export type Listening = {
  /** Below PUBLIC_URL. */
  readonly path: string;
  readonly from: string;
  readonly as?: ListenerName;
  readonly headers?: Readonly<Record<string, string>>;
};

export type RecordingsWorld = {
  readonly postern: RunningPostern;
  readonly proxy: RunningProxy;
  readonly folder: string;
  /** One of each kind, in the folder. */
  readonly made: readonly Made[];
  /** `postern recordings import` of the folder, as on the host's shell. */
  readonly importFolder: () => Promise<Ran>;
  readonly must: Must;
  /** By the name of its file. */
  readonly recordingOf: (file: string) => Promise<RecordingAnswer>;
  readonly listen: (listening: Listening) => Promise<Heard>;
  readonly stop: () => Promise<void>;
};

// oxlint-disable-next-line typescript/no-explicit-any -- bodies of every kind are looked into
type Must = (method: string, path: string, body?: unknown) => Promise<any>;

export async function startRecordingsWorld(): Promise<RecordingsWorld> {
  const started: { readonly stop: () => Promise<void> }[] = [];
  const stop = async (): Promise<void> => {
    for (const one of started.toReversed()) await one.stop();
  };
  const keep = <Running extends { readonly stop: () => Promise<void> }>(one: Running): Running => {
    started.push(one);
    return one;
  };
  try {
    const folder = await mkdtemp(join(tmpdir(), "postern-audio-"));
    keep({ stop: () => rm(folder, { recursive: true, force: true }) });
    const made = await speakAll(folder);
    const backend = keep(await startBackend());
    const directory = await mkdtemp(join(tmpdir(), "postern-files-"));
    keep({ stop: () => rm(directory, { recursive: true, force: true }) });
    const postern = keep(
      await startPostern({
        PUBLIC_URL: ORIGIN,
        BLOB_URL: `file://${directory}`,
        BLOB_ACCEL_PREFIX: ACCEL_PREFIX,
      }),
    );
    const ports = { gatePort: postern.port, backendPort: backend.port };
    const asked = { kind: "nginx", ...ports, isCaching: false, asksSession: false } as const;
    const sends = { recordingsDirectory: directory };
    const proxy = keep(await startProxy({ ...asked, ...sends, front: "load-balancer" }));
    return { ...(await fill({ postern, proxy, folder, made })), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** No two runs have the same audio. */
async function speakAll(folder: string): Promise<readonly Made[]> {
  await mkdir(join(folder, "calls"));
  const now = new Date().toISOString();
  const made: Made[] = [];
  const lines = ["file,number,recorded_at,caller,name"];
  for (const [index, kind] of AUDIO_KIND_NAMES.entries()) {
    const file = `calls/${kind}.${AUDIO_KINDS[kind].format}`;
    const path = join(folder, file);
    await makeAudio(path, { kind, text: `This is ${kind}, spoken at ${now}. Please call back.` });
    const bytes = await readFile(path);
    made.push({ kind, file, bytes, sha256: hashOf(bytes) });
    const recordedAt = (await stat(path)).mtime.toISOString();
    lines.push(`${file},${NUMBER},${recordedAt},+6125550${1_000 + index},`);
  }
  await writeFile(join(folder, "map.csv"), `${lines.join("\n")}\n`);
  return made;
}

type Parts = Pick<RecordingsWorld, "postern" | "proxy" | "folder" | "made">;

async function fill(parts: Parts): Promise<Omit<RecordingsWorld, "stop">> {
  const { postern, proxy, folder } = parts;
  const must: Must = async (method, path, body) => {
    const { status, text } = await postern.ask(method, path, body);
    if (status > 299) throw new Error(`${method} ${path}: ${status} ${text}`);
    return text === "" ? null : JSON.parse(text);
  };
  const cookies = await addPeople(must, proxy);
  return {
    ...parts,
    must,
    importFolder: () => {
      const map = join(folder, "map.csv");
      const words = ["recordings", "import", folder, "--account", ACCOUNT, "--map", map];
      const env = { PATH: SCENARIO_SETTINGS.searchPath, DATA_DIR: postern.dataDir };
      return runCommand(process.execPath, [SCENARIO_SETTINGS.cliPath, ...words], env);
    },
    recordingOf: async (file) => {
      const { recordings } = await must("GET", `/api/v1/recordings?account=${ACCOUNT}`);
      const name = file.split("/").at(-1);
      const found = recordings.find((one: RecordingAnswer) => one.name === name);
      if (found === undefined) throw new Error(`no recording is called ${name}`);
      return found;
    },
    listen: (listening) => listen(proxy, listening, cookies.get(listening.as ?? "nobody") ?? ""),
  };
}

/** Their Cookie headers; all have signed in through nginx. */
async function addPeople(
  must: Must,
  proxy: RunningProxy,
): Promise<ReadonlyMap<ListenerName, string>> {
  await must("POST", "/api/v1/accounts", { code: ACCOUNT, name: "Acme Ltd" });
  await must("POST", "/api/v1/accounts", { code: "globex", name: "Globex" });
  const number = await must("POST", "/api/v1/tracking-numbers", {
    account: ACCOUNT,
    number: NUMBER,
  });
  const cookies = new Map<ListenerName, string>();
  for (const [name, account, role] of [
    ["granted", ACCOUNT, "agent"],
    ["colleague", ACCOUNT, "agent"],
    ["stranger", "globex", "admin"],
    ["admin", ACCOUNT, "admin"],
  ] as const) {
    const email = `${name}@example.com`;
    const memberships = [{ account, role }];
    const { id } = await must("POST", "/api/v1/users", { email, name, memberships, invite: false });
    const { url } = await must("POST", `/api/v1/users/${id}/password-link`);
    const token = String(url).split("#token=")[1];
    await must("POST", "/api/v1/password-resets", { token, newPassword: PASSWORD });
    if (name === "granted") {
      await must("PUT", `/api/v1/tracking-numbers/${number.id}/grants/${id}`);
    }
    cookies.set(name, await signIn(proxy, email));
  }
  return cookies;
}

async function signIn(proxy: RunningProxy, email: string): Promise<string> {
  const answer = await visit({
    proxy,
    clientAddress: "192.0.2.80",
    path: "/postern/api/v1/sign-in",
    method: "POST",
    headers: {
      origin: ORIGIN,
      "sec-fetch-site": "same-origin",
      "content-type": "application/json",
    },
    body: JSON.stringify({ email, password: PASSWORD }),
  });
  if (answer.status !== 200) throw new Error(`sign-in: ${answer.status} ${answer.body}`);
  return (answer.headers["set-cookie"] ?? [])
    .map((line) => line.split(";", 1)[0] ?? "")
    .filter((pair) => !pair.endsWith("="))
    .join("; ");
}

function listen(proxy: RunningProxy, listening: Listening, cookie: string): Promise<Heard> {
  const { path, from, headers } = listening;
  return new Promise((resolve, reject) => {
    const sent = request(
      {
        path,
        headers: {
          host: PORTAL_HOST,
          ...(cookie === "" ? {} : { cookie }),
          ...forwardedBy(proxy, from),
          ...headers,
        },
        createConnection: () => connectAs(proxy, from),
        signal: AbortSignal.timeout(15_000),
      },
      (response) => {
        const chunks: Buffer[] = [];
        response.on("error", reject);
        response.on("data", (chunk: Buffer) => chunks.push(chunk));
        response.on("end", () => {
          const bytes = Buffer.concat(chunks);
          const { statusCode: status = 0, headers: told } = response;
          resolve({ status, headers: told, bytes, sha256: hashOf(bytes) });
        });
      },
    );
    sent.on("error", reject);
    sent.end();
  });
}

function hashOf(bytes: Buffer): string {
  return createHash("sha256").update(bytes).digest("hex");
}
