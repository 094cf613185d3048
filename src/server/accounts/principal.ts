// Who makes a request of the API, and what they may do.
import type { Scope } from "../../api/scopes.ts";
import type { MemberRole } from "../../core/accounts/role.ts";

export type PrincipalMembership = {
  readonly accountId: string;
  readonly code: string;
  readonly name: string;
  readonly role: MemberRole;
  readonly isPrimary: boolean;
};

/** A person who has signed in, wholly: no factor or new password is still asked for. */
export type UserPrincipal = {
  readonly kind: "user";
  readonly userId: string;
  readonly email: string;
  readonly name: string;
  readonly sessionId: string;
  readonly isOperator: boolean;
  readonly memberships: readonly PrincipalMembership[];
};

/** The host's shell (whoever can open the control socket) may do everything. */
export type Principal =
  | { readonly kind: "host-shell" }
  | {
      readonly kind: "token";
      readonly id: string;
      readonly name: string;
      readonly scopes: readonly Scope[];
    }
  | UserPrincipal;

export const HOST_SHELL: Principal = { kind: "host-shell" };

/** Operators may do whatever a token can be allowed; admins and agents go by their reach. */
export function hasScope(principal: Principal, scope: Scope): boolean {
  switch (principal.kind) {
    case "host-shell":
      return true;
    case "token":
      return principal.scopes.includes(scope);
    case "user":
      return principal.isOperator;
    default:
      return principal satisfies never;
  }
}

/** For records: names may repeat and addresses be given to others, ids do not. */
export function describePrincipal(principal: Principal): string {
  switch (principal.kind) {
    case "host-shell":
      return "host shell";
    case "token":
      return `token ${principal.name} (${principal.id})`;
    case "user":
      return `${principal.email} (${principal.userId})`;
    default:
      return principal satisfies never;
  }
}
