// Access log checks: the import, what denied countries would have meant, and that it holds.

import assert from "node:assert/strict";
import type { PreviewAnswer } from "../../src/api/preview-api.ts";
import type { TrafficImportAnswer } from "../../src/api/traffic-api.ts";
import { COUNTRIES } from "./access-log-world.ts";
import type { AccessLogWorld, LoggedVisitor } from "./access-log-world.ts";

/** Each begins where the one before it left off. */
export type AccessLogCheck = {
  readonly name: string;
  /** Says what was seen; throws when it is not what must be. */
  readonly run: (world: AccessLogWorld) => Promise<string>;
};

const DENIED: readonly string[] = ["BR", "IN", "VN"] satisfies (typeof COUNTRIES)[number][];
const COUNTRY_RULE = {
  mode: "enforce",
  defaultAction: "allow",
  countries: Object.fromEntries(DENIED.map((code) => [code, "deny"])),
  unknown: "allow",
  private: "allow",
} as const;
/** Asked of the gate afterwards: every so manyth visitor. */
const ASKED_EVERY = 10;

export const ACCESS_LOG_CHECKS: readonly AccessLogCheck[] = [
  { name: "the log is imported by the command, packed and plain", run: importLog },
  { name: "the same log again adds nothing", run: importAgain },
  { name: "the preview says whom denied countries would have hit", run: previewCountries },
  { name: "the gate then decides as the preview said", run: decideForReal },
];

async function importLog(world: AccessLogWorld): Promise<string> {
  const routes = [
    { host: "*", pathPrefix: "/api", surface: "api", account: null },
    { host: "*", pathPrefix: "/audio", surface: "audio", account: null },
  ];
  await world.must("PUT", "/api/v1/policy/routes", { value: { routes } });
  const ran = await world.run("traffic", "import", ...world.files, "--json");
  assert.equal(ran.code, 0, ran.err);
  const answer = JSON.parse(ran.out) as TrafficImportAnswer;
  assert.equal(answer.requests, world.lines);
  assert.equal(answer.added, world.lines);
  assert.equal(answer.addresses, seen(world).length);
  assert.deepEqual(answer.badLines, { count: 0, first: [] });
  return `${answer.requests} requests of ${answer.addresses} addresses, from ${answer.from}`;
}

async function importAgain(world: AccessLogWorld): Promise<string> {
  const ran = await world.run("traffic", "import", ...world.files);
  assert.equal(ran.code, 0, ran.err);
  assert.match(ran.out, new RegExp(`^0 are new; ${world.lines} were known already\\.$`, "m"));
  return ran.out.trimEnd();
}

async function previewCountries(world: AccessLogWorld): Promise<string> {
  const hit = seen(world).filter(({ country }) => DENIED.includes(country));
  const requests = sumOf(hit);
  const sections = [{ section: "country", value: COUNTRY_RULE }];
  const changes = [{ kind: "network-policy", sections }];
  const body = { period: "7d", changes };
  const answer = (await world.must("POST", "/api/v1/previews", body)) as PreviewAnswer;
  const { differences } = answer;
  assert.equal(answer.requests, world.lines);
  assert.equal(answer.addresses, seen(world).length);
  assert.deepEqual(answer.notes, [{ code: "imported-visits", requests: world.lines }]);
  const counts = { requests, addresses: hit.length };
  assert.deepEqual(differences.verdicts, [{ before: "pass", after: "refuse", ...counts }]);
  const byCountry = DENIED.map((country) => {
    const visitors = hit.filter((visitor) => visitor.country === country);
    return { country, requests: sumOf(visitors), addresses: visitors.length };
  });
  const told = differences.countries.toSorted((a, b) => (a.country < b.country ? -1 : 1));
  assert.deepEqual(told, byCountry);
  const lines = byCountry.map((row) => `${row.country} ${row.requests} of ${row.addresses}`);
  const [whole, all] = [world.lines, seen(world).length];
  return (
    `if you had denied ${DENIED.join(", ")} in the last seven days, ${requests} of ${whole} ` +
    `requests would have been refused,\nof ${hit.length} of ${all} visitors ` +
    `(${lines.join(", ")})`
  );
}

async function decideForReal(world: AccessLogWorld): Promise<string> {
  await world.must("PUT", "/api/v1/policy/country", { value: COUNTRY_RULE });
  const asked = seen(world).filter((_, index) => index % ASKED_EVERY === 0);
  let refused = 0;
  for (const { address, country } of asked) {
    const status = await world.visit(address);
    assert.equal(status, DENIED.includes(country) ? 403 : 200, `${address} of ${country}`);
    if (status === 403) refused += 1;
  }
  assert.ok(refused > 10 && refused < asked.length - 10, `${refused} of ${asked.length}`);
  return `${refused} of ${asked.length} visitors are refused, each of them as foretold`;
}

/** Those that stand in the log at all. */
function seen(world: AccessLogWorld): readonly LoggedVisitor[] {
  return world.visitors.filter(({ requests }) => requests > 0);
}

function sumOf(visitors: readonly LoggedVisitor[]): number {
  return visitors.reduce((sum, { requests }) => sum + requests, 0);
}
