// The cookies of sessions, browsers and binds: names, reading, setting, clearing.
import type { LogOutRule } from "../../../core/identity/identity-policy.ts";
import { TRUST_DAYS } from "../../../core/identity/second-factor.ts";
import { BIND_MS } from "../../../core/identity/single-sign-on/provider.ts";
import { readCookie } from "../../../platform/http/read-cookie.ts";
import { serializeCookie } from "../../../platform/http/serialize-cookie.ts";
import { isSessionToken } from "./session-token.ts";

/**
 * `trust`: the second factor is not asked for in this browser, until a fixed end. `bind`: a
 * provider has named somebody in it whom nobody here is connected with.
 */
export type CookieKind = "session" | "browser" | "trust" | "bind";

export type TokenReading =
  | { readonly kind: "absent" }
  /** Of another form, or there twice: nobody is signed in. */
  | { readonly kind: "unreadable" }
  | { readonly kind: "token"; readonly token: string };

/** Fastify's reply, which keeps several Set-Cookie lines. */
export type CookieReply = { header(name: string, value: string): unknown };

export type SessionCookies = {
  readonly nameOf: (kind: CookieKind) => string;
  readonly read: (rawHeaders: readonly string[], kind: CookieKind) => TokenReading;
  /** Ends with the browser, but for users who are never logged out. */
  readonly setSession: (reply: CookieReply, token: string, rule: LogOutRule) => void;
  readonly setBrowser: (reply: CookieReply, token: string) => void;
  readonly setTrust: (reply: CookieReply, token: string) => void;
  readonly setBind: (reply: CookieReply, token: string) => void;
  readonly clear: (reply: CookieReply, kind: CookieKind) => void;
};

/** As long as browsers keep a cookie (RFC 6265bis section 5.5). */
export const COOKIE_DAYS_MAX = 400;
const DAY_SECONDS = 86_400;
const LONGEST_SECONDS = COOKIE_DAYS_MAX * DAY_SECONDS;
const TRUST_SECONDS = TRUST_DAYS * DAY_SECONDS;
const BIND_SECONDS = BIND_MS / 1000;
const ABSENT: TokenReading = { kind: "absent" };
const UNREADABLE: TokenReading = { kind: "unreadable" };

/** Browsers take `__Host-` and Secure over https only; a trial on one's own machine has neither. */
export function createSessionCookies(publicUrl: string): SessionCookies {
  const isSecure = publicUrl.startsWith("https:");
  const prefix = isSecure ? "__Host-" : "";
  const names = {
    session: `${prefix}postern-session`,
    browser: `${prefix}postern-browser`,
    trust: `${prefix}postern-trust`,
    bind: `${prefix}postern-bind`,
  };

  function set(
    reply: CookieReply,
    kind: CookieKind,
    cookie: { readonly value: string; readonly maxAgeSeconds: number | null },
  ): void {
    reply.header("set-cookie", serializeCookie({ name: names[kind], isSecure, ...cookie }));
  }

  return {
    nameOf: (kind) => names[kind],
    read: (rawHeaders, kind) => {
      const reading = readCookie(rawHeaders, names[kind]);
      if (reading.kind === "absent") return ABSENT;
      const isToken = reading.kind === "value" && isSessionToken(reading.value);
      return isToken ? { kind: "token", token: reading.value } : UNREADABLE;
    },
    setSession: (reply, value, rule) =>
      set(reply, "session", { value, maxAgeSeconds: rule.enabled ? null : LONGEST_SECONDS }),
    setBrowser: (reply, value) => set(reply, "browser", { value, maxAgeSeconds: LONGEST_SECONDS }),
    setTrust: (reply, value) => set(reply, "trust", { value, maxAgeSeconds: TRUST_SECONDS }),
    setBind: (reply, value) => set(reply, "bind", { value, maxAgeSeconds: BIND_SECONDS }),
    clear: (reply, kind) => set(reply, kind, { value: "", maxAgeSeconds: 0 }),
  };
}
