// Makes users with passwords and rules, for suites about signing in.
import type { NewUser } from "../../src/api/users-api.ts";
import { IDENTITY_POLICY_DEFAULT } from "../../src/core/identity/identity-policy.ts";
import type { UserAuthenticationRules } from "../../src/core/identity/identity-policy.ts";
import type { Database } from "../../src/platform/database/database.ts";
import { saveIdentitySection } from "../../src/server/identity/policies/identity-policy-store.ts";
import { recordUserChange } from "../../src/server/identity/sessions/user-changes.ts";
import type { Schema } from "../../src/server/migrations/schema.ts";
import type { EngineHarness } from "./engines.ts";
import { createStandingClock, openStore } from "./open-store.ts";
import { HOST_SHELL, startCredentials } from "./start-credentials.ts";
import type { CredentialsNode, StartCredentials } from "./start-credentials.ts";

export const RIGHT = "Meadow-lark 71 sings";
export const WRONG = "not the right one";

export async function setUpDoor(
  harness: EngineHarness,
  more: Pick<StartCredentials, "hasher"> = {},
) {
  const database = await openStore(harness);
  const clock = createStandingClock();
  const node = await startCredentials({ database, clock, ...more });
  return { database, clock, node, ...peopleOf(node, { database, clock }) };
}

export function peopleOf(
  node: CredentialsNode,
  store: { database: Database<Schema>; clock: ReturnType<typeof createStandingClock> },
) {
  const { database, clock } = store;
  let versions = 0;

  /** Sets the password as a link would: nothing has to be changed at the sign-in. */
  async function givePassword(userId: string, password: string): Promise<void> {
    const link = await node.credentials.passwords.makeLink(managing(userId));
    const token = link.url.split("#token=")[1];
    const body = { token, newPassword: password };
    const answer = await node.browse("POST", "/api/v1/password-resets", { body });
    if (answer.status !== 204) throw new Error(answer.text);
  }

  async function addUser(
    email = "ada@example.com",
    more: Partial<NewUser> & { readonly password?: string | null } = {},
  ): Promise<string> {
    const { password = RIGHT, ...wanted } = more;
    const user = { email, name: "Ada Example", invite: false, ...wanted };
    const { id } = await node.accounts.users.create(HOST_SHELL, user);
    if (password !== null) await givePassword(id, password);
    return id;
  }

  /** The platform's own, which hold for users without an account. */
  async function setRules(rules: Partial<UserAuthenticationRules>): Promise<void> {
    const value = { ...IDENTITY_POLICY_DEFAULT.userAuthentication, ...rules };
    const change = { owner: "platform", section: "user-authentication", value } as const;
    const by = { changedBy: "test", nowMs: clock.nowMs() };
    await database.transaction(async (trx) => {
      await saveIdentitySection(trx, { ...change, ...by }, versions);
      await recordUserChange(trx, null, clock.nowMs());
    });
    versions += 1;
    await node.sessions.followUserChanges();
  }

  const release = (userId: string) => node.credentials.passwords.release(managing(userId));
  const signInRow = (userId: string) =>
    database.kysely
      .selectFrom("identity_sign_in")
      .selectAll()
      .where("user_id", "=", userId)
      .executeTakeFirst();
  return { addUser, givePassword, setRules, release, signInRow };
}

/** As the host's shell, which has no request's address. */
export function managing(userId: string) {
  return { principal: HOST_SHELL, userId, request: {} as never };
}
