// A small HTTP client over a unix socket or an address; refusals and faults come back as values.
import {
  request as requestPlain,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type RequestOptions,
} from "node:http";
import { request as requestTls } from "node:https";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { InputError, LineError } from "../problem/problem.ts";

export type HttpTarget =
  | { readonly socketPath: string }
  | { readonly origin: string; readonly token?: string };

export type HttpQuery = Readonly<Record<string, string | number | boolean | undefined>>;

export type HttpCall = {
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  readonly path: string;
  /** Undefined values are left out. */
  readonly query?: HttpQuery;
  /** Sent as JSON; a stream is sent as it comes, as `contentType`. */
  readonly body?: unknown;
  readonly contentType?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** How long the line may be silent; 60 s by default. */
  readonly silenceMs?: number;
};

export type HttpFailure =
  | {
      readonly ok: false;
      readonly kind: "refused";
      readonly status: number;
      readonly code: string;
      readonly detail: string;
      readonly errors: readonly (InputError | LineError)[];
      /** All that the answer says; empty where it is no problem document. */
      readonly members?: Readonly<Record<string, unknown>>;
    }
  /** Nobody answered, or not in HTTP. `errorCode` is the system's, such as ECONNREFUSED. */
  | {
      readonly ok: false;
      readonly kind: "unreachable";
      readonly errorCode: string;
      readonly detail: string;
    };

export type HttpAnswer<Body> =
  | {
      readonly ok: true;
      readonly status: number;
      readonly headers: IncomingHttpHeaders;
      readonly body: Body;
    }
  | HttpFailure;

const SILENCE_MS = 60_000;
const JSON_BYTES_MAX = 64 * 1024 * 1024;

/** The answer's body as JSON; null when it is empty. */
export async function requestJson(
  target: HttpTarget,
  call: HttpCall,
): Promise<HttpAnswer<unknown>> {
  const answer = await requestStream(target, call);
  if (!answer.ok) return answer;
  try {
    const text = await textOf(answer.body);
    const body: unknown = text === "" ? null : JSON.parse(text);
    return { ...answer, body };
  } catch (error) {
    return unreachable(error);
  }
}

/** The answer's body as a stream, which the caller must read or destroy. */
export async function requestStream(
  target: HttpTarget,
  call: HttpCall,
): Promise<HttpAnswer<IncomingMessage>> {
  let response: IncomingMessage;
  try {
    response = await send(target, call);
  } catch (error) {
    return unreachable(error);
  }
  const status = response.statusCode ?? 0;
  if (status >= 200 && status < 300) {
    return { ok: true, status, headers: response.headers, body: response };
  }
  return refusalOf(response, status);
}

function send(target: HttpTarget, call: HttpCall): Promise<IncomingMessage> {
  const body = bodyOf(call);
  const options: RequestOptions = {
    method: call.method,
    path: call.path + queryText(call.query),
    headers: {
      accept: "application/json, */*;q=0.5",
      ...body.headers,
      ...call.headers,
      ...authorization(target),
    },
    timeout: call.silenceMs ?? SILENCE_MS,
    agent: false,
    ...whereOf(target),
  };
  const request =
    "origin" in target && target.origin.startsWith("https:") ? requestTls : requestPlain;
  return new Promise((resolve, reject) => {
    const sent = request(options, resolve);
    sent.on("timeout", () => sent.destroy(new Error("no answer in time")));
    sent.on("error", reject);
    // A server may refuse before it has read all; its answer counts, not the broken upload.
    if (body.stream === undefined) sent.end(body.text);
    else pipeline(body.stream, sent).catch(reject);
  });
}

type SentBody = {
  readonly headers: Readonly<Record<string, string | number>>;
  readonly text?: string;
  readonly stream?: Readable;
};

function bodyOf(call: HttpCall): SentBody {
  if (call.body === undefined) return { headers: {} };
  const contentType = call.contentType ?? "application/json";
  if (call.body instanceof Readable) {
    return { headers: { "content-type": contentType }, stream: call.body };
  }
  const text = JSON.stringify(call.body);
  const length = Buffer.byteLength(text);
  return { headers: { "content-type": contentType, "content-length": length }, text };
}

function authorization(target: HttpTarget): Record<string, string> {
  const token = "origin" in target ? target.token : undefined;
  return token === undefined ? {} : { authorization: `Bearer ${token}` };
}

function whereOf(target: HttpTarget): RequestOptions {
  if ("socketPath" in target) return { socketPath: target.socketPath, host: "localhost" };
  const { hostname, port } = new URL(target.origin);
  const host = hostname.replace(/^\[(.*)\]$/, "$1");
  return { host, ...(port === "" ? {} : { port }) };
}

function queryText(query: HttpQuery | undefined): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query ?? {})) {
    if (value !== undefined) parameters.append(name, String(value));
  }
  return parameters.size === 0 ? "" : `?${parameters.toString()}`;
}

async function textOf(body: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let byteLength = 0;
  for await (const chunk of body) {
    byteLength += (chunk as Buffer).length;
    if (byteLength > JSON_BYTES_MAX) throw new Error("the answer is too large");
    chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks).toString("utf8");
}

async function refusalOf(response: IncomingMessage, status: number): Promise<HttpFailure> {
  let problem: { code?: unknown; detail?: unknown; title?: unknown; errors?: unknown } = {};
  try {
    problem = (JSON.parse(await textOf(response)) as typeof problem | null) ?? {};
  } catch {
    // Not every answer is a problem document (a proxy's page, say); the status is enough then.
  }
  const detail = [problem.detail, problem.title].find((text) => typeof text === "string");
  return {
    ok: false,
    kind: "refused",
    status,
    code: typeof problem.code === "string" ? problem.code : "unknown",
    detail: detail ?? `the server answered with status ${status}`,
    errors: Array.isArray(problem.errors) ? (problem.errors as (InputError | LineError)[]) : [],
    members: problem,
  };
}

function unreachable(error: unknown): HttpFailure {
  const { code = "UNKNOWN", message } = error as NodeJS.ErrnoException;
  return { ok: false, kind: "unreachable", errorCode: code, detail: message };
}
