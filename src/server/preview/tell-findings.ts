// Words what a preview found as the API tells it: notes on what it cannot know, names of users.

import type { PreviewAnswer, PreviewNote, PreviewPeriod } from "../../api/preview-api.ts";
import type { CandidateChange } from "../../core/preview/candidate.ts";
import type { PreviewFindings } from "../../core/preview/preview-findings.ts";
import type { PolicySection } from "../../core/network/network-policy.ts";
import type { Network } from "../network/index.ts";
import { PREVIEW_PERIOD_MS } from "./preview-period-ms.ts";

type Told = {
  readonly period: PreviewPeriod;
  readonly fromMs: number;
  readonly untilMs: number;
  readonly changes: readonly CandidateChange[];
  readonly isOperator: boolean;
  /** Some of the rules that are judged by wait to be confirmed. */
  readonly areRulesWaiting: boolean;
};

export async function tellFindings(
  network: Network,
  told: Told,
  findings: PreviewFindings,
): Promise<Omit<PreviewAnswer, "effects" | "lockout">> {
  const { requests, addresses, differences } = findings;
  const userIds = new Set(differences.examples.flatMap((example) => example.userIds));
  const people = await namePeople(network, [...userIds]);
  return {
    period: told.period,
    from: new Date(told.fromMs).toISOString(),
    until: new Date(told.untilMs).toISOString(),
    requests,
    addresses,
    notes: notesOn(told, findings),
    differences: {
      ...differences,
      verdicts: [...differences.verdicts],
      reasons: [...differences.reasons],
      surfaces: [...differences.surfaces],
      accounts: [...differences.accounts],
      countries: [...differences.countries],
      examples: differences.examples.map(({ lastAtMs, userIds: ids, ...example }) =>
        Object.assign(example, {
          // Spread over its minute, which may not be over yet.
          lastAt: new Date(Math.min(lastAtMs, told.untilMs)).toISOString(),
          users: ids.flatMap((id) => people.get(id) ?? []),
        }),
      ),
    },
  };
}

function notesOn(told: Told, found: PreviewFindings): PreviewAnswer["notes"] {
  const sections = new Set<PolicySection>();
  for (const change of told.changes) {
    if (change.kind !== "network-policy") continue;
    for (const { section } of change.sections) sections.add(section);
  }
  const isCut = told.untilMs - told.fromMs < PREVIEW_PERIOD_MS[told.period];
  const notes: readonly (readonly [PreviewNote, boolean, number])[] = [
    ["limits-by-minute", found.replayed > 0, found.replayed],
    ["plays-as-requests", found.playsAssumed > 0, found.playsAssumed],
    // Whose they are is not known: how many there are is the operators' to see.
    ["visitors-not-recorded", found.notRecorded > 0, told.isOperator ? found.notRecorded : 0],
    ["imported-visits", found.imported > 0, found.imported],
    ["routes-not-recorded", sections.has("routes"), found.requests],
    ["offences-not-replayed", sections.has("failed-authentication"), 0],
    ["period-cut", isCut, 0],
    ["rules-unconfirmed", told.areRulesWaiting, 0],
  ];
  return notes.flatMap(([code, isTrue, requests]) => (isTrue ? [{ code, requests }] : []));
}

type Person = PreviewAnswer["differences"]["examples"][number]["users"][number];

async function namePeople(
  { database }: Network,
  userIds: readonly string[],
): Promise<ReadonlyMap<string, Person>> {
  if (userIds.length === 0) return new Map();
  const rows = await database.kysely
    .selectFrom("accounts_user")
    .select(["id", "name", "email"])
    .where("id", "in", [...userIds])
    .execute();
  return new Map(rows.map((row) => [row.id, row]));
}

/** Of changes that are none of the network rules. */
export function nothingFound(): PreviewFindings {
  return {
    replayed: 0,
    playsAssumed: 0,
    requests: 0,
    addresses: 0,
    notRecorded: 0,
    imported: 0,
    differences: {
      requests: 0,
      addresses: 0,
      users: 0,
      verdicts: [],
      reasons: [],
      surfaces: [],
      accounts: [],
      countries: [],
      examples: [],
    },
  };
}
