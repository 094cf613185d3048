// The API's routes for security events and decisions.
import { Type } from "typebox";
import type { Step } from "../../core/decision.ts";
import {
  DecisionParamsSchema,
  DecisionSchema,
  EventExportQuerySchema,
  EventListSchema,
  EventQuerySchema,
  TailQuerySchema,
} from "../../api/journal-api.ts";
import type { DecisionAnswer } from "../../api/journal-api.ts";
import { problemResponses } from "../../api/problem-api.ts";
import type { FastifyApp } from "../../platform/http/create-fastify.ts";
import type { Accounts, ApiRequest } from "../accounts/index.ts";
import type { Journal } from "./create-journal.ts";
import { formatCursor, readCursor } from "./event-cursor.ts";
import { isAboutAny, readEventFilter } from "./event-filter.ts";
import type { EventFilter } from "./event-filter.ts";
import type { EventWithSteps } from "./event-store.ts";
import { EXPORT_MEDIA_TYPES, exportEvents } from "./export-events.ts";
import { toEventAnswer } from "./journal-event.ts";
import { journalProblem } from "./journal-problem.ts";
import { readJournalReach } from "./journal-reach.ts";
import { nameOwners } from "./name-owners.ts";
import type { JournalReach } from "./journal-reach.ts";
import { addOverviewRoutes } from "./overview-routes.ts";
import { EVENT_STREAM, OF_STREAM, streamInputOf } from "./stream-input.ts";

const tags = ["journal"];
const SCOPE = "journal:read";

export type JournalRouteParts = {
  readonly journal: Journal;
  /** Whoever tells who may read, and what. */
  readonly accounts: Accounts;
  /** A decision's steps as an account's admins are told them. */
  readonly stepsForAdmins: (steps: readonly Step[]) => readonly Step[];
  readonly nowMs: () => number;
};

export function registerJournalRoutes(app: FastifyApp, parts: JournalRouteParts): void {
  addListRoute(app, parts);
  addDecisionRoute(app, parts);
  addExportRoute(app, parts);
  addTailRoute(app, parts);
  addOverviewRoutes(app, parts);
}

type EventRequest = ApiRequest & { readonly query: Parameters<typeof readEventFilter>[0] };

async function filterOf(parts: JournalRouteParts, request: EventRequest): Promise<EventFilter> {
  const reach = await reachFor(parts, request, request.query.account);
  return readEventFilter(request.query, { reach, nowMs: parts.nowMs() });
}

function reachFor(
  { accounts }: JournalRouteParts,
  request: ApiRequest,
  account: string | undefined,
): Promise<JournalReach> {
  return readJournalReach(accounts, { principal: accounts.principalOf(request), account });
}

function addListRoute(app: FastifyApp, parts: JournalRouteParts): void {
  const { journal, accounts } = parts;
  app.get(
    "/api/v1/events",
    {
      onRequest: accounts.requireManager(SCOPE),
      schema: {
        tags,
        summary: "List security events, newest first",
        description: "Admins see those of their accounts.",
        querystring: EventQuerySchema,
        response: { 200: EventListSchema, ...problemResponses(400, 401, 403, 404) },
      },
    },
    async (request) => {
      const { after, limit = 100 } = request.query;
      const cursor = after === undefined ? null : readCursor(after);
      const filter = await filterOf(parts, request);
      const { events, next } = await journal.listEvents(filter, { after: cursor, limit });
      return {
        events: (await nameOwners(accounts, events)).map(toEventAnswer),
        next: next === null ? null : formatCursor(next),
      };
    },
  );
}

function addDecisionRoute(app: FastifyApp, parts: JournalRouteParts): void {
  const { journal, accounts } = parts;
  app.get(
    "/api/v1/decisions/:id",
    {
      onRequest: accounts.requireManager(SCOPE),
      schema: {
        tags,
        summary: "Find a decision by the id its visitor was shown, with its steps",
        description:
          "Admins find those of their accounts, and are told of the platform's rules only " +
          "what came of them.",
        params: DecisionParamsSchema,
        response: { 200: DecisionSchema, ...problemResponses(400, 401, 403, 404) },
      },
    },
    async (request) => {
      const reach = await reachFor(parts, request, undefined);
      const found = await journal.findDecision(request.params.id);
      const isTheirs = found !== null && (reach === null || isAboutAny(found.event, reach));
      if (found === null || !isTheirs) throw journalProblem("decision-not-found");
      if (reach === null) return toDecisionAnswer(found);
      return toDecisionAnswer({ ...found, steps: parts.stepsForAdmins(found.steps) });
    },
  );
}

function addExportRoute(app: FastifyApp, parts: JournalRouteParts): void {
  const { journal, accounts } = parts;
  app.get(
    "/api/v1/events/export",
    {
      onRequest: accounts.requireManager(SCOPE),
      exposeHeadRoute: false,
      schema: {
        tags,
        summary: "Export security events as CSV or as one JSON object a line, newest first",
        querystring: EventExportQuerySchema,
        response: {
          200: {
            description: "The events that fit the filters",
            content: {
              "text/csv": { schema: Type.String() },
              "application/x-ndjson": { schema: Type.String() },
            },
          },
          ...problemResponses(400, 401, 403, 404),
        },
      },
    },
    async (request, reply) => {
      const { format } = request.query;
      const filter = await filterOf(parts, request);
      const events = exportEvents({ journal, accounts }, filter, format);
      return reply
        .type(EXPORT_MEDIA_TYPES[format])
        .header("content-disposition", `attachment; filename="postern-events.${format}"`)
        .header("cache-control", "no-store")
        .send(events);
    },
  );
}

function addTailRoute(app: FastifyApp, parts: JournalRouteParts): void {
  const { journal, accounts } = parts;
  app.get(
    "/api/v1/events/tail",
    {
      onRequest: accounts.requireManager(SCOPE, OF_STREAM),
      exposeHeadRoute: false,
      schema: {
        tags,
        summary: "Follow security events as they happen (server-sent events)",
        description:
          "One event a message, named by its kind. `missed` says how many more there were in a " +
          "flood: they are in the list.",
        querystring: TailQuerySchema,
        response: { 200: EVENT_STREAM, ...problemResponses(400, 401, 403, 404, 503) },
      },
    },
    async (request, reply) => {
      const filter = await filterOf(parts, request);
      const input = streamInputOf(accounts, request, reply.raw);
      if (!journal.followEvents(filter, input)) throw journalProblem("tail-full");
      reply.hijack();
    },
  );
}

function toDecisionAnswer({ event, steps }: EventWithSteps): DecisionAnswer {
  return { ...toEventAnswer(event), steps: steps.map((step) => ({ ...step })) };
}
