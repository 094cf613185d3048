// The API's routes by which a code is mailed: to go on with a sign-in, and to prove who one is.
import type { IncomingMessage } from "node:http";
import { problemResponses } from "../../../api/problem-api.ts";
import { EmailCodeAnswerSchema } from "../../../api/second-factor-api.ts";
import type { EmailCodeAnswer } from "../../../api/second-factor-api.ts";
import { hideEmail } from "../../../core/identity/hide-email.ts";
import type { FastifyApp } from "../../../platform/http/create-fastify.ts";
import { findUserById } from "../../accounts/index.ts";
import type { Accounts, ApiRequest } from "../../accounts/index.ts";
import type { IdentityParts, PersonPlace } from "../identity-parts.ts";
import type { Mails } from "../mail/create-mails.ts";
import { readFactors } from "../second-factor/factor-store.ts";
import { secondFactorProblem } from "../second-factor/second-factor-problem.ts";
import type { Sessions } from "../sessions/create-sessions.ts";
import { sessionProblem } from "../sessions/session-problem.ts";
import { storeOrUnavailable } from "../sign-in/store-or-unavailable.ts";
import { refuseBody } from "../two-factor/refuse-body.ts";
import { askForEmailCode } from "./ask-for-email-code.ts";
import { emailCodeProblem } from "./email-code-problem.ts";

export type EmailCodeRouteParts = Pick<IdentityParts, "database" | "clock" | "onError"> & {
  readonly sessions: Pick<Sessions, "openSessionOf">;
  readonly accounts: Pick<Accounts, "requireUser">;
  readonly mails: Pick<Mails, "wake">;
  readonly placeOf: (request: IncomingMessage) => PersonPlace;
};

export function registerEmailCodeRoutes(app: FastifyApp, parts: EmailCodeRouteParts): void {
  const { requireUser: onRequest } = parts.accounts;
  const response = {
    202: EmailCodeAnswerSchema,
    ...problemResponses(400, 401, 403, 409, 429, 503),
  };
  app.post(
    "/api/v1/sign-in/second-factor/email-code",
    {
      onRequest,
      preValidation: refuseBody,
      schema: {
        tags: ["sign-in"],
        summary: "Mail a code to go on with this sign-in; one mailed before is void",
        response,
      },
    },
    async (request, reply) => reply.code(202).send(await mailCode(parts, request, "sign-in")),
  );
  app.post(
    "/api/v1/me/proof/email-code",
    {
      onRequest,
      preValidation: refuseBody,
      schema: {
        tags: ["me"],
        summary: "Mail a code to prove who you are; one mailed before is void",
        response,
      },
    },
    async (request, reply) => reply.code(202).send(await mailCode(parts, request, "proof")),
  );
}

async function mailCode(
  parts: EmailCodeRouteParts,
  request: ApiRequest,
  purpose: "sign-in" | "proof",
): Promise<EmailCodeAnswer> {
  const { session, stage } = parts.sessions.openSessionOf(request);
  if (purpose === "sign-in" && stage !== "second-factor") {
    throw secondFactorProblem("second-factor-not-asked");
  }
  const userId = session.user.id;
  const place = parts.placeOf(request.raw);
  const nowMs = parts.clock.nowMs();
  const to = await storeOrUnavailable(parts, () =>
    parts.database.transaction(async (trx) => {
      const user = await findUserById(trx, userId);
      if (user === null) throw sessionProblem("session-ended");
      const { email } = await readFactors(trx, userId);
      if (email === null) throw emailCodeProblem("email-codes-off");
      const asked = { userId, to: user.email, purpose, sessionId: session.session.id };
      await askForEmailCode(trx, { ...asked, place, nowMs });
      return user.email;
    }),
  );
  parts.mails.wake();
  return { sentTo: hideEmail(to), emailCode: { sentAt: null, expiresAt: null } };
}
