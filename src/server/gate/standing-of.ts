// Says what a session's user is towards the account that a request is for, and remembers it.

import { roleTowards } from "../../core/accounts/role-towards.ts";
import type { Role } from "../../core/accounts/role.ts";
import type { SessionCheck } from "../identity/index.ts";
import type { GateIdentity } from "./gate-answer.ts";

type CheckedSession = Exclude<SessionCheck, { kind: "unknown" }>["session"];

export type Standing = {
  /** Null: none towards this account. */
  readonly role: Role | null;
  readonly identity: GateIdentity;
};

/** By session, then by the account's code. What changes a user brings a new session object. */
const standings = new WeakMap<CheckedSession, Map<string | null, Standing>>();

/** @param account the code that the route names; null: none */
export function standingOf(session: CheckedSession, account: string | null): Standing {
  let known = standings.get(session);
  if (known === undefined) {
    known = new Map();
    standings.set(session, known);
  }
  let standing = known.get(account);
  if (standing === undefined) {
    standing = findStanding(session, account);
    known.set(account, standing);
  }
  return standing;
}

function findStanding({ user, memberships }: CheckedSession, account: string | null): Standing {
  const holder = { isOperator: user.isOperator, memberships };
  const isThere = user.isOperator || memberships.some(({ code }) => code === account);
  const primary = memberships.find(({ isPrimary }) => isPrimary)?.code ?? null;
  const shown = account !== null && isThere ? account : primary;
  // Without an account a role would be one nobody knows where.
  const role = shown === null && !user.isOperator ? null : roleTowards(holder, shown);
  return {
    role: roleTowards(holder, account),
    identity: {
      userId: user.id,
      email: isPrintable(user.email) ? user.email : user.emailKey,
      account: shown ?? "",
      role: role ?? "",
    },
  };
}

/** Domains may be shown in any script; the key has the ASCII form. */
function isPrintable(text: string): boolean {
  return /^[\x21-\x7e]*$/.test(text);
}
