// The API's route by which other systems report failed authentications.

import { REPORTS_MAX, ReportsAnswerSchema, ReportsSchema } from "../../api/report-api.ts";
import type { Report } from "../../api/report-api.ts";
import { problemResponses } from "../../api/problem-api.ts";
import { trimBlanks } from "../../core/network/address-characters.ts";
import { parseAddress } from "../../core/network/address.ts";
import type { Address } from "../../core/network/address.ts";
import type { FastifyApp } from "../../platform/http/create-fastify.ts";
import { Problem } from "../../platform/problem/problem.ts";
import type { Accounts } from "../accounts/index.ts";
import type { Network } from "./create-network.ts";
import { waitUntilStored } from "./wait-until-stored.ts";
import { readRule } from "./edit-entries.ts";

export function registerReportRoutes(
  app: FastifyApp,
  { network, accounts }: { readonly network: Network; readonly accounts: Accounts },
): void {
  app.post(
    "/api/v1/reports",
    {
      onRequest: accounts.requireScope("reports:write"),
      schema: {
        tags: ["reports"],
        summary: `Report failed authentications: one, or up to ${REPORTS_MAX} at once`,
        body: ReportsSchema,
        response: { 200: ReportsAnswerSchema, ...problemResponses(400, 401, 403) },
      },
    },
    async (request) => {
      const { body } = request;
      const reports: readonly Report[] = "reports" in body ? body.reports : [body];
      // All addresses are read before the first offence counts: a bad batch changes nothing.
      const addresses = readAddresses(reports);
      const tally = await countReports(network, reports, addresses);
      return { ...tally, banned: [...new Set(tally.banned)] };
    },
  );
}

function readAddresses(reports: readonly Report[]): readonly Address[] {
  const addresses = reports.map(({ address }) => parseAddress(trimBlanks(address)));
  const errors = reports.flatMap(({ address }, index) =>
    addresses[index] === null
      ? [{ path: `/reports/${index}/address`, message: describeAddress(address) }]
      : [],
  );
  if (errors.length > 0) {
    const detail = `${errors.length} of ${reports.length} addresses cannot be read; none counted.`;
    throw new Problem("address-refused", 400, { detail, errors: errors.slice(0, 20) });
  }
  return addresses.filter((address) => address !== null);
}

function describeAddress(text: string): string {
  try {
    readRule(text);
    return "Give one address, not a range.";
  } catch (error) {
    return error instanceof Problem ? error.detail : "Give one IPv4 or IPv6 address.";
  }
}

type Tally = { counted: number; notCounted: number; readonly banned: string[] };

/** Other requests are answered between slices of a large batch. */
const OFFENCES_PER_SLICE = 1000;

async function countReports(
  network: Network,
  reports: readonly Report[],
  addresses: readonly Address[],
): Promise<Tally> {
  const tally: Tally = { counted: 0, notCounted: 0, banned: [] };
  const stored: Promise<void>[] = [];
  let inSlice = 0;
  for (const [index, report] of reports.entries()) {
    inSlice += timesOf(report);
    if (inSlice > OFFENCES_PER_SLICE) {
      inSlice = timesOf(report);
      await new Promise((resolve) => setImmediate(resolve));
    }
    const ban = countReport(network, { report, address: addresses[index]!, tally });
    if (ban !== null) stored.push(ban);
  }
  // Bans hold in memory already; a store that is away must not keep the reporter waiting.
  await waitUntilStored(Promise.all(stored).then(() => undefined));
  return tally;
}

function timesOf(report: Report): number {
  return report.fingerprint === undefined ? (report.count ?? 1) : 1;
}

/** When a ban was made: resolves once it is stored. What follows a ban need not be counted. */
function countReport(
  network: Network,
  at: { readonly report: Report; readonly address: Address; readonly tally: Tally },
): Promise<void> | null {
  const { report, address, tally } = at;
  const { fingerprint, user } = report;
  const attempt = fingerprint === undefined ? null : `${user ?? ""}\n${fingerprint}`;
  for (let time = 0; time < timesOf(report); time += 1) {
    const outcome = network.reportOffence({
      address,
      kind: "reported",
      attempt,
      surface: "sign-in",
    });
    if (outcome.notCounted === null) tally.counted += 1;
    else tally.notCounted += 1;
    if (outcome.change?.kind !== "ban") continue;
    tally.banned.push(report.address);
    return outcome.stored;
  }
  return null;
}
