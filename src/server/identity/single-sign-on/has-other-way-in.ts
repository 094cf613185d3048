// The part of a query that says whether somebody can sign in without a password.
import { sql } from "kysely";
import type { RawBuilder } from "kysely";
import { PERSONAL_TENANT } from "../../../core/identity/single-sign-on/microsoft-tenant.ts";

/**
 * 1 for a user with a passkey, or with a connection that signs them in. Part of a query that is
 * made anyway, so that who has other ways in is read like who has none (row 67).
 * @param userId the column of the query that has the user's id, as `table.column`
 * @param exceptProviderId the column with the id of a provider that does not count
 */
export function hasOtherWayIn(userId: string, exceptProviderId?: string): RawBuilder<number> {
  const id = sql.ref(userId);
  return sql<number>`case when
    exists (select 1 from identity_passkey where identity_passkey.user_id = ${id})
    or ${connectionExists(userId, exceptProviderId)}
    then 1 else 0 end`;
}

/** 1 for a user with a connection that signs them in. */
export function hasUsableConnection(userId: string): RawBuilder<number> {
  return sql<number>`case when ${connectionExists(userId)} then 1 else 0 end`;
}

/**
 * A connection whose provider is on and may sign the user in, as core's `decideProviderSignIn` has
 * it. Which of Microsoft's tenants are let in is not looked at: that is decided at the door, and
 * before a way in is removed.
 */
function connectionExists(userId: string, exceptProviderId?: string): RawBuilder<unknown> {
  const id = sql.ref(userId);
  const isOther =
    exceptProviderId === undefined
      ? sql`1 = 1`
      : sql`connection.provider_id <> ${sql.ref(exceptProviderId)}`;
  return sql`exists (
      select 1 from identity_connection as connection
      join identity_provider as provider on provider.id = connection.provider_id
      where connection.user_id = ${id} and provider.is_enabled = 1
      and ${isOther}
      and case when provider.kind = 'microsoft'
        then provider.tenant <> 'organizations' or connection.tenant <> ${PERSONAL_TENANT}
        else rtrim(connection.issuer, '/') = rtrim(provider.issuer, '/') end
      and (provider.owner = 'platform' or (
        exists (
          select 1 from accounts_membership as own
          where own.user_id = ${id} and own.account_id = provider.owner
        )
        and not exists (
          select 1 from accounts_membership as other
          where other.user_id = ${id} and other.account_id <> provider.owner
        )
        and not exists (
          select 1 from accounts_user as operator
          where operator.id = ${id} and operator.is_operator = 1
        )
      ))
    )`;
}
