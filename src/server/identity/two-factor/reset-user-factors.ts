// Removes all second factors of another user: for who lost the device, by who manages the user.
import type { Transaction } from "kysely";
import type { FactorMethod } from "../../../core/identity/second-factor.ts";
import type { Schema } from "../../migrations/schema.ts";
import { describePrincipal, findManagedUser } from "../../accounts/index.ts";
import type { ApiRequest, Principal } from "../../accounts/index.ts";
import { deletePasskeysOf } from "../passkeys/passkey-store.ts";
import { clearCodeCount, lockCodeCount } from "../second-factor/code-count-store.ts";
import { deleteFactorsOf, methodsOf, readFactors } from "../second-factor/factor-store.ts";
import type { CredentialParts } from "../sign-in/credential-parts.ts";
import { readPersonById } from "../sign-in/read-person.ts";
import { signInProblem } from "../sign-in/sign-in-problem.ts";
import { insertSignIn } from "../sign-in/sign-in-store.ts";
import { afterFactorRemoved, finishFactorChange } from "./after-factor-change.ts";
import { twoFactorProblem } from "./two-factor-problem.ts";

export type FactorReset = {
  readonly principal: Principal;
  readonly request: ApiRequest;
  readonly userId: string;
};

/** Whole sessions go on; half sign-ins end, as what they wait for is not there any more. */
export async function resetUserFactors(
  parts: CredentialParts,
  reset: FactorReset,
): Promise<{ removed: FactorMethod[] }> {
  const { principal, userId } = reset;
  const nowMs = parts.clock.nowMs();
  const removed = await parts.database.transaction(async (trx) => {
    // 404 for a user out of the principal's sight, 403 for one that somebody else manages.
    await findManagedUser(trx, principal, userId);
    // A stolen session of an admin must not do here what its settings ask a proof for.
    const isOwn = principal.kind === "user" && principal.userId === userId;
    if (principal.kind === "token" || isOwn) throw twoFactorProblem("two-factor-not-resettable");
    await insertSignIn(trx, userId, nowMs);
    await lockCodeCount(trx, userId);
    return remove(trx, parts, { ...reset, nowMs });
  });
  await finishFactorChange(parts);
  return { removed };
}

async function remove(
  trx: Transaction<Schema>,
  parts: CredentialParts,
  { principal, request, userId, nowMs }: FactorReset & { readonly nowMs: number },
): Promise<FactorMethod[]> {
  const { person } = await readPersonById(trx, userId);
  if (person === null) throw signInProblem("user-not-found");
  const methods = methodsOf(await readFactors(trx, userId));
  await deleteFactorsOf(trx, userId);
  await deletePasskeysOf(trx, userId);
  await clearCodeCount(trx, userId);
  await afterFactorRemoved(trx, parts, {
    person,
    change: "reset-by-administrator",
    actor: describePrincipal(principal),
    changedBy: principal.kind === "user" ? principal.email : null,
    // The host's shell has no address.
    place: principal.kind === "host-shell" ? null : parts.placeOf(request.raw),
    nowMs,
  });
  return methods;
}
