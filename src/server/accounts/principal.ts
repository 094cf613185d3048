// Who makes a request of the API, and what they may do.
import type { Scope } from "../../api/scopes.ts";

/** The host's shell (whoever can open the control socket) may do everything. */
export type Principal =
  | { readonly kind: "host-shell" }
  | {
      readonly kind: "token";
      readonly id: string;
      readonly name: string;
      readonly scopes: readonly Scope[];
    };

export const HOST_SHELL: Principal = { kind: "host-shell" };

export function hasScope(principal: Principal, scope: Scope): boolean {
  return principal.kind === "host-shell" || principal.scopes.includes(scope);
}

/** For records: names may repeat, ids do not. */
export function describePrincipal(principal: Principal): string {
  return principal.kind === "host-shell"
    ? "host shell"
    : `token ${principal.name} (${principal.id})`;
}
