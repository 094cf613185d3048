// Signs people in at a running Postern, each time from another address, and takes the time.
import { Agent, request as sendRequest } from "node:http";
import type { OutgoingHttpHeaders } from "node:http";
import type { BenchPostern } from "./start-postern-for-bench.ts";

export const PASSWORD = "Meadow-lark 71 sings";
const WRONG = "not the right one";

const agent = new Agent({ keepAlive: true, maxSockets: 256 });
let visitors = 0;

/** Another one each time: what one address may try is limited. */
function nextAddress(): string {
  visitors += 1;
  return `44.${(visitors >> 16) & 255}.${(visitors >> 8) & 255}.${visitors & 255}`;
}

export type Timed = { readonly status: number; readonly milliseconds: number };

function send(
  port: number,
  wanted: { readonly method: string; readonly path: string; readonly headers: OutgoingHttpHeaders },
  body?: string,
): Promise<Timed> {
  const startedAt = performance.now();
  return new Promise((resolve, reject) => {
    const sent = sendRequest({ host: "127.0.0.1", port, agent, ...wanted }, (response) => {
      response.on("error", reject);
      response.on("end", () => {
        const milliseconds = performance.now() - startedAt;
        resolve({ status: response.statusCode ?? 0, milliseconds });
      });
      response.resume();
    });
    sent.on("error", reject);
    sent.end(body);
  });
}

export function signIn(port: number, email: string, password = PASSWORD): Promise<Timed> {
  const headers = { "content-type": "application/json", "x-forwarded-for": nextAddress() };
  const body = JSON.stringify({ email, password });
  return send(port, { method: "POST", path: "/api/v1/sign-in", headers }, body);
}

/** Wrong each time in another way, as a guesser's are. */
export function guess(port: number, email: string): Promise<Timed> {
  return signIn(port, email, `${WRONG} ${visitors}`);
}

export function askGate(port: number): Promise<Timed> {
  const headers = {
    "x-forwarded-for": nextAddress(),
    "x-forwarded-method": "GET",
    "x-forwarded-proto": "https",
    "x-forwarded-host": "portal.example.com",
    "x-forwarded-uri": "/inbox",
  };
  return send(port, { method: "GET", path: "/gate/caddy", headers });
}

export function emailOf(number: number): string {
  return `person-${number}@example.com`;
}

/** Makes users 0 to `count` - 1, all with the same password, and gives their ids. */
export async function addPeople(postern: BenchPostern, count: number): Promise<readonly string[]> {
  const ids: string[] = [];
  for (let number = 0; number < count; number += 1) {
    const body = { email: emailOf(number), name: "Ada", invite: false };
    const user = await postern.call({ method: "POST", path: "/api/v1/users", body });
    const { id } = user as { readonly id: string };
    const path = `/api/v1/users/${id}/password-link`;
    const { url } = (await postern.call({ method: "POST", path })) as { readonly url: string };
    const token = url.split("#token=")[1];
    const chosen = { token, newPassword: PASSWORD };
    await postern.call({ method: "POST", path: "/api/v1/password-resets", body: chosen });
    ids.push(id);
  }
  return ids;
}

/** So many a second from start to end, whether or not earlier ones were answered. */
export async function atRate(
  perSecond: number,
  seconds: number,
  ask: (number: number) => Promise<Timed>,
): Promise<readonly Timed[]> {
  const startedAt = performance.now();
  const asked: Promise<Timed>[] = [];
  const total = perSecond * seconds;
  while (asked.length < total) {
    const due = Math.floor(((performance.now() - startedAt) / 1000) * perSecond) + 1;
    while (asked.length < Math.min(due, total)) asked.push(ask(asked.length));
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
  return Promise.all(asked);
}
