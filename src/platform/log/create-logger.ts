// Writes the program's events, one JSON object a line, with secrets taken out.
import { destination, pino, stdSerializers, stdTimeFunctions } from "pino";
import type { DestinationStream, Logger as PinoLogger } from "pino";

export type Logger = PinoLogger;

export const LOG_LEVELS = ["trace", "debug", "info", "warn", "error", "fatal", "silent"] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

export type LoggerOptions = {
  readonly level: LogLevel;
  /** Standard output by default; commands that print results log to standard error. */
  readonly to?: "stdout" | "stderr" | DestinationStream;
};

// Names of members whose values are never written, at the top of an event and three levels down.
const SECRET_NAMES = [
  "authorization",
  "proxy-authorization",
  "cookie",
  "set-cookie",
  "password",
  "token",
  "secret",
  "databaseUrl",
] as const;
const DEPTH_MAX = 4;

/**
 * CR, LF and other control characters in values are escaped by JSON, so one event is one line
 * whatever a client sends (CVE-2013-7176).
 */
export function createLogger(options: LoggerOptions): Logger {
  const { to = "stdout" } = options;
  const stream = typeof to === "string" ? destination(to === "stdout" ? 1 : 2) : to;
  return pino(
    {
      level: options.level,
      base: null,
      timestamp: stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      redact: { paths: redactedPaths(), censor: "[secret]" },
      serializers: { err: serializeError },
    },
    stream,
  );
}

function redactedPaths(): string[] {
  const paths: string[] = [];
  for (let depth = 0; depth < DEPTH_MAX; depth += 1) {
    const parents = Array.from({ length: depth }, () => "*").join(".");
    for (const name of SECRET_NAMES) paths.push(`${parents}["${name}"]`);
  }
  return paths;
}

// Drivers put connection strings and query parameters into their errors; only these members pass.
function serializeError(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { message: withoutUrlSecrets(String(error)) };
  const { type, message, stack } = stdSerializers.err(error);
  const system = error as NodeJS.ErrnoException;
  return {
    type,
    message: withoutUrlSecrets(message),
    stack: withoutUrlSecrets(stack),
    ...(typeof system.code === "string" ? { errorCode: system.code } : {}),
  };
}

function withoutUrlSecrets(text: string): string {
  return text.replaceAll(/:\/\/[^@/\s]{1,512}@/g, "://[secret]@");
}
