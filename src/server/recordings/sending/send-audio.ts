// Sends a recording to a listener who may hear it: whole or in part, from here or by nginx.
import type { IncomingMessage, ServerResponse } from "node:http";
import { BlobError } from "../../../platform/blob/blob-store.ts";
import type { BlobRange, BlobStore } from "../../../platform/blob/blob-store.ts";
import type { Clock } from "../../../platform/clock.ts";
import type { Journal } from "../../journal/index.ts";
import type { FoundRecording } from "../found-recording.ts";
import type { SendAudio } from "../recordings-at-work.ts";
import { recordingsProblem } from "../recordings-problem.ts";
import { answerProblem } from "./answer-problem.ts";
import { accelPath, audioHeaders, lengthHeaders, unchangedHeaders } from "./audio-headers.ts";
import { copyToResponse } from "./copy-to-response.ts";
import type { Copied } from "./copy-to-response.ts";
import { createDamageReports, isStoreAway } from "./damage-reports.ts";
import { createPieceBuffers } from "./piece-buffers.ts";
import { openPieces } from "./piece-source.ts";
import { readAudioAsk } from "./read-audio-ask.ts";

export type AudioSenderParts = {
  readonly blobs: BlobStore;
  /** Where nginx finds the files of a directory store; null: they are sent from here. */
  readonly blobAccelPrefix: string | null;
  readonly journal: Pick<Journal, "recordEventAlone">;
  readonly clock: Clock;
  readonly onError: (error: unknown, doing: string) => void;
  /** After how long a reader is cut who takes nothing. */
  readonly writeStallMs?: number;
};

const WRITE_STALL_MS = 60_000;
const NOTHING_SENT: Copied = { bytesSent: 0, fault: null };

type Exchange = Parameters<SendAudio>[0];

export function createAudioSender(parts: AudioSenderParts): SendAudio {
  const { blobs, blobAccelPrefix, writeStallMs = WRITE_STALL_MS } = parts;
  const buffers = createPieceBuffers();
  const damages = createDamageReports(parts);

  /** The size is the row's: what is of another size is not the recording. */
  async function sendHeaders(response: ServerResponse, recording: FoundRecording): Promise<Copied> {
    assertSize(await blobs.size(recording.blobKey), recording);
    response.writeHead(200, [...audioHeaders(recording), ...lengthHeaders(recording, null)]);
    response.end();
    return NOTHING_SENT;
  }

  /** nginx makes the parts itself, of the same file: what it sends counts as sent. */
  async function sendByNginx(
    response: ServerResponse,
    { recording, range, prefix }: Sending & { readonly prefix: string },
  ): Promise<Copied> {
    assertSize(await blobs.size(recording.blobKey), recording);
    response.writeHead(200, [
      ...audioHeaders(recording),
      "X-Accel-Redirect",
      accelPath(prefix, recording.blobKey),
      "Content-Length",
      "0",
    ]);
    response.end();
    return { bytesSent: bytesOf(recording, range), fault: null };
  }

  /** One file is open for one answer, so that a file put in its place never mixes bytes. */
  async function sendPieces(
    response: ServerResponse,
    { recording, range }: Sending,
  ): Promise<Copied> {
    const blob = await blobs.open(recording.blobKey);
    if (blob.sizeBytes !== recording.sizeBytes || response.destroyed) {
      await blob.close();
      assertSize(blob.sizeBytes, recording);
      return NOTHING_SENT;
    }
    const pieces = await openPieces(blob, range, buffers);
    // With nobody to hear of it, node:http ends the connection.
    response.socket?.setTimeout(writeStallMs);
    return copyToResponse(pieces, response, {
      bytes: bytesOf(recording, range),
      begin: () => {
        const headers = [...audioHeaders(recording), ...lengthHeaders(recording, range)];
        response.writeHead(range === null ? 200 : 206, headers);
      },
    });
  }

  function send(exchange: Exchange, what: Parameters<SendAudio>[1]): Promise<Copied> | Copied {
    const { request, response } = exchange;
    const { recording, isTrustedPeer } = what;
    const ask = readAudioAsk(request, recording);
    switch (ask.kind) {
      case "refused":
        answerProblem(exchange, ask.problem);
        return NOTHING_SENT;
      case "not-modified":
        response.writeHead(304, unchangedHeaders(recording));
        response.end();
        return NOTHING_SENT;
      case "headers":
        return sendHeaders(response, recording);
      case "bytes": {
        const { range } = ask;
        const isForNginx = isTrustedPeer && blobs.kind === "directory" && isSimple(request);
        if (blobAccelPrefix === null || !isForNginx)
          return sendPieces(response, { recording, range });
        return sendByNginx(response, { recording, range, prefix: blobAccelPrefix });
      }
      default:
        return ask satisfies never;
    }
  }

  /** Never rejects: whatever fails ends this answer and nothing else. */
  async function sendAndNote(exchange: Exchange, what: Parameters<SendAudio>[1]): Promise<void> {
    const { recording, play } = what;
    const { bytesSent, fault } = await sendOrFault(() => send(exchange, what));
    if (fault !== null) {
      damages.report(recording, fault);
      endBadly(exchange, fault);
    }
    play?.note({ bytesSent, isCut: fault !== null });
  }

  return function sendAudio(exchange, what) {
    const { response } = exchange;
    // What was pipelined waits for its turn: no file is opened before it can be sent.
    if (response.socket !== null) void sendAndNote(exchange, what);
    else response.once("socket", () => void sendAndNote(exchange, what));
  };
}

type Sending = { readonly recording: FoundRecording; readonly range: BlobRange | null };

async function sendOrFault(send: () => Promise<Copied> | Copied): Promise<Copied> {
  try {
    return await send();
  } catch (fault) {
    return { bytesSent: 0, fault };
  }
}

/** A body that is short must never look whole (attack row 137): then the connection ends. */
function endBadly(exchange: Exchange, fault: unknown): void {
  const { response } = exchange;
  if (response.headersSent) response.destroy();
  else if (isStoreAway(fault)) answerProblem(exchange, recordingsProblem("recording-unavailable"));
  else answerProblem(exchange, recordingsProblem("recording-damaged"));
}

function assertSize(found: number, { sizeBytes }: FoundRecording): void {
  if (found === sizeBytes) return;
  throw new BlobError("unreadable", `its file has ${found} bytes and not ${sizeBytes}`);
}

function bytesOf({ sizeBytes }: FoundRecording, range: BlobRange | null): number {
  return range === null ? sizeBytes : range.last - range.first + 1;
}

/**
 * nginx judges these by the file's own date, also after X-Accel-Redirect: they are answered here.
 * If-Range it compares with our tag.
 */
function isSimple({ headers }: IncomingMessage): boolean {
  return headers["if-match"] === undefined && headers["if-unmodified-since"] === undefined;
}
