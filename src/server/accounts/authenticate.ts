// Finds out who makes a request of the API, and refuses who may not make it.
import type { IncomingMessage } from "node:http";
import { sha256Hex } from "../../platform/crypto/sha256-hex.ts";
import { Problem } from "../../platform/problem/problem.ts";
import type { Scope } from "../../api/scopes.ts";
import { accountsProblem } from "./accounts-problem.ts";
import { hasScope, HOST_SHELL } from "./principal.ts";
import type { Principal, UserPrincipal } from "./principal.ts";
import { isManager } from "./reach-of.ts";
import { readBearer } from "./token-text.ts";
import type { VerifyToken } from "./verify-token.ts";

/** A Fastify request, or anything else that carries node's own. */
export type ApiRequest = { readonly raw: IncomingMessage };

/**
 * Who is signed in by the request's cookie; null when nobody is. Throws a Problem when the request
 * is refused for what it carries: another site's, a locked user's.
 */
export type ReadSession = (request: ApiRequest, how: Asking) => Promise<UserPrincipal | null>;

/** In the background nobody does anything: whatever the headers say, it keeps no session alive. */
export type Asking = { readonly isBackground: boolean };

/** A route's `onRequest` (better: before the body is read) or `preHandler`. */
export type RouteHook = (request: ApiRequest) => Promise<void>;

/** `fingerprint`: the SHA-256 of what was sent; the same wrong token has the same one. */
export type WrongToken = { readonly request: IncomingMessage; readonly fingerprint: string };

export type Authentication = {
  /** Throws `token-required` or `token-invalid` (401). Asked again, it judges afresh. */
  readonly authenticate: (request: ApiRequest, how?: Asking) => Promise<Principal>;
  /** Tokens with the scope, operators, the host's shell. */
  readonly requireScope: (scope: Scope) => RouteHook;
  readonly requireHostShell: RouteHook;
  /** Anybody who is signed in, every token, the host's shell. */
  readonly requireKnown: RouteHook;
  /** Anybody who is signed in; programs and the host's shell are not. */
  readonly requireUser: RouteHook;
  /**
   * Admins besides: what they may look at or change is for `reachOf` to say. Agents may not.
   * Tokens need the scope.
   */
  readonly requireManager: (scope: Scope, how?: Asking) => RouteHook;
  /** The same and agents besides, whose own is for the route to find. */
  readonly requireUserOrScope: (scope: Scope) => RouteHook;
  /** Who was let in by the hook of this request's route. */
  readonly principalOf: (request: ApiRequest) => Principal;
  /** Who is signed in, on routes with `requireUser`. */
  readonly userOf: (request: ApiRequest) => UserPrincipal;
};

const BY_HEADERS: Asking = { isBackground: false };

export function createAuthentication(parts: {
  readonly verifyToken: VerifyToken;
  readonly nowMs: () => number;
  readonly isFromControlSocket: (request: IncomingMessage) => boolean;
  readonly readSession: ReadSession;
  /** The refusal waits for it, so that an offence that bans has banned when it is answered. */
  readonly onWrongToken: (wrong: WrongToken) => void | Promise<void>;
}): Authentication {
  const principals = new WeakMap<IncomingMessage, Principal>();

  async function authenticate(request: ApiRequest, how = BY_HEADERS): Promise<Principal> {
    const { raw } = request;
    if (parts.isFromControlSocket(raw)) return HOST_SHELL;
    const credentials = readBearer(raw.headers.authorization);
    if (credentials.kind === "absent") {
      const user = await parts.readSession(request, how);
      if (user !== null) return user;
      throw accountsProblem("token-required", challenge(""));
    }
    const principal = await parts.verifyToken(credentials.text, parts.nowMs());
    if (principal !== null) return principal;
    await parts.onWrongToken({ request: raw, fingerprint: sha256Hex(credentials.text) });
    throw accountsProblem("token-invalid", challenge(', error="invalid_token"'));
  }

  /** Lets in whom `refuse` gives no refusal for. */
  function requireThat(
    refuse: (principal: Principal) => Problem | null,
    how: Asking = BY_HEADERS,
  ): RouteHook {
    return async function checkPrincipal(request) {
      const principal = await authenticate(request, how);
      const refusal = refuse(principal);
      if (refusal !== null) throw refusal;
      principals.set(request.raw, principal);
    };
  }

  function principalOf({ raw }: ApiRequest): Principal {
    const principal = principals.get(raw);
    if (principal === undefined) throw new Error("the route has no hook that authenticates");
    return principal;
  }

  function userOf(request: ApiRequest): UserPrincipal {
    const principal = principalOf(request);
    if (principal.kind !== "user") throw new Error("the route has no hook that requires a user");
    return principal;
  }

  return {
    authenticate,
    requireScope: (scope) => requireThat((principal) => refuseScope(principal, scope)),
    requireHostShell: requireThat(({ kind }) =>
      kind === "host-shell" ? null : accountsProblem("host-shell-required"),
    ),
    requireKnown: requireThat(() => null),
    requireUser: requireThat(({ kind }) =>
      kind === "user" ? null : accountsProblem("user-required"),
    ),
    requireManager: (scope, how) =>
      requireThat((principal) => {
        if (principal.kind !== "user") return refuseScope(principal, scope);
        return isManager(principal) ? null : accountsProblem("manager-required");
      }, how),
    requireUserOrScope: (scope) =>
      requireThat((principal) =>
        principal.kind === "user" ? null : refuseScope(principal, scope),
      ),
    principalOf,
    userOf,
  };
}

function refuseScope(principal: Principal, scope: Scope): Problem | null {
  if (hasScope(principal, scope)) return null;
  return principal.kind === "user" ? accountsProblem("operator-required") : scopeMissing(scope);
}

function scopeMissing(scope: Scope): Problem {
  return accountsProblem("scope-missing", {
    detail: `This needs a token with the scope ${scope}.`,
    members: { scope },
    ...challenge(`, error="insufficient_scope", scope="${scope}"`),
  });
}

/** RFC 6750, 3: every refusal for want of rights says how to authenticate. */
function challenge(parameters: string): { readonly headers: Record<string, string> } {
  return { headers: { "www-authenticate": `Bearer realm="postern"${parameters}` } };
}
