// Puts passkeys together: adding and removing them, and signing in or proving oneself by one.
import type { FastifyReply, FastifyRequest } from "fastify";
import type { Static } from "typebox";
import type {
  PasskeyCreationBodySchema,
  PasskeyFactorBodySchema,
  PasskeySignInBodySchema,
} from "../../../api/second-factor-api.ts";
import type { SignInAnswer } from "../../../api/sign-in-api.ts";
import type { FactorOnAnswer, PasskeyAnswer } from "../../../api/two-factor-api.ts";
import type { PasskeyOptions } from "../../../platform/webauthn/passkey-options.ts";
import type { ApiRequest } from "../../accounts/index.ts";
import { createAssertPasskey } from "./assert-passkey.ts";
import type { AssertPasskey } from "./assert-passkey.ts";
import { createOwnPasskeys } from "./own-passkeys.ts";
import { createPasskeyFactor } from "./passkey-factor.ts";
import type { PasskeyHooks, PasskeyParts } from "./passkey-parts.ts";
import { createPasskeySignIn } from "./passkey-sign-in.ts";
import { createPasskeyRefusal } from "./refuse-passkey.ts";

type Asking<Body> = {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  readonly body: Body;
};

/** An answer's body is `{ options }`, in WebAuthn's own form. */
export type OptionsAnswer = { readonly options: PasskeyOptions };

export type OwnPasskeys = {
  /** Why none can be added at this address; null: they can. */
  readonly refusal: string | null;
  readonly describe: (userId: string) => Promise<PasskeyAnswer[]>;
  readonly creationOptions: (request: ApiRequest) => Promise<OptionsAnswer>;
  readonly add: (
    asking: Asking<Static<typeof PasskeyCreationBodySchema>>,
  ) => Promise<FactorOnAnswer>;
  readonly rename: (request: ApiRequest, id: string, name: string) => Promise<PasskeyAnswer>;
  readonly remove: (request: ApiRequest, id: string) => Promise<void>;
};

export type PasskeySignIn = {
  readonly signInOptions: () => Promise<OptionsAnswer>;
  readonly signIn: (
    asking: Asking<Static<typeof PasskeySignInBodySchema>>,
  ) => Promise<SignInAnswer>;
};

export type PasskeyFactor = {
  readonly requestOptions: (
    request: ApiRequest,
    purpose: "second-factor" | "proof",
  ) => Promise<OptionsAnswer>;
  readonly passFactor: (
    asking: Asking<Static<typeof PasskeyFactorBodySchema>>,
  ) => Promise<SignInAnswer>;
};

export type Passkeys = PasskeyHooks &
  OwnPasskeys &
  PasskeySignIn &
  PasskeyFactor & {
    readonly refuseCrossSite: (request: ApiRequest) => Promise<void>;
    /** Throws `passkey-refused` (403). */
    readonly assertPasskey: AssertPasskey;
  };

export function createPasskeys(parts: PasskeyParts): Passkeys {
  const refuse = createPasskeyRefusal(parts);
  const assertPasskey = createAssertPasskey(parts, refuse);
  return {
    requireUser: parts.accounts.requireUser,
    refuseCrossSite: async (request) => parts.assertSameSite(request),
    assertPasskey,
    ...createOwnPasskeys(parts),
    ...createPasskeyFactor(parts, assertPasskey),
    ...createPasskeySignIn(parts, refuse),
  };
}
