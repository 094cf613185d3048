// Collects what it is decided by who may hear a recording: its account's policy, roles, grants.

import type { Role } from "../../core/accounts/role.ts";
import type { Address } from "../../core/network/address.ts";
import { isWhitelisted } from "../../core/recordings/compile-whitelist.ts";
import type { Listener, RecordingFacts } from "../../core/recordings/decide-recording.ts";
import type { FoundRecording, Recordings } from "../recordings/index.ts";

/** Somebody with a session, or somebody who is asked about. */
export type Asker =
  | { readonly kind: "nobody" }
  /** A sign-in of the user that still asks for something. */
  | { readonly kind: "unfinished"; readonly userId: string }
  | {
      readonly kind: "user";
      readonly user: { readonly id: string; readonly email: string; readonly isOperator: boolean };
      readonly memberships: readonly { readonly accountId: string; readonly role: Role }[];
    };

export type FactSources = Pick<Recordings, "policies" | "hasGrant">;

/**
 * INVARIANT: read anew for each request. A grant or a policy that was changed holds from the next
 * one, also in the middle of a recording (CVE-2025-52553).
 */
export async function gatherRecordingFacts(
  sources: FactSources,
  at: {
    /** Null: there is none with the link. */
    readonly recording: FoundRecording | null;
    readonly address: Address;
    readonly asker: Asker;
  },
): Promise<RecordingFacts> {
  const { recording, address, asker } = at;
  if (recording === null) {
    return { ...OF_NO_RECORDING, listener: asker.kind === "user" ? STRANGER : toListener(asker) };
  }
  const policy = await sources.policies.policyOf(recording.accountId);
  return {
    recording,
    mode: policy.mode,
    onlyShareable: policy.onlyShareable,
    isWhitelisted: isWhitelisted(policy, address),
    listener: await listenerOf(sources, recording, asker),
  };
}

const STRANGER: Listener = { kind: "user", role: null, hasGrant: false };

const OF_NO_RECORDING = {
  recording: null,
  mode: "user-authentication",
  onlyShareable: false,
  isWhitelisted: false,
} as const;

function toListener({ kind }: Exclude<Asker, { kind: "user" }>): Listener {
  return { kind };
}

async function listenerOf(
  sources: FactSources,
  { accountId, trackingNumberId }: FoundRecording,
  asker: Asker,
): Promise<Listener> {
  if (asker.kind !== "user") return toListener(asker);
  const { user, memberships } = asker;
  // By the account's id: a code may be given to another account one day.
  const member = memberships.find((membership) => membership.accountId === accountId);
  const role = user.isOperator ? "operator" : (member?.role ?? null);
  // The others hear every number, or none.
  const hasGrant = role === "agent" && (await sources.hasGrant(user.id, trackingNumberId));
  return { kind: "user", role, hasGrant };
}
