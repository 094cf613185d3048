// Decides whether a way to sign in may be taken away: never the last one.
import type { Decision } from "../../decision.ts";
import { decideInOrder, resultOfRule } from "../ordered-rules.ts";

/** What somebody can sign in by now, the way that is to go among it. */
export type WaysIn = {
  readonly hasPassword: boolean;
  readonly passkeys: number;
  /** Connections whose provider is on and may sign the user in. */
  readonly usableConnections: number;
};

/** `unusable-connection`: one that opens nothing now, and so is none of the ways above. */
export type LeavingWayIn = "password" | "passkey" | "connection" | "unusable-connection";

/**
 * INVARIANT: after `remove` at least one way in is left. A mailed link is none: the mailbox would
 * be all that somebody needs.
 */
export function decideRemoveWayIn(
  { hasPassword, passkeys, usableConnections }: WaysIn,
  leaving: LeavingWayIn,
): Decision<"remove" | "refuse", "last-way-in" | "way-in-left"> {
  const passwords = hasPassword && leaving !== "password" ? 1 : 0;
  const passkeysLeft = passkeys - (leaving === "passkey" ? 1 : 0);
  const connectionsLeft = usableConnections - (leaving === "connection" ? 1 : 0);
  const left = passwords + Math.max(passkeysLeft, 0) + Math.max(connectionsLeft, 0);
  return decideInOrder<"remove" | "refuse", "last-way-in" | "way-in-left">(
    [
      {
        step: "last-way-in",
        verdict: "refuse",
        result: resultOfRule(left === 0),
        detail: { waysLeft: left },
      },
    ],
    { verdict: "remove", reason: "way-in-left" },
  );
}
