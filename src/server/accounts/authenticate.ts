// Finds out who makes a request of the API, and refuses who may not make it.
import type { IncomingMessage } from "node:http";
import { sha256Hex } from "../../platform/crypto/sha256-hex.ts";
import { Problem } from "../../platform/problem/problem.ts";
import type { Scope } from "../../api/scopes.ts";
import { accountsProblem } from "./accounts-problem.ts";
import { hasScope, HOST_SHELL } from "./principal.ts";
import type { Principal } from "./principal.ts";
import { readBearer } from "./token-text.ts";
import type { VerifyToken } from "./verify-token.ts";

/** A Fastify request, or anything else that carries node's own. */
export type ApiRequest = { readonly raw: IncomingMessage };

/** `fingerprint`: the SHA-256 of what was sent; the same wrong token has the same one. */
export type WrongToken = { readonly request: IncomingMessage; readonly fingerprint: string };

export type Authentication = {
  /** Throws `token-required` or `token-invalid` (401). Asked again, it judges afresh. */
  readonly authenticate: (request: ApiRequest) => Promise<Principal>;
  /** A route's `onRequest` (better: before the body is read) or `preHandler`. */
  readonly requireScope: (scope: Scope) => (request: ApiRequest) => Promise<void>;
  readonly requireHostShell: (request: ApiRequest) => Promise<void>;
  /** Who was let in by the hook of this request's route. */
  readonly principalOf: (request: ApiRequest) => Principal;
};

export function createAuthentication(parts: {
  readonly verifyToken: VerifyToken;
  readonly nowMs: () => number;
  readonly isFromControlSocket: (request: IncomingMessage) => boolean;
  /** The refusal waits for it, so that an offence that bans has banned when it is answered. */
  readonly onWrongToken: (wrong: WrongToken) => void | Promise<void>;
}): Authentication {
  const principals = new WeakMap<IncomingMessage, Principal>();

  async function authenticate({ raw }: ApiRequest): Promise<Principal> {
    if (parts.isFromControlSocket(raw)) return HOST_SHELL;
    const credentials = readBearer(raw.headers.authorization);
    if (credentials.kind === "absent") {
      throw accountsProblem("token-required", challenge(""));
    }
    const principal = await parts.verifyToken(credentials.text, parts.nowMs());
    if (principal !== null) return principal;
    await parts.onWrongToken({ request: raw, fingerprint: sha256Hex(credentials.text) });
    throw accountsProblem("token-invalid", challenge(', error="invalid_token"'));
  }

  function requireScope(scope: Scope): (request: ApiRequest) => Promise<void> {
    return async function checkScope(request) {
      const principal = await authenticate(request);
      if (!hasScope(principal, scope)) throw scopeMissing(scope);
      principals.set(request.raw, principal);
    };
  }

  async function requireHostShell(request: ApiRequest): Promise<void> {
    const principal = await authenticate(request);
    if (principal.kind !== "host-shell") throw accountsProblem("host-shell-required");
    principals.set(request.raw, principal);
  }

  function principalOf({ raw }: ApiRequest): Principal {
    const principal = principals.get(raw);
    if (principal === undefined) throw new Error("the route has no hook that authenticates");
    return principal;
  }

  return { authenticate, requireScope, requireHostShell, principalOf };
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
