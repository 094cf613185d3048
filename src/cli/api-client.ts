// Gives each command the REST API: of the server that runs on DATA_DIR, or of a private one.
import type { IncomingMessage } from "node:http";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { CHANGE_HEADER } from "../api/unconfirmed-api.ts";
import type { ChangeWaits } from "../api/unconfirmed-api.ts";
import { systemClock } from "../platform/clock.ts";
import type { Config } from "../platform/config.ts";
import {
  requestJson,
  requestStream,
  type HttpCall,
  type HttpFailure,
  type HttpTarget,
} from "../platform/http/http-client.ts";
import type { InputError, LineError } from "../platform/problem/problem.ts";
import type { CliContext } from "./cli-context.ts";
import { CliError } from "./cli-error.ts";
import { lockoutLines } from "./lockout-lines.ts";
import { printable } from "./output.ts";

export type ApiClient = {
  /** The answer's JSON; a refusal ends the command with the problem's words. */
  readonly call: <Answer>(call: HttpCall) => Promise<Answer>;
  /** The same for what changes rules; with the change's id, as the history has it. */
  readonly change: <Answer>(call: HttpCall) => Promise<Changed<Answer>>;
  /** The same where a refusal is one of many outcomes; a server that is away ends the command. */
  readonly tryCall: <Answer>(call: HttpCall) => Promise<ApiOutcome<Answer>>;
  readonly stream: (call: HttpCall) => Promise<IncomingMessage>;
};

type Changed<Answer> = { readonly answer: Answer; readonly changeId: string };

export type ApiOutcome<Answer> =
  | { readonly ok: true; readonly status: number; readonly body: Answer }
  | { readonly ok: false; readonly words: string };

// A large import is written in one transaction, during which nothing is heard.
const SILENCE_MS = 600_000;
const ERRORS_SHOWN_MAX = 20;
const NOBODY_THERE = new Set(["ENOENT", "ECONNREFUSED"]);

const TAKEN_WAIT_MS = 15_000;
const TAKEN_RETRY_MS = 250;

/** Runs `work` with a client, and closes afterwards what had to be opened for it. */
export async function withApi<Result>(
  context: CliContext,
  work: (api: ApiClient) => Promise<Result>,
): Promise<Result> {
  const config = configOf(context);
  const control = { socketPath: join(config.dataDir, "control.sock") };
  const deadlineMs = systemClock.nowMs() + TAKEN_WAIT_MS;
  for (;;) {
    if (await isServerAt(control)) return work(openApi(control));
    await checkStoreThere(config);
    try {
      return await withPrivateServer(config, async (api) => {
        const store = config.databaseUrl === null ? `in ${config.dataDir}` : "at DATABASE_URL";
        const line = printable(`no server is running; working on the store ${store}`);
        context.stderr.write(`${line}\n`);
        return work(api);
      });
    } catch (error) {
      // Another command has the store, or a server is starting and will answer in a moment.
      const isTaken = error instanceof Error && "isStoreTaken" in error && error.isStoreTaken;
      if (isTaken !== true || systemClock.nowMs() >= deadlineMs) throw error;
      await new Promise((resolve) => setTimeout(resolve, TAKEN_RETRY_MS));
    }
  }
}

async function isServerAt(control: { readonly socketPath: string }): Promise<boolean> {
  const alive = await requestJson(control, { method: "GET", path: "/healthz", silenceMs: 5_000 });
  // An answer of any kind, also a refusal, comes from the server that holds the store.
  if (alive.ok || alive.kind === "refused") return true;
  if (NOBODY_THERE.has(alive.errorCode)) return false;
  throw new CliError(`cannot ask the server at ${control.socketPath}: ${alive.detail}`);
}

/** A mistyped DATA_DIR must not become an empty store that is reported as changed. */
async function checkStoreThere(config: Config): Promise<void> {
  const { STORE_FILE } = await import("../server/open-store.ts");
  if (config.databaseUrl !== null || existsSync(join(config.dataDir, STORE_FILE))) return;
  throw new CliError(
    `no Postern store in ${config.dataDir}; ` +
      "set DATA_DIR to the server's directory, or start the server first",
  );
}

async function withPrivateServer<Result>(
  config: Config,
  work: (api: ApiClient) => Promise<Result>,
): Promise<Result> {
  const { startPrivateServer } = await import("../server/start-server.ts");
  const server = await startPrivateServer(config);
  try {
    return await work(openApi({ socketPath: server.socketPath }));
  } finally {
    await server.close();
  }
}

/** The configuration, or the end of the command with every mistake in it. */
export function configOf(context: CliContext): Config {
  const result = context.readConfig();
  if (!result.ok) throw new CliError(result.errors.join("\n"), 2);
  return result.config;
}

/** A client of a server that is known to run. */
export function openApi(target: HttpTarget): ApiClient {
  return {
    call: async <Answer>(call: HttpCall) => {
      const answer = await requestJson(target, { silenceMs: SILENCE_MS, ...call });
      if (!answer.ok) throw new CliError(wordsOf(answer));
      return answer.body as Answer;
    },
    change: async <Answer>(call: HttpCall): Promise<Changed<Answer>> => {
      const answer = await requestJson(target, { silenceMs: SILENCE_MS, ...call });
      if (!answer.ok) throw new CliError(wordsOf(answer));
      return { answer: answer.body as Answer, changeId: String(answer.headers[CHANGE_HEADER]) };
    },
    tryCall: async <Answer>(call: HttpCall): Promise<ApiOutcome<Answer>> => {
      const answer = await requestJson(target, { silenceMs: SILENCE_MS, ...call });
      if (answer.ok) return { ok: true, status: answer.status, body: answer.body as Answer };
      if (answer.kind === "unreachable") throw new CliError(wordsOf(answer));
      return { ok: false, words: wordsOf(answer) };
    },
    stream: async (call) => {
      const answer = await requestStream(target, { silenceMs: SILENCE_MS, ...call });
      if (!answer.ok) throw new CliError(wordsOf(answer));
      return answer.body;
    },
  };
}

function wordsOf(failure: HttpFailure): string {
  if (failure.kind === "unreachable") return `the server did not answer: ${failure.detail}`;
  if (failure.code === "would-lock-out") return lockoutLines(failure.members ?? {}).join("\n");
  const { changeId } = (failure.members ?? {}) as Partial<ChangeWaits>;
  if (failure.code === "change-waits" && changeId !== undefined) {
    return `${failure.detail}\nTo take it back: postern policy take-back ${changeId}`;
  }
  const lines = failure.errors.map((error) =>
    isLineError(error)
      ? `${placeOf(error)}: ${error.message}`
      : `${error.path} ${error.message}`.trim(),
  );
  const shown = lines.slice(0, ERRORS_SHOWN_MAX);
  const restCount = lines.length - shown.length;
  if (restCount > 0) {
    shown.push(`and ${restCount} more ${failure.errors.some(isLineError) ? "lines" : "errors"}`);
  }
  return (saysOnly(failure.detail, failure.errors) ? shown : [failure.detail, ...shown]).join("\n");
}

function placeOf({ line, column }: LineError): string {
  return column === undefined ? `line ${line}` : `line ${line}, column ${column}`;
}

/** Whether each part of the detail is one of the errors, which then say it with its place. */
function saysOnly(detail: string, errors: readonly (InputError | LineError)[]): boolean {
  if (errors.length === 0 || errors.some(isLineError)) return false;
  const messages = errors.map(({ message }) => message.replace(/\.$/, ""));
  if (!messages.every((message) => detail.includes(message))) return false;
  const rest = messages.reduce((text, message) => text.replace(message, () => ""), detail);
  // What may be left is where each stands: a name or a pointer.
  return rest.split("; ").every((part) => /^\S*[\s.:]*$/.test(part.trim()));
}

function isLineError(error: InputError | LineError): error is LineError {
  return "line" in error;
}
