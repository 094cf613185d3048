// Puts passwords together: choosing, changing, resetting, setting for others, assessing.
import type { FastifyRequest } from "fastify";
import type { Static } from "typebox";
import type { AssessmentAnswer, PasswordRulesAnswer } from "../../../api/passwords-api.ts";
import type { AssessmentBodySchema } from "../../../api/passwords-api.ts";
import type { SignInAnswer } from "../../../api/sign-in-api.ts";
import type { ApiRequest, Authentication } from "../../accounts/index.ts";
import type { OpenCheck } from "../sessions/read-session.ts";
import type { AttemptPassword } from "../sign-in/attempt-password.ts";
import type { CredentialParts } from "../sign-in/credential-parts.ts";
import { readPersonById } from "../sign-in/read-person.ts";
import type { Asking } from "../two-factor/two-factor-parts.ts";
import { createAssessForClient } from "./assess-for-client.ts";
import { createChangePassword } from "./change-password.ts";
import type { ChangeQuestion } from "./change-password.ts";
import { describeRules } from "./describe-rules.ts";
import { createManagedPasswords } from "./managed-passwords.ts";
import type { ManagedPasswords } from "./managed-passwords.ts";
import { removePassword } from "./remove-password.ts";
import { createPasswordResets } from "./reset-password.ts";
import type { PasswordResets } from "./reset-password.ts";

type Hooks = Pick<
  Authentication,
  "requireUser" | "requireManager" | "requireHostShell" | "principalOf" | "userOf"
>;

export type PasswordsParts = CredentialParts & {
  readonly accounts: Hooks;
  readonly attemptPassword: AttemptPassword;
  /** The session that let a request in. */
  readonly openSessionOf: (request: ApiRequest) => OpenCheck;
};

export type Passwords = Hooks &
  PasswordResets &
  ManagedPasswords & {
    readonly refuseCrossSite: (request: ApiRequest) => Promise<void>;
    readonly change: (question: Omit<ChangeQuestion, "open">) => Promise<SignInAnswer>;
    readonly remove: (asking: Asking) => Promise<void>;
    readonly rulesOf: (request: FastifyRequest) => Promise<PasswordRulesAnswer>;
    readonly assess: (
      request: FastifyRequest,
      body: Static<typeof AssessmentBodySchema>,
    ) => Promise<AssessmentAnswer>;
  };

export function createPasswords(parts: PasswordsParts): Passwords {
  const changePassword = createChangePassword(parts, parts.attemptPassword);
  const { requireUser, requireManager, requireHostShell, principalOf, userOf } = parts.accounts;
  const assessForClient = createAssessForClient(parts.judge);

  return {
    requireUser,
    requireManager,
    requireHostShell,
    principalOf,
    userOf,
    refuseCrossSite: async (request) => parts.assertSameSite(request),
    change: (question) =>
      changePassword({ ...question, open: parts.openSessionOf(question.request) }),
    remove: (asking) => removePassword(parts, asking),
    rulesOf: async (request) => {
      const { userId } = userOf(request);
      return describeRules((await readPersonById(parts.database.kysely, userId)).rules);
    },
    assess: (request, body) => assessForClient(parts.placeOf(request.raw), body),
    ...createPasswordResets(parts),
    ...createManagedPasswords(parts),
  };
}
