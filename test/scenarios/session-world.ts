// A portal that only people who are signed in may enter: Postern, one proxy, and a user.

import { startBackend } from "./start-backend.ts";
import type { RunningBackend } from "./start-backend.ts";
import { startPostern } from "./start-postern.ts";
import type { RunningPostern } from "./start-postern.ts";
import { startProxy } from "./start-proxy.ts";
import type { RunningProxy } from "./start-proxy.ts";
import type { ProxyKind } from "./proxy-files.ts";
import { CLIENT } from "./scenario-policy.ts";
import { PORTAL_HOST, visit } from "./visit.ts";
import type { Answer } from "./visit.ts";

export const PORTAL_ORIGIN = `http://${PORTAL_HOST}`;
export const PERSON = { email: "ada@example.com", password: "a-long-walk-by-the-sea" } as const;

export type SessionWorld = {
  readonly backend: RunningBackend;
  readonly postern: RunningPostern;
  /** The shipped file with its switch for signed-in people, as visitors connect to it. */
  readonly proxy: RunningProxy;
  readonly userId: string;
  readonly stop: () => Promise<void>;
};

/** Plain http, so the cookies have their plain names (`postern-session`). */
export async function startSessionWorld(kind: ProxyKind): Promise<SessionWorld> {
  const started: { readonly stop: () => Promise<void> }[] = [];
  const stop = async (): Promise<void> => {
    for (const one of started.toReversed()) await one.stop();
  };
  const keep = <Running extends { readonly stop: () => Promise<void> }>(one: Running): Running => {
    started.push(one);
    return one;
  };
  try {
    const backend = keep(await startBackend());
    const postern = keep(await startPostern({ PUBLIC_URL: PORTAL_ORIGIN }));
    const ports = { gatePort: postern.port, backendPort: backend.port };
    const asked = { kind, ...ports, isCaching: false, asksSession: true } as const;
    const proxy = keep(await startProxy({ ...asked, front: "visitors" }));
    const userId = await addPerson(postern, proxy);
    return { backend, postern, proxy, userId, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** By the host's shell, but for the password: that is chosen with the link, through the proxy. */
async function addPerson(postern: RunningPostern, proxy: RunningProxy): Promise<string> {
  await must(postern, "/api/v1/accounts", { code: "acme", name: "Acme" });
  const { id } = await must(postern, "/api/v1/users", {
    email: PERSON.email,
    name: "Ada Example",
    memberships: [{ account: "acme", role: "agent" }],
    invite: false,
  });
  const link = await must(postern, `/api/v1/users/${String(id)}/password-link`);
  const token = String(link["url"]).split("#token=")[1] ?? "";
  const body = { token, newPassword: PERSON.password };
  const answer = await askApi(proxy, { method: "POST", path: "/password-resets", body });
  if (answer.status > 299) throw new Error(`password-resets: ${answer.status} ${answer.body}`);
  return String(id);
}

async function must(
  postern: RunningPostern,
  path: string,
  body?: unknown,
): Promise<Readonly<Record<string, unknown>>> {
  const { status, text } = await postern.ask("POST", path, body);
  if (status > 299) throw new Error(`POST ${path}: ${status} ${text}`);
  return JSON.parse(text) as Readonly<Record<string, unknown>>;
}

/** As our own pages ask, below /postern/ on the portal's host. */
export function askApi(
  proxy: RunningProxy,
  ask: {
    readonly method: string;
    readonly path: string;
    readonly body?: unknown;
    readonly cookie?: string;
    /** A page asks so by itself; nobody did anything. */
    readonly isBackground?: boolean;
  },
): Promise<Answer> {
  const { method, path, body, cookie } = ask;
  return visit({
    proxy,
    clientAddress: CLIENT.localAllowed,
    path: `/postern/api/v1${path}`,
    method,
    headers: {
      origin: PORTAL_ORIGIN,
      "sec-fetch-site": "same-origin",
      ...(cookie === undefined ? {} : { cookie }),
      ...(ask.isBackground === true ? { "x-postern-background": "1" } : {}),
      ...(body === undefined ? {} : { "content-type": "application/json" }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
}
