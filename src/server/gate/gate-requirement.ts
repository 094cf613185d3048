// Reads what a door was configured to ask for from its own address: session= and role=.
import { ROLES } from "../../core/accounts/role.ts";
import type { Role } from "../../core/accounts/role.ts";
import { SESSION_REQUIREMENTS } from "../../core/gate/decide-identity.ts";
import type { IdentityRequirement } from "../../core/gate/decide-identity.ts";

type SessionRequirement = IdentityRequirement["session"];

export const NOTHING_ASKED: IdentityRequirement = { session: "none", role: null };

/**
 * Some proxies append the visitor's own query to the configured one, so whatever is added can only
 * make it stricter: of several values the strictest holds, other names say nothing.
 * @param query without its question mark
 * @returns null where a value of one of the two names is unknown: nobody passes
 */
export function readRequirement(query: string): IdentityRequirement | null {
  let session: SessionRequirement = "none";
  let role: Role | null = null;
  for (const [name, value] of new URLSearchParams(query)) {
    if (name === "session") {
      const found = SESSION_REQUIREMENTS.find((one) => one === value);
      if (found === undefined) return null;
      if (strictness(found) > strictness(session)) session = found;
    } else if (name === "role") {
      const found = ROLES.find((one) => one === value);
      if (found === undefined) return null;
      // Operators stand first: fewer people have the role.
      if (role === null || ROLES.indexOf(found) < ROLES.indexOf(role)) role = found;
    }
  }
  return session === "none" && role === null ? NOTHING_ASKED : { session, role };
}

function strictness(session: SessionRequirement): number {
  return SESSION_REQUIREMENTS.indexOf(session);
}

const QUERIES_REMEMBERED = 64;

/** The same with a short memory: a door is asked with one query nearly always. */
export function createRequirementReader(): (query: string) => IdentityRequirement | null {
  const remembered = new Map<string, IdentityRequirement | null>();
  return function readRemembered(query) {
    const known = remembered.get(query);
    if (known !== undefined) return known;
    const requirement = readRequirement(query);
    if (remembered.size < QUERIES_REMEMBERED) remembered.set(query, requirement);
    return requirement;
  };
}
