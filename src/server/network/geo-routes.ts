// The API's routes for the country database and for the address test box.

import { Type } from "typebox";
import { problemResponses } from "../../api/problem-api.ts";
import type { FastifyApp } from "../../platform/http/create-fastify.ts";
import { describePrincipal } from "../accounts/index.ts";
import type { Accounts } from "../accounts/index.ts";
import type { CountryStatus } from "./country-source.ts";
import type { Network } from "./create-network.ts";
import { timeText } from "./network-answers.ts";
import { networkProblem } from "./network-problem.ts";

const nullable = { text: Type.Union([Type.String(), Type.Null()]) };

const GeoStatusSchema = Type.Object({
  origin: nullable.text,
  path: nullable.text,
  databaseType: nullable.text,
  buildDate: nullable.text,
  ageDays: Type.Union([Type.Integer(), Type.Null()]),
  isStale: Type.Boolean({ description: "Missing, or older than 60 days" }),
  countryCount: Type.Integer(),
  ipv4RangeCount: Type.Integer(),
  ipv6RangeCount: Type.Integer(),
  lastRefusal: nullable.text,
});

const STALE_DAYS = 60;
const DAY_MS = 86_400_000;

export function registerGeoRoutes(
  app: FastifyApp,
  { network, accounts }: { readonly network: Network; readonly accounts: Accounts },
): void {
  const tags = ["country database"];
  const toAnswer = () => describeCountries(network.countries.status(), network.clock.nowMs());

  app.get(
    "/api/v1/geo",
    {
      onRequest: accounts.requireScope("policy:read"),
      schema: {
        tags,
        summary: "Which country database is in use, and how old it is",
        response: { 200: GeoStatusSchema, ...problemResponses(401, 403) },
      },
    },
    async () => toAnswer(),
  );

  app.post(
    "/api/v1/geo/update",
    {
      onRequest: accounts.requireScope("policy:write"),
      schema: {
        tags,
        summary: "Check a newer country database and swap it in; a bad one changes nothing",
        body: Type.Object(
          {
            url: Type.Optional(
              Type.String({
                minLength: 8,
                maxLength: 2048,
                pattern: "^https?://",
                description:
                  "an address that begins with http:// or https://, from the host's shell only; " +
                  "a token fetches COUNTRY_DATABASE_URL",
              }),
            ),
            file: Type.Optional(
              Type.String({
                minLength: 1,
                maxLength: 4096,
                description: "Absolute path on the host (from the host's shell only)",
              }),
            ),
          },
          { additionalProperties: false },
        ),
        response: { 200: GeoStatusSchema, ...problemResponses(400, 401, 403, 422) },
      },
    },
    async (request) => {
      const { url = null, file } = request.body;
      // From elsewhere a free address would make this a probe of the networks behind us.
      if (file !== undefined || url !== null) await accounts.requireHostShell(request);
      const refusal =
        file === undefined
          ? await network.countries.fetch(url)
          : await network.countries.takeFile(file);
      if (refusal !== null) {
        const detail = `${refusal}. The database before stays in use.`;
        throw networkProblem("country-database-refused", { detail });
      }
      const answer = toAnswer();
      const actor = describePrincipal(accounts.principalOf(request));
      await recordCountryChange(network, actor, answer);
      return answer;
    },
  );
}

/** Afterwards: the database is a file, which no transaction holds. */
async function recordCountryChange(
  network: Network,
  actor: string,
  { buildDate, databaseType, origin }: ReturnType<typeof describeCountries>,
): Promise<void> {
  await network.database.transaction((trx) =>
    network.recordEvent(trx, {
      kind: "country-database-changed",
      atMs: network.clock.nowMs(),
      owner: "platform",
      range: null,
      reason: null,
      actor,
      detail: { buildDate, databaseType, origin },
    }),
  );
}

export function describeCountries(status: CountryStatus, nowMs: number) {
  const { inUse, lastRefusal } = status;
  const ageDays =
    inUse === null ? null : Math.max(0, Math.floor((nowMs - inUse.info.buildDateMs) / DAY_MS));
  return {
    origin: inUse?.origin ?? null,
    path: inUse?.info.path ?? null,
    databaseType: inUse?.info.databaseType ?? null,
    buildDate: inUse === null ? null : timeText(inUse.info.buildDateMs),
    ageDays,
    isStale: ageDays === null || ageDays > STALE_DAYS,
    countryCount: inUse?.info.countryCount ?? 0,
    ipv4RangeCount: inUse?.info.ipv4RangeCount ?? 0,
    ipv6RangeCount: inUse?.info.ipv6RangeCount ?? 0,
    lastRefusal,
  };
}
