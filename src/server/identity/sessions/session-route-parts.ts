// What the routes of sessions are given.
import type { IncomingMessage } from "node:http";
import type { Accounts } from "../../accounts/index.ts";
import type { Journal } from "../../journal/index.ts";
import type { IdentityParts, PersonPlace } from "../identity-parts.ts";
import type { SignOutUrlParts } from "../single-sign-on/find-sign-out-url.ts";
import type { Sessions } from "./create-sessions.ts";

export type SessionRouteParts = Pick<IdentityParts, "clock" | "portalName" | "recordEvent"> &
  SignOutUrlParts & {
    readonly sessions: Sessions;
    readonly accounts: Pick<Accounts, "requireUser" | "requireManager" | "userOf" | "principalOf">;
    readonly journal: Pick<Journal, "listEvents">;
    readonly placeOf: (request: IncomingMessage) => PersonPlace;
  };

/** RFC 3339. */
export function toTimeText(atMs: number): string {
  return new Date(atMs).toISOString();
}
