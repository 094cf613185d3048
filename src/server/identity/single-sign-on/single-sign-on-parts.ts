// What single sign-on is given, and what its routes are handed.
import type { FastifyReply, FastifyRequest } from "fastify";
import type { ApiRequest, Authentication } from "../../accounts/index.ts";
import type { OpenCheck } from "../sessions/read-session.ts";
import type { AttemptPassword } from "../sign-in/attempt-password.ts";
import type { CredentialParts } from "../sign-in/credential-parts.ts";

export type SingleSignOnHooks = Pick<Authentication, "requireUser">;

export type SingleSignOnParts = CredentialParts & {
  readonly accounts: SingleSignOnHooks;
  readonly attemptPassword: AttemptPassword;
  /** The session that let a request in. */
  readonly openSessionOf: (request: ApiRequest) => OpenCheck;
  /** Beside PUBLIC_URL's, where a sign-in may lead back to. */
  readonly returnOrigins: readonly string[];
};

/** A request that may change the cookies of whoever sent it. */
export type SsoAsking = { readonly request: FastifyRequest; readonly reply: FastifyReply };
