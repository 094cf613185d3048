// Asks the gate many times over a few pipelined connections: floods cost the test little.

import { connect } from "node:net";
import { PORTAL_HOST } from "./start-gate.ts";

export type ManyVisits = {
  readonly port: number;
  /** One request each, in this order on one connection. */
  readonly clientAddresses: readonly string[];
  /** A path, or one for each request by its index. */
  readonly uri?: string | ((index: number) => string);
  readonly method?: string;
  readonly host?: string;
};

const SILENCE_MS_MAX = 20_000;

/** The real status of each answer, in order; asked as nginx asks. */
export function askMany(wanted: ManyVisits): Promise<readonly number[]> {
  const { port, clientAddresses, uri = "/", method = "GET", host = PORTAL_HOST } = wanted;
  const text = clientAddresses
    .map((address, index) => {
      const path = typeof uri === "string" ? uri : uri(index);
      return (
        `GET /gate/nginx HTTP/1.1\r\nHost: gate\r\nX-Forwarded-For: ${address}\r\n` +
        `X-Original-Method: ${method}\r\nX-Original-URL: https://${host}${path}\r\n\r\n`
      );
    })
    .join("");
  return new Promise((resolve, reject) => {
    const socket = connect({ host: "127.0.0.1", port });
    const statuses: number[] = [];
    let rest = "";
    const end = (): void => {
      socket.destroy();
      if (statuses.length === clientAddresses.length) resolve(statuses);
      else reject(new Error(`${statuses.length} of ${clientAddresses.length} were answered`));
    };
    socket.setTimeout(SILENCE_MS_MAX, end);
    socket.on("error", reject);
    socket.on("close", end);
    socket.on("data", (chunk) => {
      const answers = (rest + chunk.toString("latin1")).split("\r\n\r\n");
      rest = answers.pop()!;
      for (const answer of answers) {
        statuses.push(Number(/^X-Postern-Status: (\d{3})/m.exec(answer)?.[1] ?? 0));
      }
      if (statuses.length === clientAddresses.length) end();
    });
    socket.write(text);
  });
}

/** The same visitor so many times. */
export function repeat(address: string, times: number): readonly string[] {
  return Array.from({ length: times }, () => address);
}
