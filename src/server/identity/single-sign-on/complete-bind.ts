// Connects whom a provider has named with the user who has just signed in, once that is whole.
import type { Transaction } from "kysely";
import type { StateContext } from "../../../core/identity/user-state.ts";
import type { Schema } from "../../migrations/schema.ts";
import type { PersonPlace } from "../identity-parts.ts";
import type { CredentialParts } from "../sign-in/credential-parts.ts";
import type { Person, PersonReading } from "../sign-in/read-person.ts";
import { findBindById, takeBind } from "./bind-store.ts";
import type { StoredBind } from "./bind-store.ts";
import { insertConnection } from "./connection-store.ts";
import { decideForPerson } from "./decide-for-person.ts";
import { holdProvider } from "./hold-provider.ts";
import { recordConnectionChange } from "./record-connection-change.ts";

export type CompletingBind = {
  readonly bindId: string;
  readonly person: Person;
  readonly rules: PersonReading["rules"];
  readonly at: StateContext;
  readonly place: PersonPlace;
};

/** Why the user is signed in, and nothing was connected. */
const MEANINGS = {
  "bind-ended": "Somebody signed in to be connected with a provider, but too late.",
  "connection-taken":
    "Somebody signed in to be connected with an identity of the provider that another user got " +
    "in the same moment.",
  "connection-exists":
    "Somebody signed in to be connected with an identity of the provider, but is connected with " +
    "another one.",
  "bind-refused": "Somebody signed in to be connected with a provider that may not sign them in.",
} as const;

type Unbound = keyof typeof MEANINGS;

/**
 * In the transaction that makes the sign-in whole, which stays so whatever comes of this.
 * INVARIANT: a bind is used once, by whoever is first to have signed in for it (row 108).
 */
export async function completeBind(
  trx: Transaction<Schema>,
  parts: Pick<CredentialParts, "recordEvent">,
  completing: CompletingBind,
): Promise<void> {
  const { bindId, person, place, at } = completing;
  const found = await findBindById(trx, bindId);
  const outcome =
    found === null ? "bind-ended" : await connect(trx, parts, { ...completing, found });
  if (outcome === "connected") return;
  await parts.recordEvent(trx, {
    kind: "provider-failed",
    atMs: at.nowMs,
    userId: person.user.id,
    actor: person.user.email,
    account: person.accountCode,
    place,
    reason: outcome,
    detail: { meaning: MEANINGS[outcome], provider: found?.providerId ?? null },
  });
}

async function connect(
  trx: Transaction<Schema>,
  parts: Pick<CredentialParts, "recordEvent">,
  { bindId, person, rules, at, place, found }: CompletingBind & { readonly found: StoredBind },
): Promise<Unbound | "connected"> {
  // Before the bind, as whoever deletes a provider does.
  const provider = await holdProvider(trx, found.providerId);
  const bind = await takeBind(trx, bindId, at.nowMs);
  if (bind === null) return "bind-ended";
  const { issuer, subject, tenant, accountShown } = bind;
  const assertion = { issuer, subject, tenant, accountShown, amr: [], acr: null };
  const decision = decideForPerson({ provider, assertion, person, rules }, at);
  if (provider === null || decision.verdict === "refuse") return "bind-refused";
  const { nowMs } = at;
  const identity = { issuer, subject, tenant, accountShown };
  const wanted = { ...identity, providerId: provider.id, userId: person.user.id, nowMs };
  const inserted = await insertConnection(trx, wanted);
  if (inserted.kind === "exists") return "connection-exists";
  if (inserted.kind === "taken") {
    return inserted.by === "this-user" ? "connected" : "connection-taken";
  }
  const actor = person.user.email;
  const told = { person, change: "bound", provider, accountShown, actor, place, nowMs } as const;
  await recordConnectionChange(trx, parts, told);
  return "connected";
}
