// Sends recordings of a directory over a bare HTTP server, to whoever asks: who may is not asked.
import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, readdirSync, readlinkSync, rmSync, writeFileSync } from "node:fs";
import { createServer, request as sendRequest } from "node:http";
import type { IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { BlobStore } from "../../src/platform/blob/blob-store.ts";
import { openBlobStore } from "../../src/platform/blob/open-blob-store.ts";
import type { Journal } from "../../src/server/journal/index.ts";
import type { FoundRecording, Play } from "../../src/server/recordings/index.ts";
import { createAudioSender } from "../../src/server/recordings/sending/send-audio.ts";
import { createStandingClock } from "../contracts/open-store.ts";

type NewEvent = Parameters<Journal["recordEventAlone"]>[0];
type Note = Parameters<Play["note"]>[0];

export type AudioAnswer = {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
};

export type AudioServer = Awaited<ReturnType<typeof startAudioServer>>;

export async function startAudioServer(
  options: {
    readonly writeStallMs?: number;
    readonly blobAccelPrefix?: string;
    readonly isTrustedPeer?: boolean;
    /** Faults of the store's own. */
    readonly breakStore?: (store: BlobStore) => BlobStore;
  } = {},
) {
  const directory = mkdtempSync(join(tmpdir(), "postern-audio-"));
  const store = await openBlobStore({ kind: "directory", path: directory });
  const clock = createStandingClock();
  const events: NewEvent[] = [];
  const errors: unknown[] = [];
  const notes: Note[] = [];
  const recordings = new Map<string, FoundRecording>();
  const sendAudio = createAudioSender({
    blobs: options.breakStore?.(store) ?? store,
    blobAccelPrefix: options.blobAccelPrefix ?? null,
    journal: {
      recordEventAlone: async (event) => {
        events.push(event);
        return "id";
      },
    },
    clock,
    onError: (error) => errors.push(error),
    ...(options.writeStallMs === undefined ? {} : { writeStallMs: options.writeStallMs }),
  });
  const server = createServer((request, response) => {
    const recording = recordings.get(request.url ?? "");
    if (recording === undefined) throw new Error(`no recording ${request.url}`);
    const play: Play = { id: "play", note: (note) => notes.push(note) };
    sendAudio(
      { request, response },
      { recording, play, isTrustedPeer: options.isTrustedPeer ?? false },
    );
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const pathOf = (key: string): string => join(directory, key);

  return {
    port,
    directory,
    clock,
    events,
    errors,
    notes,
    pathOf,
    /** Puts a file there; it is asked for as /name. */
    add(name: string, bytes: Buffer, words: Partial<FoundRecording> = {}): FoundRecording {
      const recording = { ...describe(name, bytes), ...words };
      mkdirSync(dirname(pathOf(recording.blobKey)), { recursive: true });
      writeFileSync(pathOf(recording.blobKey), bytes);
      recordings.set(`/${name}`, recording);
      return recording;
    },
    ask: (path: string, headers: Readonly<Record<string, string>> = {}, method = "GET") =>
      ask({ port, path, headers, method }),
    /** Files of the directory that this process has open. */
    openFiles: () =>
      readdirSync("/proc/self/fd").filter((fd) => linkOf(fd).startsWith(`${directory}/`)).length,
    connections: () =>
      new Promise<number>((resolve, reject) => {
        server.getConnections((error, count) => (error === null ? resolve(count) : reject(error)));
      }),
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

function linkOf(fd: string): string {
  try {
    return readlinkSync(`/proc/self/fd/${fd}`);
  } catch {
    return "";
  }
}

function describe(name: string, bytes: Buffer): FoundRecording {
  return {
    id: `id-of-${name}`,
    link: "l".repeat(22),
    accountId: "account-id",
    accountCode: "acme",
    trackingNumberId: "number-id",
    number: "+441632960001",
    numberLabel: "Sales",
    isNumberShareable: false,
    caller: "",
    name,
    recordedAtMs: Date.UTC(2026, 10, 22, 9, 30),
    durationMs: 3000,
    format: "mp3",
    sizeBytes: bytes.length,
    sha256: createHash("sha256").update(bytes).digest("hex"),
    blobKey: `account-id/${name}`,
  };
}

/** Rejects where the connection ends before the answer does. */
function ask(asked: {
  readonly port: number;
  readonly path: string;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
}): Promise<AudioAnswer> {
  return new Promise((resolve, reject) => {
    const sent = sendRequest({ host: "127.0.0.1", agent: false, ...asked }, (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("error", reject);
      response.on("end", () => {
        const { statusCode = 0, headers } = response;
        resolve({ status: statusCode, headers, body: Buffer.concat(chunks) });
      });
    });
    sent.on("error", reject);
    sent.end();
  });
}

/** Bytes that tell where they are from. */
export function countedBytes(length: number, seed = 1): Buffer {
  const bytes = Buffer.allocUnsafe(length);
  for (let at = 0; at < length; at += 1) bytes[at] = (at * 31 + (at >> 8) * 7 + seed) & 0xff;
  return bytes;
}
