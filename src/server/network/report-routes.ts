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
import type { OffenceReport } from "./report-offence.ts";
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
      const outcomes = reports.flatMap((report, index) =>
        countReport(network, report, addresses[index]!),
      );
      await Promise.all(outcomes.map((outcome) => outcome.stored));
      return {
        counted: outcomes.filter((outcome) => outcome.notCounted === null).length,
        notCounted: outcomes.filter((outcome) => outcome.notCounted !== null).length,
        banned: bannedAddresses(outcomes),
      };
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

function countReport(
  network: Network,
  report: Report,
  address: Address,
): readonly (OffenceReport & { readonly address: string })[] {
  const attempt =
    report.fingerprint === undefined ? null : `${report.user ?? ""}\n${report.fingerprint}`;
  const times = attempt === null ? (report.count ?? 1) : 1;
  return Array.from({ length: times }, () => ({
    ...network.reportOffence({ address, kind: "reported", attempt, surface: "sign-in" }),
    address: report.address,
  }));
}

function bannedAddresses(
  outcomes: readonly (OffenceReport & { readonly address: string })[],
): string[] {
  const banned = outcomes.filter((outcome) => outcome.change?.kind === "ban");
  return [...new Set(banned.map((outcome) => outcome.address))];
}
