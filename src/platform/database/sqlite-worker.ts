// The thread that owns one SQLite connection: a disk sync here never stalls a decision elsewhere.
import { parentPort, workerData } from "node:worker_threads";
import { loadSqliteBinding } from "./sqlite-binding.ts";
import type { SqliteBinding } from "./sqlite-binding.ts";
import type { SqliteEnvelope, SqliteFault, SqliteOpening, SqliteReply } from "./sqlite-message.ts";
import type { SqliteThreadData } from "./sqlite-message.ts";
import { openSqliteFile } from "./open-sqlite-file.ts";
import type { SqliteFileOutcome } from "./open-sqlite-file.ts";
import { createSqliteSession } from "./sqlite-session.ts";

const port = parentPort;
if (port === null) throw new Error("sqlite-worker.ts runs as a thread only");
const data = workerData as SqliteThreadData;

const outcome = await loadSqliteBinding();
if (!outcome.ok) {
  send({ ok: false, problem: { kind: "unusable", message: outcome.message } });
  port.close();
} else {
  serve(outcome.binding, tryOpen(outcome.binding));
}

function tryOpen(binding: SqliteBinding): SqliteFileOutcome {
  try {
    return openSqliteFile(binding, data);
  } catch (error) {
    const reason = (error as Error).message;
    const message = `The data directory ${data.dataDirectory} cannot be used: ${reason}`;
    return { ok: false, problem: { kind: "unusable", message } };
  }
}

function serve(binding: SqliteBinding, opened: SqliteFileOutcome): void {
  if (!opened.ok) {
    send({ ok: false, problem: opened.problem });
    port?.close();
    return;
  }
  const session = createSqliteSession(opened.connection, binding.bindsNumbersAsReal);
  port?.on("message", ({ id, request }: SqliteEnvelope) => {
    let reply: SqliteReply;
    try {
      if (request.kind === "close") {
        session.close(data.role === "writer");
        opened.lock?.release();
        reply = { id, ok: true, value: null };
      } else {
        reply = { id, ok: true, value: session.answer(request) };
      }
    } catch (error) {
      reply = { id, ok: false, fault: faultOf(error) };
    }
    port?.postMessage(reply);
    if (request.kind === "close") port?.close();
  });
  send({ ok: true, version: binding.version });
}

function send(opening: SqliteOpening): void {
  port?.postMessage(opening);
}

/** A cloned Error loses its own properties, so that they travel as data. */
function faultOf(error: unknown): SqliteFault {
  const { message, code, errcode } = error as {
    readonly message?: string;
    readonly code?: string;
    readonly errcode?: number;
  };
  return { message: message ?? String(error), code: code ?? null, errcode: errcode ?? null };
}
