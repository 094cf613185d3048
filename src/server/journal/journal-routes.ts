// The API's routes for security events and decisions.
import { Type } from "typebox";
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
import { hasScope } from "../accounts/index.ts";
import type { Authentication } from "../accounts/index.ts";
import type { Journal } from "./create-journal.ts";
import { formatCursor, readCursor } from "./event-cursor.ts";
import { readEventFilter } from "./event-filter.ts";
import type { EventWithSteps } from "./event-store.ts";
import { EXPORT_MEDIA_TYPES, exportEvents } from "./export-events.ts";
import { followEvents } from "./follow-events.ts";
import { toEventAnswer } from "./journal-event.ts";
import { journalProblem } from "./journal-problem.ts";

const tags = ["journal"];
const SCOPE = "journal:read";

function streamed(mediaType: string, description: string) {
  return { description, content: { [mediaType]: { schema: Type.String() } } };
}

/** `accounts`: whoever tells who may read. */
export function registerJournalRoutes(
  app: FastifyApp,
  journal: Journal,
  accounts: Authentication,
): void {
  addListRoutes(app, journal, accounts);
  addExportRoute(app, journal, accounts);
  addTailRoute(app, journal, accounts);
}

function addListRoutes(app: FastifyApp, journal: Journal, accounts: Authentication): void {
  const onRequest = accounts.requireScope(SCOPE);
  app.get(
    "/api/v1/events",
    {
      onRequest,
      schema: {
        tags,
        summary: "List security events, newest first",
        querystring: EventQuerySchema,
        response: { 200: EventListSchema, ...problemResponses(400, 401, 403) },
      },
    },
    async (request) => {
      const { after, limit = 100 } = request.query;
      const cursor = after === undefined ? null : readCursor(after);
      const filter = readEventFilter(request.query);
      const { events, next } = await journal.listEvents(filter, { after: cursor, limit });
      return {
        events: events.map(toEventAnswer),
        next: next === null ? null : formatCursor(next),
      };
    },
  );

  app.get(
    "/api/v1/decisions/:id",
    {
      onRequest,
      schema: {
        tags,
        summary: "Find a decision by the id its visitor was shown, with its steps",
        params: DecisionParamsSchema,
        response: { 200: DecisionSchema, ...problemResponses(400, 401, 403, 404) },
      },
    },
    async (request) => {
      const found = await journal.findDecision(request.params.id);
      if (found === null) throw journalProblem("decision-not-found");
      return toDecisionAnswer(found);
    },
  );
}

function addExportRoute(app: FastifyApp, journal: Journal, accounts: Authentication): void {
  app.get(
    "/api/v1/events/export",
    {
      onRequest: accounts.requireScope(SCOPE),
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
          ...problemResponses(400, 401, 403),
        },
      },
    },
    async (request, reply) => {
      const { format } = request.query;
      const events = exportEvents(journal, readEventFilter(request.query), format);
      return reply
        .type(EXPORT_MEDIA_TYPES[format])
        .header("content-disposition", `attachment; filename="postern-events.${format}"`)
        .header("cache-control", "no-store")
        .send(events);
    },
  );
}

function addTailRoute(app: FastifyApp, journal: Journal, accounts: Authentication): void {
  app.get(
    "/api/v1/events/tail",
    {
      onRequest: accounts.requireScope(SCOPE),
      exposeHeadRoute: false,
      schema: {
        tags,
        summary: "Follow security events as they happen (server-sent events)",
        querystring: TailQuerySchema,
        response: {
          200: streamed("text/event-stream", "One event a message, without an end"),
          ...problemResponses(400, 401, 403, 503),
        },
      },
    },
    async (request, reply) => {
      const filter = readEventFilter(request.query);
      // A token that is revoked or expires while it watches sees nothing more.
      async function authorize(): Promise<void> {
        const principal = await accounts.authenticate(request);
        if (!hasScope(principal, SCOPE)) throw new Error("the scope was taken away");
      }
      const response = reply.raw;
      if (!followEvents(journal, { response, filter, authorize })) {
        throw journalProblem("tail-full");
      }
      reply.hijack();
    },
  );
}

function toDecisionAnswer({ event, steps }: EventWithSteps): DecisionAnswer {
  return { ...toEventAnswer(event), steps: steps.map((step) => ({ ...step })) };
}
