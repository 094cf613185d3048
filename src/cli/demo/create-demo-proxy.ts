// Stands in for Caddy: asks the gate about each request over HTTP, then the portal when it passed.
import { Agent, request } from "node:http";
import type { OutgoingHttpHeaders } from "node:http";

export type DemoVisit = {
  readonly address: string;
  readonly path: string;
  readonly method?: "GET" | "POST";
  readonly body?: string;
};

export type DemoAnswer = {
  /** What the visitor sees. */
  readonly status: number;
  readonly passedGate: boolean;
  /** Empty when the request passed. */
  readonly decisionId: string;
};

export type DemoProxy = {
  /** Rejects when the gate or the portal cannot be asked. */
  readonly visit: (visit: DemoVisit) => Promise<DemoAnswer>;
  readonly close: () => void;
};

const HOST = "127.0.0.1";
const PORTAL_HOST = "portal.acme.example";
const ANSWER_MS_MAX = 15_000;

type Sent = {
  readonly port: number;
  readonly method: string;
  readonly path: string;
  readonly headers: OutgoingHttpHeaders;
  readonly body?: string | undefined;
};

export function createDemoProxy(ports: {
  readonly gate: number;
  readonly portal: number;
}): DemoProxy {
  const agent = new Agent({ keepAlive: true, maxSockets: 16 });

  function send(wanted: Sent): Promise<{ readonly status: number; readonly decisionId: string }> {
    const { body, ...options } = wanted;
    return new Promise((resolve, reject) => {
      const signal = AbortSignal.timeout(ANSWER_MS_MAX);
      const sent = request({ ...options, host: HOST, agent, signal }, (response) => {
        response.on("error", reject);
        response.on("end", () => {
          const decisionId = String(response.headers["x-postern-decision"] ?? "");
          resolve({ status: response.statusCode ?? 0, decisionId });
        });
        response.resume();
      });
      sent.on("error", (error: NodeJS.ErrnoException) => {
        // The server closed a kept connection in the moment in which it was taken again.
        if (sent.reusedSocket && error.code === "ECONNRESET") resolve(send(wanted));
        else reject(error);
      });
      sent.end(body);
    });
  }

  return {
    visit: async ({ address, path, method = "GET", body }) => {
      // As deploy/caddy asks: the request in four headers, without its body.
      const asked = await send({
        port: ports.gate,
        method: "GET",
        path: "/gate/caddy",
        headers: {
          "X-Forwarded-Method": method,
          "X-Forwarded-Proto": "https",
          "X-Forwarded-Host": PORTAL_HOST,
          "X-Forwarded-Uri": path,
          "X-Forwarded-For": address,
        },
      });
      const { decisionId } = asked;
      if (asked.status !== 200) return { status: asked.status, passedGate: false, decisionId };
      const headers = { Host: PORTAL_HOST, "X-Real-IP": address };
      const answered = await send({ port: ports.portal, method, path, headers, body });
      return { status: answered.status, passedGate: true, decisionId };
    },
    close: () => agent.destroy(),
  };
}
