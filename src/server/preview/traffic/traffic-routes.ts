// The API's route that takes another server's access log.

import { Readable } from "node:stream";
import type { TypeBoxTypeProvider } from "@fastify/type-provider-typebox";
import { problemResponses } from "../../../api/problem-api.ts";
import { TrafficImportAnswerSchema, TrafficImportQuerySchema } from "../../../api/traffic-api.ts";
import type { TrafficImportAnswer } from "../../../api/traffic-api.ts";
import { readHost } from "../../../core/gate/request-host.ts";
import type { FastifyApp } from "../../../platform/http/create-fastify.ts";
import { randomId } from "../../../platform/crypto/random.ts";
import { describePrincipal } from "../../accounts/index.ts";
import type { Accounts } from "../../accounts/index.ts";
import type { Journal } from "../../journal/index.ts";
import type { Network } from "../../network/index.ts";
import { importTraffic, TRAFFIC_LINES_MAX, TRAFFIC_ROWS_MAX } from "./import-traffic.ts";
import type { TrafficOutcome } from "./import-traffic.ts";
import type { TrafficFormat } from "./read-traffic-lines.ts";
import { trafficProblem } from "./traffic-problem.ts";

type Parts = {
  readonly network: Network;
  readonly journal: Journal;
  readonly accounts: Accounts;
};

const FORMAT_OF_TYPE: Readonly<Record<string, TrafficFormat>> = {
  "text/plain": "text",
  "application/x-ndjson": "ndjson",
};

/** Far above what twenty million lines need; a body without end is cut here. */
const IMPORT_BYTES_MAX = 16 * 1024 * 1024 * 1024;

/** For operators: whose visitors a log tells of is known to nobody else. */
export function registerTrafficRoutes(app: FastifyApp, parts: Parts): void {
  const { network, accounts } = parts;
  app.register(async (plugin) => {
    const scope = plugin.withTypeProvider<TypeBoxTypeProvider>();
    // The body stays a stream: a log is never held in memory as a whole.
    const types = Object.keys(FORMAT_OF_TYPE);
    scope.addContentTypeParser(types, (_request, payload, done) => done(null, payload));
    scope.post(
      "/api/v1/traffic/import",
      {
        bodyLimit: IMPORT_BYTES_MAX,
        onRequest: accounts.requireScope("policy:write"),
        schema: {
          tags: ["preview"],
          summary: "Import another server's access log, for previews to look at",
          description:
            "The body is text/plain (combined format of nginx or Apache) or " +
            "application/x-ndjson (objects with address, at, path and host). A log that is " +
            "imported again adds nothing: of each minute of a visitor the highest count stays, " +
            "and always what Postern counted itself. Logs of several servers belong in one body.",
          querystring: TrafficImportQuerySchema,
          response: {
            200: TrafficImportAnswerSchema,
            ...problemResponses(400, 401, 403, 404, 413, 422),
          },
        },
      },
      async (request) => {
        const { account, surface = null, host = null, timeZone } = request.query;
        if (account !== undefined) network.ownerOf(account);
        if (host !== null && readHost(host) === null) throw trafficProblem("host-malformed");
        const type = (request.headers["content-type"] ?? "").split(";")[0]!.trim().toLowerCase();
        const outcome = await importTraffic(parts, bodyOf(request.body), {
          importId: randomId(),
          format: FORMAT_OF_TYPE[type] ?? "text",
          surface,
          account: account ?? null,
          host,
          offsetMinutes: timeZone === undefined ? null : minutesOf(timeZone),
          actor: describePrincipal(accounts.principalOf(request)),
          nowMs: network.clock.nowMs(),
        });
        return toAnswer(outcome);
      },
    );
  });
}

/** `+01:30` is 90. */
function minutesOf(timeZone: string): number {
  const minutes = Number(timeZone.slice(1, 3)) * 60 + Number(timeZone.slice(4));
  return timeZone.startsWith("-") ? -minutes : minutes;
}

/** Throws the problem of an import that was not taken. */
function toAnswer(outcome: TrafficOutcome): TrafficImportAnswer {
  const { counts } = outcome;
  if (!outcome.ok) {
    const { why } = outcome;
    switch (why) {
      case "not-a-log":
        throw trafficProblem("traffic-refused", {
          detail: `${counts.badLines} of ${counts.lines} lines are bad; nothing was stored.`,
          errors: counts.firstBad,
          members: { errorCount: counts.badLines },
        });
      case "too-large":
        throw trafficProblem("traffic-too-large", {
          detail:
            `At most ${TRAFFIC_LINES_MAX} lines, and ${TRAFFIC_ROWS_MAX} visitors a minute, ` +
            "are taken at once; nothing was stored. Import the latest days alone.",
        });
      default:
        return why satisfies never;
    }
  }
  const { requests, added, addresses, firstMinute, lastMinute } = outcome.visits;
  const { lines, tooOld, inFuture, noRequests, badLines, firstBad } = counts;
  return {
    lines,
    requests,
    added,
    addresses,
    from: timeOf(firstMinute),
    until: timeOf(lastMinute),
    leftOut: { tooOld, inFuture, noRequests },
    badLines: { count: badLines, first: [...firstBad] },
  };
}

function timeOf(minute: number | null): string | null {
  return minute === null ? null : new Date(minute * 60_000).toISOString();
}

/** Without a body there is nothing to read, and without a type nobody reads it. */
function bodyOf(body: unknown): Readable {
  return body instanceof Readable ? body : Readable.from([]);
}
