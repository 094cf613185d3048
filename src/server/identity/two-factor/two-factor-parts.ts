// What changes of one's own second factors are given.
import type { FastifyReply, FastifyRequest } from "fastify";
import type { ApiRequest, Authentication } from "../../accounts/index.ts";
import type { CheckCode } from "../second-factor/check-code.ts";
import type { Passkeys } from "../passkeys/create-passkeys.ts";
import type { OpenCheck } from "../sessions/read-session.ts";
import type { AttemptPassword } from "../sign-in/attempt-password.ts";
import type { CredentialParts } from "../sign-in/credential-parts.ts";

export type TwoFactorHooks = Pick<
  Authentication,
  "requireUser" | "requireManager" | "principalOf" | "userOf"
>;

export type TwoFactorParts = CredentialParts & {
  readonly accounts: TwoFactorHooks;
  readonly attemptPassword: AttemptPassword;
  readonly checkCode: CheckCode;
  readonly passkeys: Pick<Passkeys, "assertPasskey" | "describe" | "refusal">;
  /** The session that let a request in. */
  readonly openSessionOf: (request: ApiRequest) => OpenCheck;
};

/** A request that may change the cookies of whoever sent it. */
export type Asking = { readonly request: FastifyRequest; readonly reply: FastifyReply };
