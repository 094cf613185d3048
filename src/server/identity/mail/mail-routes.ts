// The API's routes for mails that wait, were sent or failed.
import { domainToASCII } from "node:url";
import {
  MailParamsSchema,
  MailSchema,
  MailStatusSchema,
  TestMailSchema,
} from "../../../api/mail-api.ts";
import type { MailAnswer } from "../../../api/mail-api.ts";
import { problemResponses } from "../../../api/problem-api.ts";
import { parseEmailAddress } from "../../../core/accounts/email-address.ts";
import type { FastifyApp } from "../../../platform/http/create-fastify.ts";
import { describePrincipal } from "../../accounts/index.ts";
import type { Accounts, Principal } from "../../accounts/index.ts";
import type { Mails } from "./create-mails.ts";
import { mailProblem } from "./mail-problem.ts";
import type { StoredMail } from "./mail-store.ts";

type MailRouteParts = { readonly mails: Mails; readonly accounts: Accounts };

export function registerMailRoutes(app: FastifyApp, { mails, accounts }: MailRouteParts): void {
  const tags = ["mails"];
  app.get(
    "/api/v1/mails",
    {
      onRequest: accounts.requireScope("policy:read"),
      schema: {
        tags,
        summary: "Mails that wait, were sent or failed, newest first, and how they are sent",
        response: { 200: MailStatusSchema, ...problemResponses(401, 403) },
      },
    },
    () => describeMails(mails),
  );

  app.post(
    "/api/v1/mails/test",
    {
      onRequest: accounts.requireScope("policy:write"),
      schema: {
        tags,
        summary: "Send a test mail at once and say what became of it",
        body: TestMailSchema,
        response: { 200: MailSchema, ...problemResponses(400, 401, 403, 503) },
      },
    },
    async (request) => {
      const principal = accounts.principalOf(request);
      const to = readRecipient(request.body.to ?? ownEmail(principal));
      const sent = await mails.sendTest({ to, askedBy: describePrincipal(principal) });
      if (sent === null) throw mailProblem("mail-not-found");
      return toMailAnswer(sent);
    },
  );

  app.post(
    "/api/v1/mails/:id/retry",
    {
      onRequest: accounts.requireScope("policy:write"),
      schema: {
        tags,
        summary: "Try a mail again now that waits or has failed",
        params: MailParamsSchema,
        response: { 200: MailStatusSchema, ...problemResponses(401, 403, 404, 409) },
      },
    },
    async (request) => {
      const outcome = await mails.retry(request.params.id);
      if (outcome === "not-found") throw mailProblem("mail-not-found");
      if (outcome === "sent-before") throw mailProblem("mail-sent-before");
      return await describeMails(mails);
    },
  );
}

async function describeMails(mails: Mails) {
  const { waiting, failed, mails: listed } = await mails.list();
  const { transport, outboxDirectory, from } = mails.mailer;
  return {
    transport,
    outboxDirectory,
    from: from.name === "" ? from.address : `${from.name} <${from.address}>`,
    waiting,
    failed,
    mails: listed.map(toMailAnswer),
  };
}

function ownEmail(principal: Principal): string | null {
  return principal.kind === "user" ? principal.email : null;
}

function readRecipient(text: string | null): string {
  if (text === null) throw mailProblem("recipient-required");
  const parsed = parseEmailAddress(text, domainToASCII);
  if (parsed.ok) return parsed.email;
  const { reason } = parsed;
  throw mailProblem("email-refused", {
    detail: reason,
    errors: [{ path: "/to", message: reason }],
  });
}

function toMailAnswer(mail: StoredMail): MailAnswer {
  const { id, kind, to, attempts, lastError, sentAtMs, failedAtMs } = mail;
  const isWaiting = sentAtMs === null && failedAtMs === null;
  return {
    id,
    kind,
    to,
    state: isWaiting ? "waiting" : sentAtMs === null ? "failed" : "sent",
    createdAt: timeText(mail.createdAtMs),
    sentAt: sentAtMs === null ? null : timeText(sentAtMs),
    nextAttemptAt: isWaiting ? timeText(mail.nextAttemptAtMs) : null,
    attempts,
    lastError,
  };
}

function timeText(atMs: number): string {
  return new Date(atMs).toISOString();
}
