// The front door of the identity domain.
import type { FastifyApp } from "../../platform/http/create-fastify.ts";
import type { PreparedChange } from "../journal/index.ts";
import type { Identity } from "./create-identity.ts";
import { registerEmailCodeRoutes } from "./email-codes/email-code-routes.ts";
import { registerKeyRoutes } from "./keys/key-routes.ts";
import { registerMailRoutes } from "./mail/mail-routes.ts";
import { registerResetRequestRoutes } from "./mail/reset-request-routes.ts";
import { registerPasskeyRoutes } from "./passkeys/passkey-routes.ts";
import { registerPasswordRoutes } from "./passwords/password-routes.ts";
import { prepareIdentityEdit } from "./policies/edit-identity-policy.ts";
import { registerIdentityPolicyRoutes } from "./policies/identity-policy-routes.ts";
import { registerProviderRoutes } from "./providers/provider-routes.ts";
import { registerFactorRoutes } from "./second-factor/factor-routes.ts";
import { registerSessionRoutes } from "./sessions/session-routes.ts";
import { addConnectionRoutes } from "./single-sign-on/connection-routes.ts";
import { recordUserChange } from "./sessions/user-changes.ts";
import { registerSetupRoutes } from "./setup/setup-routes.ts";
import { registerSignInRoutes } from "./sign-in/sign-in-routes.ts";
import { registerSsoRoutes } from "./single-sign-on/sso-routes.ts";
import { registerTwoFactorRoutes } from "./two-factor/two-factor-routes.ts";

export { createIdentity } from "./create-identity.ts";
export type { Identity } from "./create-identity.ts";
export type { IdentityEvent, PersonPlace } from "./identity-parts.ts";
export { queueMissedCallMails } from "./mail/queue-missed-call-mails.ts";
export { checkSectionValue, prepareIdentityEdit } from "./policies/edit-identity-policy.ts";
export { countIdentityPolicies, readIdentitySection } from "./policies/identity-policy-store.ts";
export type { ProposedIdentityChange } from "./preview/find-identity-effects.ts";
export type { SessionCheck } from "./sessions/check-session.ts";
export type { Sessions } from "./sessions/create-sessions.ts";
export { checkReturnAddress } from "./sign-in/return-address.ts";
export { voidIdentitySecrets } from "./sessions/void-identity-secrets.ts";

/** Of a value that was checked; to be stored in one step with rules of other domains. */
export function prepareIdentityChange(
  { parts, sessions }: Identity,
  edit: Parameters<typeof prepareIdentityEdit>[1],
  making: Parameters<typeof prepareIdentityEdit>[2],
): PreparedChange {
  const { followUserChanges } = sessions;
  return prepareIdentityEdit({ ...parts, recordUserChange, followUserChanges }, edit, making);
}

export function registerIdentityRoutes(app: FastifyApp, identity: Identity): void {
  const { parts, sessions, mails, credentials } = identity;
  const { accounts } = parts;
  const { assertSameSite, followUserChanges } = sessions;
  registerSignInRoutes(app, credentials.signIn);
  registerFactorRoutes(app, credentials.secondFactor);
  registerSetupRoutes(app, credentials.setup);
  registerPasswordRoutes(app, credentials.passwords);
  registerResetRequestRoutes(app, { mails, assertSameSite, placeOf: parts.placeOf });
  registerMailRoutes(app, { mails, accounts });
  registerKeyRoutes(app, { keys: identity.keys, accounts });
  registerSessionRoutes(app, { ...parts, sessions });
  registerEmailCodeRoutes(app, { ...parts, sessions, mails });
  registerTwoFactorRoutes(app, credentials.twoFactor);
  registerPasskeyRoutes(app, credentials.passkeys);
  registerProviderRoutes(app, { providers: identity.providers, accounts });
  registerSsoRoutes(app, credentials.singleSignOn);
  addConnectionRoutes(app, credentials.connections);
  registerIdentityPolicyRoutes(app, { ...parts, recordUserChange, followUserChanges });
}
