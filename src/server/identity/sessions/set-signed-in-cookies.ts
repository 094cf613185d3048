// Gives a browser the cookies of a sign-in, and takes what was begun in it before by somebody else.
import type { LogOutRule } from "../../../core/identity/identity-policy.ts";
import type { CookieReply, SessionCookies } from "./session-cookies.ts";

export type SignedInCookies = {
  readonly sessionToken: string;
  /** Null while the sign-in is half. */
  readonly browserToken: string | null;
  readonly logOut: LogOutRule;
};

/**
 * INVARIANT: a bind ends with the next whole sign-in in its browser, by which it may have been
 * completed: it is not left lying there for whoever uses the browser afterwards (row 108).
 */
export function setSignedInCookies(
  cookies: SessionCookies,
  reply: CookieReply,
  { sessionToken, browserToken, logOut }: SignedInCookies,
): void {
  cookies.setSession(reply, sessionToken, logOut);
  if (browserToken === null) return;
  cookies.setBrowser(reply, browserToken);
  cookies.clear(reply, "bind");
}
