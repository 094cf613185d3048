// What passkeys are given.
import type { ApiRequest, Authentication } from "../../accounts/index.ts";
import type { OpenCheck } from "../sessions/read-session.ts";
import type { CredentialParts } from "../sign-in/credential-parts.ts";

export type PasskeyHooks = Pick<Authentication, "requireUser">;

export type PasskeyParts = CredentialParts & {
  readonly accounts: PasskeyHooks;
  /** The session that let a request in. */
  readonly openSessionOf: (request: ApiRequest) => OpenCheck;
  /** Beside PUBLIC_URL's, where a sign-in may lead back to. */
  readonly returnOrigins: readonly string[];
};
