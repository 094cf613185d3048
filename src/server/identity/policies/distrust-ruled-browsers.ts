// Ends the trust of browsers where the rule by which they are trusted changes.
import type { Transaction } from "kysely";
import type { PolicyOwner } from "../../../core/accounts/account.ts";
import type { IdentitySection } from "../../../core/identity/identity-policy.ts";
import { endsTrust } from "../../../core/identity/trusted-browser.ts";
import type { Schema } from "../../migrations/schema.ts";
import type { IdentitySectionValue } from "./identity-policy-store.ts";
import { selectRuledUsers, selectUsersInMerge } from "./select-ruled-users.ts";

export type SectionMove = {
  readonly owner: PolicyOwner;
  readonly section: IdentitySection;
  readonly before: IdentitySectionValue;
  readonly after: IdentitySectionValue;
};

/** @returns how many browsers are not trusted any more */
export async function distrustRuledBrowsers(
  trx: Transaction<Schema>,
  { owner, section, before, after }: SectionMove,
): Promise<number> {
  if (section !== "two-factor" || !("frequency" in before) || !("frequency" in after)) return 0;
  if (!endsTrust(before, after)) return 0;
  const { numDeletedRows } = await trx
    .deleteFrom("identity_trusted_browser")
    .where((browser) =>
      browser.or([
        browser("user_id", "in", selectRuledUsers(trx, owner)),
        ...(owner === "platform" ? [] : [browser("user_id", "in", selectUsersInMerge(trx, owner))]),
      ]),
    )
    .executeTakeFirst();
  return Number(numDeletedRows);
}
