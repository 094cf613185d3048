// Compares the file of every recording with what the store of records says of it.
import { createHash } from "node:crypto";
import type { Readable } from "node:stream";
import type { RecordingFilesAnswer } from "../api/recording-files-api.ts";
import { BlobError, type BlobStore } from "../platform/blob/blob-store.ts";
import type { ApiClient } from "./api-client.ts";

export type FileFault = "missing" | "other size" | "other content" | "cannot be read";

type RecordingFile = RecordingFilesAnswer["files"][number];

export type VerifySummary = {
  readonly looked: number;
  readonly damaged: readonly {
    readonly recordingId: string;
    readonly account: string;
    readonly key: string;
    readonly fault: FileFault;
  }[];
  /** Files without a recording: of what was deleted a moment ago, or uploaded just now, say. */
  readonly leftOver: number;
};

type Verify = {
  readonly api: ApiClient;
  readonly store: BlobStore;
  /** Sizes only. */
  readonly isQuick: boolean;
  readonly onFile: () => void;
};

const AT_ONCE = 8;

/** Rejects with `BlobError` where the store itself is away: that says nothing of its files. */
export async function verifyRecordingFiles(verify: Verify): Promise<VerifySummary> {
  const damaged: VerifySummary["damaged"][number][] = [];
  const keys = new Set<string>();
  const files = listFiles(verify.api);

  async function work(): Promise<void> {
    for (;;) {
      const { done, value } = await files.next();
      if (done === true) return;
      keys.add(value.key);
      const fault = await faultOf(verify, value);
      const { recordingId, account, key } = value;
      if (fault !== null) damaged.push({ recordingId, account, key, fault });
      verify.onFile();
    }
  }

  await Promise.all(Array.from({ length: AT_ONCE }, work));
  let leftOver = 0;
  for await (const { key } of verify.store.list("")) if (!keys.has(key)) leftOver += 1;
  damaged.sort((one, other) => (one.recordingId < other.recordingId ? -1 : 1));
  return { looked: keys.size, damaged, leftOver };
}

async function* listFiles(api: ApiClient): AsyncGenerator<RecordingFile, void> {
  let after: string | null = null;
  do {
    const page: RecordingFilesAnswer = await api.call<RecordingFilesAnswer>({
      method: "GET",
      path: "/api/v1/recording-files",
      query: after === null ? {} : { after },
    });
    yield* page.files;
    after = page.next;
  } while (after !== null);
}

async function faultOf(
  { store, isQuick }: Verify,
  { key, sizeBytes, sha256 }: RecordingFile,
): Promise<FileFault | null> {
  try {
    if (isQuick) return (await store.size(key)) === sizeBytes ? null : "other size";
    const blob = await store.open(key);
    if (blob.sizeBytes !== sizeBytes) {
      await blob.close();
      return "other size";
    }
    return (await hashOf(await blob.read(null))) === sha256 ? null : "other content";
  } catch (error) {
    if (!(error instanceof BlobError) || error.fault === "unavailable") throw error;
    return error.fault === "missing" ? "missing" : "cannot be read";
  }
}

async function hashOf(stream: Readable): Promise<string> {
  const hash = createHash("sha256");
  for await (const chunk of stream as AsyncIterable<Buffer>) hash.update(chunk);
  return hash.digest("hex");
}
