// Collects the ways in which somebody can sign in, to show them and to keep the last one.
import type { ProviderButton } from "../../../api/connection-api.ts";
import {
  decideProviderSignIn,
  type ProviderSignInReason,
} from "../../../core/identity/single-sign-on/decide-provider-sign-in.ts";
import { decideRemoveWayIn } from "../../../core/identity/single-sign-on/ways-in.ts";
import type { LeavingWayIn } from "../../../core/identity/single-sign-on/ways-in.ts";
import type { StateContext } from "../../../core/identity/user-state.ts";
import type { ReadDatabase } from "../../../platform/database/database.ts";
import type { Schema } from "../../migrations/schema.ts";
import { countPasskeys } from "../passkeys/passkey-store.ts";
import { readProvider } from "../providers/provider-store.ts";
import type { StoredProvider } from "../providers/provider-store.ts";
import { readPersonById } from "../sign-in/read-person.ts";
import type { Person, PersonReading } from "../sign-in/read-person.ts";
import { connectionProblem } from "./connection-problem.ts";
import { listConnectionsOf } from "./connection-store.ts";
import type { StoredConnection } from "./connection-store.ts";
import { toProviderUser } from "./provider-user.ts";

export type ConnectedWay = {
  readonly connection: StoredConnection;
  readonly provider: ProviderButton;
  /** The provider is on, and may sign this user in by it. */
  readonly isUsable: boolean;
};

export type OwnWaysIn = {
  readonly person: Person;
  readonly reading: PersonReading;
  readonly passkeys: number;
  /** The oldest first. */
  readonly connections: readonly ConnectedWay[];
};

/** Null: there is no such user. */
export async function readWaysIn(
  db: ReadDatabase<Schema>,
  userId: string,
  at: StateContext,
): Promise<OwnWaysIn | null> {
  const reading = await readPersonById(db, userId);
  const { person } = reading;
  if (person === null) return null;
  const connections: ConnectedWay[] = [];
  for (const connection of await listConnectionsOf(db, userId)) {
    const provider = await readProvider(db, connection.providerId);
    if (provider === null) continue;
    const { id, kind, name } = provider;
    const isUsable = isUsableBy({ person, rules: reading.rules }, { connection, provider, at });
    connections.push({ connection, provider: { id, kind, name }, isUsable });
  }
  return { person, reading, passkeys: await countPasskeys(db, userId), connections };
}

const UNUSABLE: ReadonlySet<ProviderSignInReason> = new Set([
  "provider-off",
  "issuer-differs",
  "tenant-refused",
  "user-not-theirs",
]);

/** By the function that decides at the door, whatever it says of the user's own state. */
function isUsableBy(
  { person, rules }: { readonly person: Person; readonly rules: PersonReading["rules"] },
  asked: {
    readonly connection: StoredConnection;
    readonly provider: StoredProvider;
    readonly at: StateContext;
  },
): boolean {
  const { connection, provider, at } = asked;
  const { issuer, subject, tenant, accountShown } = connection;
  const { reason } = decideProviderSignIn(
    {
      provider: provider.provider,
      assertion: { issuer, subject, tenant, accountShown, amr: [], acr: null },
      user: toProviderUser(person),
      rules,
    },
    at,
  );
  return !UNUSABLE.has(reason);
}

/** Throws `last-way-in` (409). Ask in the transaction that removes it, with the user's row held. */
export function assertWayInLeft(
  ways: OwnWaysIn,
  leaving: LeavingWayIn,
  advice?: { readonly detail: string },
): void {
  const { verdict } = decideRemoveWayIn(
    {
      hasPassword: ways.person.facts.hasPassword,
      passkeys: ways.passkeys,
      usableConnections: ways.connections.filter(({ isUsable }) => isUsable).length,
    },
    leaving,
  );
  if (verdict === "refuse") throw connectionProblem("last-way-in", advice);
}
