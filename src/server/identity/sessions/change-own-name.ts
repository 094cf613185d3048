// Changes the name of whoever is signed in.
import { describePrincipal, findUserById, updateUser } from "../../accounts/index.ts";
import type { UserPrincipal } from "../../accounts/index.ts";
import { sessionProblem } from "./session-problem.ts";
import type { SessionRouteParts } from "./session-route-parts.ts";
import { recordUserChange } from "./user-changes.ts";

export async function changeOwnName(
  parts: SessionRouteParts,
  principal: UserPrincipal,
  name: string,
): Promise<void> {
  const { userId } = principal;
  const atMs = parts.clock.nowMs();
  await parts.database.transaction(async (trx) => {
    const user = await findUserById(trx, userId);
    if (user === null) throw sessionProblem("session-ended");
    if (user.name === name) return;
    await updateUser(trx, { id: userId, name });
    const actor = describePrincipal(principal);
    const detail = { name, nameBefore: user.name };
    await parts.recordEvent(trx, { kind: "user-changed", atMs, userId, actor, detail });
    await recordUserChange(trx, userId, atMs);
  });
  await parts.sessions.followUserChanges();
}
