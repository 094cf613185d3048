// What the gate says to one request, before it is written in the words of a proxy.

import type { RequestReason } from "../../core/gate/decide-request.ts";
import type { Role } from "../../core/accounts/role.ts";

/** Who is signed in, for the portal behind the gate. ASCII only, as headers are. */
export type GateIdentity = {
  readonly userId: string;
  readonly email: string;
  /** Code of the account that the request is for or, where the user has none there, the primary. */
  readonly account: string;
  readonly role: Role | "";
};

export type GateAnswer = {
  readonly verdict: "pass" | "refuse";
  /** 200; 302 to the sign-in page, 400, 401, 403, 429 or 503. */
  readonly status: number;
  readonly reason: RequestReason;
  /** Empty when the request passed unrecorded. */
  readonly decisionId: string;
  /** 0 where waiting does not help. */
  readonly retryAfterSeconds: number;
  /** Account code of the place asked for, or null. */
  readonly account: string | null;
  /** Null: nobody is signed in, or it was not asked. */
  readonly identity: GateIdentity | null;
  /** Set when a ban was made by this very request: resolves when it is on disk. */
  readonly stored: Promise<void> | null;
};
