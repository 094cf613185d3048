// Checks that events are one line each and that secrets never reach them.
import { describe, expect, it } from "vitest";
import { createSecret } from "../secret.ts";
import { createLogger, type Logger } from "./create-logger.ts";

function captured(write: (logger: Logger) => void): string[] {
  const lines: string[] = [];
  const logger = createLogger({ level: "info", to: { write: (line) => void lines.push(line) } });
  write(logger);
  return lines;
}

function only(lines: readonly string[]): Record<string, unknown> {
  expect(lines).toHaveLength(1);
  return JSON.parse(lines[0] ?? "") as Record<string, unknown>;
}

describe("createLogger", () => {
  it("writes one line for an event, whatever a client sent (attack row 59)", () => {
    const name = 'x from 10.0.0.1 port 22\r\n{"level":"info","msg":"forged"}\u2028\u001b[2J';
    const lines = captured((logger) => logger.info({ user: name }, `sign-in of ${name}`));
    const line = lines[0]?.trimEnd() ?? "";
    for (const control of ["\r", "\n", "\u001b"]) expect(line).not.toContain(control);
    expect(only(lines)).toMatchObject({ user: name, level: "info" });
  });

  it.each([
    ["at the top", { authorization: "Bearer s3cr3t" }],
    ["in headers", { headers: { cookie: "s3cr3t", "set-cookie": ["s3cr3t"] } }],
    ["two down", { request: { headers: { authorization: "s3cr3t" } } }],
    ["three down", { event: { request: { body: { password: "s3cr3t", token: "s3cr3t" } } } }],
    ["a configured secret", { url: createSecret("postgres://u:s3cr3t@db/x") }],
    ["a URL in an error", { err: new Error("no route to postgres://u:s3cr3t@db/x") }],
    ["a driver's extra members", { err: Object.assign(new Error("no"), { query: "s3cr3t" }) }],
  ])("takes secrets out (attack row 78): %s", (_where, event) => {
    const lines = captured((logger) => logger.info(event, "event"));
    expect(lines).toHaveLength(1);
    expect(lines[0]).not.toContain("s3cr3t");
  });

  it("shows that something was taken out", () => {
    const event = { authorization: "Bearer x", err: new Error("see http://u:p@host/") };
    expect(only(captured((logger) => logger.info(event)))).toMatchObject({
      authorization: "[secret]",
      err: { message: "see http://[secret]@host/" },
    });
  });

  it("keeps type, message and code of an error", () => {
    const err = Object.assign(new TypeError("connection refused"), { code: "ECONNREFUSED" });
    const line = only(captured((logger) => logger.error({ err }, "store away")));
    expect(line["err"]).toMatchObject({
      type: "TypeError",
      message: "connection refused",
      errorCode: "ECONNREFUSED",
    });
  });

  it("leaves out what is below the level", () => {
    expect(captured((logger) => logger.debug("detail"))).toEqual([]);
  });
});
