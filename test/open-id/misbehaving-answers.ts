// What an endpoint of the misbehaving provider does instead of answering as it should.
import type { ServerResponse } from "node:http";

/**
 * `slow` never answers, `trickling` sends a byte at a time for ever, `huge` sends one megabyte,
 * `endless` never stops, `redirecting` answers 302 to a good document.
 */
export const ENDPOINT_FAULTS = [
  "down",
  "slow",
  "trickling",
  "huge",
  "endless",
  "redirecting",
  "not-json",
] as const;
export type EndpointFault = (typeof ENDPOINT_FAULTS)[number];

const TRICKLE_MS = 20;
const MEGABYTE = 1_048_576;

export function answerJson(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
}

export function answerWithFault(response: ServerResponse, fault: EndpointFault): void {
  const json = { "content-type": "application/json" };
  switch (fault) {
    case "down":
      return answerJson(response, 503, { error: "temporarily_unavailable" });
    case "slow":
      return;
    case "trickling":
      response.writeHead(200, json).write("{");
      return repeat(response, TRICKLE_MS, " ");
    case "huge":
      response.writeHead(200, json).end(`{"filling":"${"x".repeat(MEGABYTE)}"}`);
      return;
    case "endless":
      response.writeHead(200, json).write("{");
      return repeat(response, 1, " ".repeat(65_536));
    case "redirecting":
      response.writeHead(302, { location: "/elsewhere" }).end();
      return;
    case "not-json":
      response.writeHead(200, { "content-type": "text/html" }).end("<h1>Under maintenance</h1>");
      return;
    default:
      fault satisfies never;
  }
}

function repeat(response: ServerResponse, everyMs: number, text: string): void {
  const timer = setInterval(() => response.write(text), everyMs);
  response.once("close", () => clearInterval(timer));
}
