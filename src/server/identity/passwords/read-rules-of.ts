// Finds the rules of sign-in of many users at once.
import { effectivePolicy } from "../../../core/identity/effective-policy.ts";
import type { PolicyUser } from "../../../core/identity/effective-policy.ts";
import { IDENTITY_POLICY_DEFAULT } from "../../../core/identity/identity-policy.ts";
import type { IdentityPolicy } from "../../../core/identity/identity-policy.ts";
import type { UserAuthenticationRules } from "../../../core/identity/identity-policy.ts";
import type { ReadDatabase } from "../../../platform/database/database.ts";
import type { Schema } from "../../migrations/schema.ts";
import { readIdentityPolicy } from "../policies/identity-policy-store.ts";

/** By user id. One query, and one more for each account among them that has set rules. */
export async function readRulesOf(
  db: ReadDatabase<Schema>,
  users: readonly (PolicyUser & { readonly id: string })[],
): Promise<ReadonlyMap<string, UserAuthenticationRules>> {
  const owners = new Set(["platform", ...users.flatMap(({ accountIds }) => accountIds)]);
  const rows = await db
    .selectFrom("identity_policy")
    .select("owner")
    .distinct()
    .where("owner", "in", [...owners])
    .execute();
  const policies = new Map<string, IdentityPolicy>();
  for (const { owner } of rows) policies.set(owner, await readIdentityPolicy(db, owner));
  const platform = policies.get("platform") ?? IDENTITY_POLICY_DEFAULT;
  return new Map(
    users.map((user) => {
      const { policy } = effectivePolicy(user, { platform, accounts: policies });
      return [user.id, policy.userAuthentication] as const;
    }),
  );
}
