// The cookie that carries a flow to a provider and back: sealed, and good in one browser.
import { FLOW_MS } from "../../../core/identity/single-sign-on/provider.ts";
import type { KeyRing } from "../../../platform/crypto/key-ring.ts";
import { readCookie } from "../../../platform/http/read-cookie.ts";
import { serializeCookie } from "../../../platform/http/serialize-cookie.ts";
import type { CookieReply } from "../sessions/session-cookies.ts";

export type Flow = {
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
  readonly purpose: "sign-in" | "connect";
  /** To connect: in which session it began. */
  readonly sessionId: string | null;
  /** Of `askedOf`. */
  readonly asked: string;
  /** Checked before it was written. */
  readonly returnTo: string | null;
  readonly expiresAtMs: number;
};

export type FlowCookies = {
  /** Of the flows that other pages of this browser have begun, the latest stay. */
  readonly set: (reply: CookieReply, rawHeaders: readonly string[], begun: BegunFlow) => void;
  /** Null when there is none, it is damaged, another provider's, or another flow's. */
  readonly read: (rawHeaders: readonly string[], providerId: string, state: string) => Flow | null;
  readonly clear: (reply: CookieReply, state: string) => void;
};

export type BegunFlow = { readonly providerId: string; readonly flow: Flow };

/** Each has up to 2 kB; all headers of a request have to fit in 16. */
const FLOWS_MAX = 4;
const NAME_CHARACTERS = 8;
/** What is no name of ours is never written back. */
const OWN_NAME = /^[A-Za-z0-9_-]{1,64}$/;

/** INVARIANT: nothing is stored for a flow, so that anybody may begin any number of them. */
export function createFlowCookies(publicUrl: string, keyRing: KeyRing): FlowCookies {
  const isSecure = publicUrl.startsWith("https:");
  const prefix = `${isSecure ? "__Host-" : ""}postern-flow-`;
  const nameOf = (state: string): string => prefix + state.slice(0, NAME_CHARACTERS);

  function clear(reply: CookieReply, name: string): void {
    const cookie = serializeCookie({ name, value: "", isSecure, maxAgeSeconds: 0 });
    reply.header("set-cookie", cookie);
  }

  return {
    set: (reply, rawHeaders, { providerId, flow }) => {
      const name = nameOf(flow.state);
      const others = namesOf(rawHeaders, prefix).filter((other) => other !== name);
      // Browsers send the oldest first (RFC 6265 section 5.4).
      for (const other of others.slice(0, -(FLOWS_MAX - 1))) clear(reply, other);
      const plain = Buffer.from(JSON.stringify(flow), "utf8");
      const value = keyRing.seal(plain, rowOf(providerId));
      const maxAgeSeconds = FLOW_MS / 1000;
      reply.header("set-cookie", serializeCookie({ name, value, isSecure, maxAgeSeconds }));
    },
    read: (rawHeaders, providerId, state) => {
      const reading = readCookie(rawHeaders, nameOf(state));
      if (reading.kind !== "value") return null;
      const opened = keyRing.open(reading.value, rowOf(providerId));
      if (!opened.ok) return null;
      const flow = JSON.parse(Buffer.from(opened.plain).toString("utf8")) as Flow;
      return flow.state === state ? flow : null;
    },
    clear: (reply, state) => clear(reply, nameOf(state)),
  };
}

/** Of all cookies that were sent whose name begins so. */
function namesOf(rawHeaders: readonly string[], prefix: string): readonly string[] {
  const names = new Set<string>();
  for (let index = 0; index < rawHeaders.length; index += 2) {
    if (rawHeaders[index]!.toLowerCase() !== "cookie") continue;
    for (const pair of rawHeaders[index + 1]!.split(";")) {
      const name = (pair.split("=", 1)[0] ?? "").trim();
      if (name.startsWith(prefix) && OWN_NAME.test(name)) names.add(name);
    }
  }
  return [...names];
}

/** INVARIANT: a flow to one provider is none to another (mix-up, RFC 9700 section 4.4). */
function rowOf(providerId: string): string {
  return `flow/${providerId}`;
}
