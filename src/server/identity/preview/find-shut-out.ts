// Finds whether proposed rules of sign-ins shut out whoever makes them, or all operators.
import { canSignIn, judgeShutOut } from "../../../core/identity/judge-shut-out.ts";
import type { ShutOut } from "../../../core/identity/judge-shut-out.ts";
import type { ReadDatabase } from "../../../platform/database/database.ts";
import type { Schema } from "../../migrations/schema.ts";
import { checkSectionValue } from "../policies/edit-identity-policy.ts";
import { createPolicies } from "./find-identity-effects.ts";
import type { IdentityEffectsParts, ProposedIdentityChange } from "./find-identity-effects.ts";
import { readPreviewedUsers } from "./read-previewed-users.ts";

/** A user who is an operator is one of them: where they can sign in, not all are shut out. */
export type ShutOutMaker = { readonly userId: string; readonly isOperator: boolean };

export type FoundShutOut = ShutOut & { readonly who: "you" | "operators" };

const USERS_PER_PAGE = 500;

/**
 * Null: nobody is. All changes at once. Throws `policy-refused`, as saving would.
 * @param maker null: a program, or the host's shell
 */
export async function findShutOut(
  parts: IdentityEffectsParts,
  changes: readonly ProposedIdentityChange[],
  maker: ShutOutMaker | null,
): Promise<FoundShutOut | null> {
  if (changes.length === 0) return null;
  const checked = changes.map(({ account, section, value }) => ({
    owner: account?.id ?? "platform",
    section,
    value: checkSectionValue(section, value),
  }));
  const owners = [...new Set(checked.map(({ owner }) => owner))];
  const { unwrittenActivityOf } = parts.sessions;
  return parts.database.snapshot(async (read) => {
    const policies = createPolicies(read, checked);
    const at = { nowMs: parts.clock.nowMs(), isClockTrusted: parts.isClockTrusted() };

    async function findPage(ids: readonly string[]) {
      const users = await readPreviewedUsers(read, ids, unwrittenActivityOf);
      return { users, move: await policies.readFor(users, owners) };
    }

    if (maker !== null) {
      const { users, move } = await findPage([maker.userId]);
      for (const user of users) {
        const found = judgeShutOut(user, move, { ...at, countsSetUp: true });
        if (found !== null) return { who: "you", ...found };
      }
    }
    if (!owners.includes("platform") || maker?.isOperator === true) return null;
    let first: ShutOut | null = null;
    const ids = await listOperators(read);
    for (let begin = 0; begin < ids.length; begin += USERS_PER_PAGE) {
      const { users, move } = await findPage(ids.slice(begin, begin + USERS_PER_PAGE));
      for (const user of users) {
        if (canSignIn(user, move.after, at)) return null;
        first ??= judgeShutOut(user, move, { ...at, countsSetUp: false });
      }
    }
    return first === null ? null : { who: "operators", ...first };
  });
}

async function listOperators(read: ReadDatabase<Schema>): Promise<readonly string[]> {
  const rows = await read
    .selectFrom("accounts_user")
    .select("id")
    .where("is_operator", "=", 1)
    .where("is_disabled", "=", 0)
    .execute();
  return rows.map(({ id }) => id);
}
