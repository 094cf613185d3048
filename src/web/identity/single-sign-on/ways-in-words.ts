// Says what somebody signs in by, and whether one of the ways may be taken away.
import type { OwnConnectionsAnswer } from "../../../api/connection-api.ts";
import type { LeavingWayIn, WaysIn } from "../../../core/identity/single-sign-on/ways-in.ts";
import { decideRemoveWayIn } from "../../../core/identity/single-sign-on/ways-in.ts";

type Own = Pick<OwnConnectionsAnswer, "connections" | "hasPassword" | "passkeys">;

/** The server decides; this says beforehand what it would refuse. */
export function isLastWayIn(own: Own, leaving: LeavingWayIn): boolean {
  return decideRemoveWayIn(waysIn(own), leaving).verdict === "refuse";
}

function waysIn({ connections, hasPassword, passkeys }: Own): WaysIn {
  const usableConnections = connections.filter(({ isUsable }) => isUsable).length;
  return { hasPassword, passkeys, usableConnections };
}

export type LeavingWay =
  | { readonly kind: "password" }
  | { readonly kind: "connection"; readonly id: string };

/** What is left without one: "your password, a passkey or Google"; null: nothing. */
export function describeWaysLeft(own: Own, leaving: LeavingWay): string | null {
  const { connections, hasPassword, passkeys } = own;
  const names = connections
    .filter(({ id, isUsable }) => isUsable && !(leaving.kind === "connection" && leaving.id === id))
    .map(({ provider }) => provider.name);
  const ways = [
    ...(hasPassword && leaving.kind !== "password" ? ["your password"] : []),
    ...(passkeys > 0 ? ["a passkey"] : []),
    ...names,
  ];
  const last = ways.pop();
  if (last === undefined) return null;
  return ways.length === 0 ? last : `${ways.join(", ")} or ${last}`;
}
