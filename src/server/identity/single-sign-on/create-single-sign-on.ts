// Puts single sign-on together: to a provider and back, and the first sign-in with it.
import type { FastifyReply } from "fastify";
import type { Static } from "typebox";
import type {
  AuthorizationAnswer,
  BindAnswer,
  BindBodySchema,
  ConnectBodySchema,
  ProviderSignInBodySchema,
} from "../../../api/connection-api.ts";
import type { SignInAnswer } from "../../../api/sign-in-api.ts";
import type { ApiRequest } from "../../accounts/index.ts";
import { createBeginAtProvider } from "./begin-at-provider.ts";
import { createBindSignIn } from "./bind-sign-in.ts";
import { createCallback } from "./callback-route.ts";
import { createEndFlow } from "./end-flow.ts";
import { createFlowCookies } from "./flow-cookie.ts";
import { createNoteFailure } from "./note-failure.ts";
import type { SingleSignOnHooks, SingleSignOnParts, SsoAsking } from "./single-sign-on-parts.ts";

type Asking<Body> = SsoAsking & { readonly body: Body };

export type SingleSignOn = SingleSignOnHooks & {
  readonly refuseCrossSite: (request: ApiRequest) => Promise<void>;
  readonly beginSignIn: (
    asking: Asking<Static<typeof ProviderSignInBodySchema>>,
  ) => Promise<AuthorizationAnswer>;
  readonly beginConnect: (
    asking: Asking<Static<typeof ConnectBodySchema>>,
  ) => Promise<AuthorizationAnswer>;
  readonly callback: (asking: SsoAsking, providerId: string) => Promise<FastifyReply>;
  readonly readBind: (request: ApiRequest) => Promise<BindAnswer>;
  readonly bind: (asking: Asking<Static<typeof BindBodySchema>>) => Promise<SignInAnswer>;
  readonly dropBind: (asking: SsoAsking) => Promise<void>;
};

export function createSingleSignOn(parts: SingleSignOnParts): SingleSignOn {
  const flows = createFlowCookies(parts.publicUrl, parts.keyRing);
  const noteFailure = createNoteFailure(parts);
  const endFlow = createEndFlow(parts, noteFailure);
  return {
    requireUser: parts.accounts.requireUser,
    refuseCrossSite: async (request) => parts.assertSameSite(request),
    ...createBeginAtProvider(parts, { flows, noteFailure }),
    callback: createCallback(parts, { flows, endFlow }),
    ...createBindSignIn(parts),
  };
}
