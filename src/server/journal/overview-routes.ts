// The API's routes for the traffic of a period and of this second.
import { LiveQuerySchema, OverviewQuerySchema, OverviewSchema } from "../../api/overview-api.ts";
import { problemResponses } from "../../api/problem-api.ts";
import type { FastifyApp } from "../../platform/http/create-fastify.ts";
import { accountsProblem } from "../accounts/index.ts";
import type { Accounts, ApiRequest } from "../accounts/index.ts";
import type { Journal } from "./create-journal.ts";
import { journalProblem } from "./journal-problem.ts";
import { readJournalReach } from "./journal-reach.ts";
import type { JournalReach } from "./journal-reach.ts";
import { EVENT_STREAM, OF_STREAM, streamInputOf } from "./stream-input.ts";

type Parts = { readonly journal: Journal; readonly accounts: Accounts };

const tags = ["journal"];
const SCOPE = "journal:read";

export function addOverviewRoutes(app: FastifyApp, { journal, accounts }: Parts): void {
  const onRequest = accounts.requireManager(SCOPE);
  app.get(
    "/api/v1/overview",
    {
      onRequest,
      schema: {
        tags,
        summary: "Sum up the traffic of a period: when, from where, why refused, bans made",
        description: "Of the platform or of one account; admins without an account: of theirs.",
        querystring: OverviewQuerySchema,
        response: { 200: OverviewSchema, ...problemResponses(400, 401, 403, 404) },
      },
    },
    async (request) => {
      const { period = "24h", account } = request.query;
      const reach = await existingReachFor(accounts, request, account);
      return journal.readOverview({ period, reach });
    },
  );

  app.get(
    "/api/v1/overview/live",
    {
      onRequest: accounts.requireManager(SCOPE, OF_STREAM),
      exposeHeadRoute: false,
      schema: {
        tags,
        summary: "Follow the traffic second by second (server-sent events)",
        description:
          "Each second one event `traffic`: what the process that answers decided since the one " +
          "before. Its data: at, seconds, passed, refused, monitored, countries, reasons.",
        querystring: LiveQuerySchema,
        response: { 200: EVENT_STREAM, ...problemResponses(400, 401, 403, 404, 503) },
      },
    },
    async (request, reply) => {
      const reach = await existingReachFor(accounts, request, request.query.account);
      const input = streamInputOf(accounts, request, reply.raw);
      if (!journal.followTraffic(reach, input)) throw journalProblem("tail-full");
      reply.hijack();
    },
  );
}

/** Throws `account-not-found` (404), also for another's account. */
async function existingReachFor(
  accounts: Accounts,
  request: ApiRequest,
  account: string | undefined,
): Promise<JournalReach> {
  const principal = accounts.principalOf(request);
  const reach = await readJournalReach(accounts, { principal, account });
  const isAbsent = account !== undefined && reach?.some(({ ownerId }) => ownerId === null);
  if (isAbsent === true) throw accountsProblem("account-not-found");
  return reach;
}
