// Deletes providers with what came by them: one, or all of an account.
import type { Transaction } from "kysely";
import type { AccountId } from "../../../core/accounts/account.ts";
import type { Schema } from "../../migrations/schema.ts";
import { describePrincipal } from "../../accounts/index.ts";
import type { Principal } from "../../accounts/index.ts";
import type { IdentityParts } from "../identity-parts.ts";
import { recordUserChange } from "../sessions/user-changes.ts";
import { accountCodeOf } from "./describe-provider.ts";
import { endProvider } from "./end-provider-access.ts";
import type { ProviderLosses } from "./end-provider-access.ts";
import { keepOwnWayIn } from "./keep-own-way-in.ts";
import { findManagedProvider, refuseToken } from "./provider-owner.ts";
import { providerProblem } from "./provider-problem.ts";
import { deleteProviderRow, listProviders } from "./provider-store.ts";
import { removedBy } from "./record-removals.ts";
import type { RemovalParts, RemovedBy } from "./record-removals.ts";

/**
 * After the commit come `followUserChanges` and `wakeMails`. Throws `provider-not-found`,
 * `last-way-in`.
 */
export async function deleteProvider(
  parts: Pick<IdentityParts, "database" | "clock" | "recordEvent">,
  principal: Principal,
  id: string,
): Promise<ProviderLosses> {
  const nowMs = parts.clock.nowMs();
  return parts.database.transaction(async (trx) => {
    const { kind, name, issuer } = await findManagedProvider(trx, principal, id);
    refuseToken(principal);
    const losses = await keepOwnWayIn(trx, { principal, id, nowMs }, async () => {
      if (!(await deleteProviderRow(trx, id))) throw providerProblem("provider-not-found");
      return endProvider(trx, parts, { provider: { id, name }, by: removedBy(principal, nowMs) });
    });
    await parts.recordEvent(trx, {
      kind: "provider-deleted",
      atMs: nowMs,
      userId: null,
      actor: describePrincipal(principal),
      account: accountCodeOf(id),
      detail: { provider: id, kind, name, issuer, ...losses },
    });
    await recordUserChange(trx, null, nowMs);
    return losses;
  });
}

/**
 * With the account, whose deletion is told as one event, and to users who stay by mail;
 * `recordUserChange` comes after it.
 */
export async function deleteProvidersOf(
  trx: Transaction<Schema>,
  parts: RemovalParts,
  { accountId, by }: { readonly accountId: AccountId; readonly by: RemovedBy },
): Promise<void> {
  for (const provider of await listProviders(trx, accountId)) {
    await deleteProviderRow(trx, provider.id);
    await endProvider(trx, parts, { provider, by });
  }
}
