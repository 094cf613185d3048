// What sign-in, passwords and setup are given, and share.
import type { IncomingMessage } from "node:http";
import type { PasswordHasher } from "../../../platform/crypto/password-hasher.ts";
import type { PasswordJudge } from "../../../platform/crypto/password-judge.ts";
import type { IdentityParts, PersonPlace } from "../identity-parts.ts";
import type { AssertSameSite } from "../sessions/assert-same-site.ts";
import type { SessionCookies } from "../sessions/session-cookies.ts";
import type { UserTurns } from "./user-turns.ts";

export type CredentialParts = IdentityParts & {
  readonly hasher: PasswordHasher;
  readonly judge: PasswordJudge;
  readonly turns: UserTurns;
  readonly cookies: SessionCookies;
  readonly assertSameSite: AssertSameSite;
  readonly followUserChanges: () => Promise<void>;
  /** Where a request comes from, by the gate's word. */
  readonly placeOf: (request: IncomingMessage) => PersonPlace;
  /** False after a jump of the clock. */
  readonly isClockTrusted: () => boolean;
  /** Mails that were queued leave now. */
  readonly wakeMails: () => void;
};
