// A host of this machine that publishes a list, as it is told to, and remembers how it was asked.
import { createHash } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll } from "vitest";

export type ListHost = {
  readonly url: string;
  /** What the next requests are answered with; the ETag of a 200 is made of the text. */
  publish(text: string, status?: number): void;
  /** `if-none-match` of each request since the last call, or null. */
  takeAsked(): readonly (string | null)[];
};

export function useListHost(): () => ListHost {
  let answer = { text: "", status: 200 };
  let asked: (string | null)[] = [];
  const server = createServer((request, response) => {
    const known = request.headers["if-none-match"] ?? null;
    asked.push(known);
    const etag = `"${createHash("sha256").update(answer.text).digest("hex")}"`;
    if (answer.status === 200 && known === etag) response.writeHead(304).end();
    else response.writeHead(answer.status, { etag, location: "/elsewhere" }).end(answer.text);
  });
  beforeAll(async () => {
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  });
  afterAll(async () => {
    await new Promise((resolve) => server.close(resolve));
  });
  return () => ({
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/list.netset`,
    publish: (text, status = 200) => {
      answer = { text, status };
    },
    takeAsked: () => {
      const taken = asked;
      asked = [];
      return taken;
    },
  });
}
