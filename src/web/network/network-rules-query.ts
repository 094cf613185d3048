// Reads sections of the network rules of an owner, and saves those that differ in one step.
import { queryOptions } from "@tanstack/react-query";
import type { PlatformPolicy, PolicySection } from "../../core/network/network-policy.ts";
import { isSameValue } from "../../core/policy/is-same-value.ts";
import { answerOf, api } from "../api/api.ts";
import { saveForMinutes } from "../shell/lockout-dialog.tsx";

export type RulesOf<Section extends PolicySection> = {
  readonly [Name in Section]: PlatformPolicy[Name];
};

/** Sections that are edited on one page, as they were read together. */
export type RulesAnswer<Section extends PolicySection> = {
  readonly value: RulesOf<Section>;
  /** The sum of `versions`: it grows with each save of any of them. */
  readonly version: number;
  readonly versions: Readonly<Record<Section, number>>;
  /** Of the section that was saved last. */
  readonly changedAt: string | null;
  readonly changedBy: string | null;
};

export type RulesOwner<Section extends PolicySection> = {
  /** An account's code; null: the platform. */
  readonly account: string | null;
  readonly sections: readonly Section[];
};

type SectionAnswer = {
  readonly section: string;
  readonly value?: unknown;
  readonly version: number;
  readonly changedAt: string | null;
  readonly changedBy: string | null;
};

const ROOT = "network-rules";

/** Below it stand the queries of every page for this owner. */
export function rulesKey({ account, sections }: RulesOwner<PolicySection>) {
  return [ROOT, account, ...sections] as const;
}

function ownerQuery(account: string | null) {
  return account === null ? {} : { account };
}

export async function readRules<Section extends PolicySection>(
  owner: RulesOwner<Section>,
): Promise<RulesAnswer<Section>> {
  const params = { query: ownerQuery(owner.account) };
  const answer = await answerOf(api.GET("/api/v1/policy", { params }));
  return putTogether(owner.sections, answer.sections);
}

/** INVARIANT: `from` has every section of the page; the server holds each value to its schema. */
function putTogether<Section extends PolicySection>(
  sections: readonly Section[],
  from: readonly SectionAnswer[],
): RulesAnswer<Section> {
  const found = from.filter(({ section }) => (sections as readonly string[]).includes(section));
  const last = found.reduce<SectionAnswer | null>(
    (newest, one) => ((newest?.changedAt ?? "") >= (one.changedAt ?? "") ? (newest ?? one) : one),
    null,
  );
  return {
    value: byName(found, ({ value }) => value) as RulesOf<Section>,
    version: found.reduce((sum, { version }) => sum + version, 0),
    versions: byName(found, ({ version }) => version) as Record<Section, number>,
    changedAt: last?.changedAt ?? null,
    changedBy: last?.changedBy ?? null,
  };
}

function byName<T>(found: readonly SectionAnswer[], pick: (of: SectionAnswer) => T) {
  return Object.fromEntries(found.map((one) => [one.section, pick(one)]));
}

export function rulesQuery<Section extends PolicySection>(owner: RulesOwner<Section>) {
  return queryOptions({ queryKey: rulesKey(owner), queryFn: () => readRules(owner) });
}

export type RulesSavedOver<Section extends PolicySection> = {
  readonly replaced: RulesAnswer<Section>;
  /** After which it goes back unless it is confirmed; null: it stays. */
  readonly minutes: number | null;
};

/**
 * All of what differs from `replaced`, or nothing: refused with 412 when somebody saved one of
 * these sections after it was read.
 */
export async function saveRules<Section extends PolicySection>(
  owner: RulesOwner<Section>,
  value: RulesOf<Section>,
  { replaced, minutes }: RulesSavedOver<Section>,
): Promise<RulesAnswer<Section>> {
  const { account } = owner;
  const changed = owner.sections.filter(
    (section) => !isSameValue(value[section], replaced.value[section]),
  );
  const saves = changed.map((section) => ({
    section,
    value: value[section],
    version: replaced.versions[section],
  }));
  await putAll(account, saves, minutes);
  return readRules(owner);
}

type SectionSave = {
  readonly section: PolicySection;
  readonly value: unknown;
  readonly version: number;
};

async function putAll(
  account: string | null,
  saves: readonly SectionSave[],
  minutes: number | null,
): Promise<void> {
  const [only, ...others] = saves;
  if (only === undefined) return;
  if (others.length > 0) {
    const body = { ...ownerQuery(account), sections: [...saves] };
    await saveForMinutes(minutes, (query) =>
      answerOf(api.PUT("/api/v1/policy", { params: { query }, body })),
    );
    return;
  }
  const { section, value, version } = only;
  const body = { value, version };
  await saveForMinutes(minutes, (safety) => {
    const params = { path: { section }, query: { ...ownerQuery(account), ...safety } };
    return answerOf(api.PUT("/api/v1/policy/{section}", { params, body }));
  });
}
