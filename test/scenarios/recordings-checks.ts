// Recordings checks: import, playing through nginx, who hears them in each mode, what nginx got.

import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { request } from "node:http";
import type { IncomingHttpHeaders } from "node:http";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { ACCESS_MODES } from "../../src/core/recordings/audio-policy.ts";
import type { AccessMode } from "../../src/core/recordings/audio-policy.ts";
import { MEDIA_TYPES } from "../../src/core/recordings/recording-format.ts";
import { AUDIO_KINDS } from "../audio/make-audio.ts";
import { ACCEL_PREFIX, ACCOUNT, ORIGIN, PLACES, WHITELIST } from "./recordings-world.ts";
import type { Heard, ListenerName, PlaceName, RecordingsWorld } from "./recordings-world.ts";
import { runCommand } from "./run-command.ts";
import { SCENARIO_SETTINGS } from "./scenario-settings.ts";
import { PORTAL_HOST } from "./visit.ts";

/** Each begins where the one before it left off. */
export type RecordingsCheck = {
  readonly name: string;
  /** Says what was seen; throws when it is not what must be. */
  readonly run: (world: RecordingsWorld) => Promise<string>;
};

const LISTENERS = ["nobody", "granted", "colleague", "stranger", "admin"] as const;

/** From the guide; the columns are LISTENERS in the office, then elsewhere. */
const EXPECTED: Readonly<Record<AccessMode, string>> = {
  "no-restrictions": "plays plays plays plays plays | plays plays plays plays plays",
  "ip-whitelist": "plays plays 404 404 plays | 403 403 403 403 403",
  "user-authentication": "sign-in plays 404 404 plays | sign-in plays 404 404 plays",
  "whitelist-and-user": "sign-in plays 404 404 plays | 403 403 403 403 403",
  "whitelist-or-user": "plays plays 404 404 plays | sign-in plays 404 404 plays",
};

const CELL = 10;
const HALF = CELL * LISTENERS.length + 2;

const NAVIGATION = {
  accept: "text/html",
  "sec-fetch-dest": "document",
  "sec-fetch-mode": "navigate",
} as const;

function pathOf(url: string): string {
  assert.ok(url.startsWith(`${ORIGIN}/postern/recordings/`), url);
  return url.slice(ORIGIN.length);
}

function addressOf(place: PlaceName, listener: ListenerName): string {
  return `${PLACES[place]}.${20 + LISTENERS.indexOf(listener)}`;
}

async function setMode(world: RecordingsWorld, mode: AccessMode): Promise<void> {
  const value = { mode, whitelist: WHITELIST, onlyShareable: false };
  await world.must("PUT", `/api/v1/audio-download?account=${ACCOUNT}`, { value });
}

/** Seconds, by the program that most players are made of; throws where it cannot play. */
async function decode(world: RecordingsWorld, heard: Heard): Promise<string> {
  const path = join(world.folder, "heard");
  await writeFile(path, heard.bytes);
  const env = { PATH: SCENARIO_SETTINGS.searchPath };
  const words = ["-v", "error", "-show_entries", "format=duration", "-of", "csv=p=0", path];
  const told = await runCommand("ffprobe", words, env);
  const played = await runCommand("ffmpeg", ["-v", "error", "-i", path, "-f", "null", "-"], env);
  assert.deepEqual([told.code, told.err, played.code, played.err], [0, "", 0, ""]);
  return Number(told.out).toFixed(1);
}

export const RECORDINGS_CHECKS: readonly RecordingsCheck[] = [
  {
    name: "a folder of six kinds of audio, spoken a moment ago, is imported; once",
    run: async (world) => {
      const count = world.made.length;
      const first = await world.importFolder();
      const done = `${count} uploaded to ${ACCOUNT}, 0 there already, 0 refused.\n`;
      assert.deepEqual([first.code, first.out, first.err], [0, done, ""]);
      const again = await world.importFolder();
      const nothing = `Nothing to upload: all ${count} are in ${ACCOUNT} already.\n`;
      assert.deepEqual([again.code, again.out, again.err], [0, nothing, ""]);
      const { recordings } = await world.must("GET", `/api/v1/recordings?account=${ACCOUNT}`);
      assert.equal(recordings.length, count);
      return first.out + again.out.trimEnd();
    },
  },
  {
    name: "each plays through nginx, byte for byte, whole and from the middle",
    run: async (world) => {
      const seen: string[] = [];
      for (const { kind, file, bytes, sha256 } of world.made) {
        const { url } = await world.recordingOf(file);
        const path = `${pathOf(url)}/audio`;
        const listening = { path, from: addressOf("elsewhere", "granted"), as: "granted" } as const;
        const whole = await world.listen(listening);
        const type = MEDIA_TYPES[AUDIO_KINDS[kind].format];
        assert.deepEqual([whole.status, whole.sha256], [200, sha256], whole.bytes.toString());
        assert.equal(whole.headers["content-type"], type);
        assert.equal(whole.headers["cache-control"], "private, no-store");
        const [from, to] = [1_000, 2_999];
        const part = await world.listen({
          ...listening,
          headers: { range: `bytes=${from}-${to}` },
        });
        assert.equal(part.status, 206);
        assert.equal(part.headers["content-range"], `bytes ${from}-${to}/${bytes.length}`);
        assert.ok(part.bytes.equals(bytes.subarray(from, to + 1)), "another part was sent");
        const seconds = await decode(world, whole);
        seen.push(`${file.padEnd(15)} ${type.padEnd(10)} ${bytes.length} bytes, ${seconds} s`);
      }
      return seen.join("\n");
    },
  },
  {
    name: "who hears it, in each mode of the guide",
    run: async (world) => {
      const { file, sha256 } = world.made[0]!;
      const page = pathOf((await world.recordingOf(file)).url);
      const rows = [`${"".padEnd(20)}${"office".padEnd(HALF)}elsewhere`, headingRow()];
      for (const mode of ACCESS_MODES) {
        await setMode(world, mode);
        const told: string[][] = [];
        for (const place of ["office", "elsewhere"] as const) {
          told.push([]);
          for (const as of LISTENERS) {
            const from = addressOf(place, as);
            const audio = await world.listen({ path: `${page}/audio`, from, as });
            const opened = await world.listen({ path: page, from, as, headers: NAVIGATION });
            told.at(-1)!.push(judge({ audio, opened, page, sha256 }));
          }
        }
        assert.equal(told.map((cells) => cells.join(" ")).join(" | "), EXPECTED[mode], mode);
        rows.push(tableRow(mode, told));
      }
      return rows.join("\n");
    },
  },
  {
    name: "what nginx got from Postern, and what the listener got from nginx",
    run: async (world) => {
      await setMode(world, "no-restrictions");
      const { file, sha256, bytes } = world.made[0]!;
      const path = `${pathOf((await world.recordingOf(file)).url)}/audio`;
      const from = addressOf("elsewhere", "nobody");
      const got = await askAsNginx(world, path, from);
      const told = await world.listen({ path, from });
      assert.deepEqual([got.status, got.byteCount], [200, 0]);
      const where = String(got.headers["x-accel-redirect"]);
      assert.match(where, new RegExp(`^${ACCEL_PREFIX}[a-z0-9]+/[a-z0-9]+\\.wav$`));
      assert.deepEqual([told.status, told.sha256], [200, sha256]);
      assert.equal(told.headers["content-length"], String(bytes.length));
      assert.equal(told.headers["accept-ranges"], "bytes");
      assert.equal(told.headers["x-content-type-options"], "nosniff");
      for (const name of Object.keys(told.headers)) assert.doesNotMatch(name, /accel|postern/);
      return [
        `nginx got ${got.status}, ${got.byteCount} bytes`,
        ...lines(got.headers),
        `the listener ${told.status}, ${told.bytes.length} bytes`,
        ...lines(told.headers),
      ].join("\n");
    },
  },
  {
    name: "who listened is known, once for each listener and address",
    run: async (world) => {
      const { file } = world.made[0]!;
      const { id } = await world.recordingOf(file);
      const plays = await waitForPlays(world, id, [
        null,
        "granted@example.com",
        "admin@example.com",
      ]);
      const keys = plays.map(({ email, address }) => `${email ?? "nobody"} from ${address}`);
      assert.equal(new Set(keys).size, keys.length, "one listener was counted twice");
      return keys.join("\n");
    },
  },
];

function judge(seen: {
  readonly audio: Heard;
  readonly opened: Heard;
  readonly page: string;
  readonly sha256: string;
}): string {
  const { audio, opened, page, sha256 } = seen;
  if (audio.status === 200) {
    assert.deepEqual([audio.sha256, opened.status], [sha256, 200]);
    return "plays";
  }
  assert.notEqual(audio.sha256, sha256);
  if (audio.status !== 401) {
    assert.equal(opened.status, audio.status);
    return String(audio.status);
  }
  const back = encodeURIComponent(`${ORIGIN}${page}`);
  const location = `${ORIGIN}/postern/sign-in?returnTo=${back}`;
  assert.deepEqual([opened.status, opened.headers.location], [302, location]);
  return "sign-in";
}

function headingRow(): string {
  return tableRow("mode", [LISTENERS, LISTENERS]);
}

function tableRow(first: string, halves: readonly (readonly string[])[]): string {
  const cells = halves.map((half) =>
    half
      .map((cell) => cell.padEnd(CELL))
      .join("")
      .padEnd(HALF),
  );
  return (first.padEnd(20) + cells.join("")).trimEnd();
}

type Got = {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly byteCount: number;
};

/** The question that the shipped configuration makes of a listener's. */
function askAsNginx(world: RecordingsWorld, path: string, from: string): Promise<Got> {
  const headers = { host: PORTAL_HOST, "x-forwarded-for": from };
  const where = { host: "127.0.0.1", port: world.postern.port, path, headers, agent: false };
  return new Promise((resolve, reject) => {
    const sent = request(where, (response) => {
      let byteCount = 0;
      response.on("data", (chunk: Buffer) => (byteCount += chunk.length));
      response.on("error", reject);
      response.on("end", () => {
        resolve({ status: response.statusCode ?? 0, headers: response.headers, byteCount });
      });
    });
    sent.on("error", reject);
    sent.end();
  });
}

function lines(headers: IncomingHttpHeaders): readonly string[] {
  const told = /^(x-accel|content-|accept-ranges|etag|cache-control|x-content|cross-origin)/;
  return Object.entries(headers)
    .filter(([name]) => told.test(name))
    .map(([name, value]) => `  ${name}: ${String(value)}`);
}

type Play = { readonly email: string | null; readonly address: string };

/** They are written every second. Throws when one of `emails` does not come; null is nobody. */
async function waitForPlays(
  world: RecordingsWorld,
  id: string,
  emails: readonly (string | null)[],
): Promise<readonly Play[]> {
  const deadlineMs = Date.now() + 10_000;
  for (;;) {
    const { plays } = await world.must("GET", `/api/v1/recordings/${id}/plays`);
    const heard = new Set(plays.map(({ email }: Play) => email));
    const missing = emails.find((email) => !heard.has(email));
    if (missing === undefined) return plays;
    assert.ok(Date.now() < deadlineMs, `no play of ${missing ?? "nobody"}`);
    await wait(50);
  }
}
