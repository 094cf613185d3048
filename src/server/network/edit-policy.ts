// Changes one section of a policy: checked whole, stored with its version, in force on return.

import type { PolicyOwner } from "../../core/accounts/account.ts";
import { checkBanRule, checkRateLimits, checkRoutes } from "../../core/network/check-policy.ts";
import type { PolicyFault } from "../../core/network/check-policy.ts";
import type {
  BanRule,
  PolicySection,
  RateLimitsRule,
  RoutesRule,
} from "../../core/network/network-policy.ts";
import { LIMITED_SURFACES, PLATFORM_SECTIONS } from "../../core/network/network-policy.ts";
import type { Transaction } from "kysely";
import type { ProposedChange } from "../../api/proposed-change-api.ts";
import { SECTION_SCHEMAS } from "../../api/policy-api.ts";
import { createSchemaCheck } from "../../platform/http/schema-compiler.ts";
import { recordRevision } from "../journal/index.ts";
import type { ChangeContext, PreparedChange } from "../journal/index.ts";
import { recordChanges } from "./change-feed.ts";
import type { Network } from "./create-network.ts";
import { accountOf } from "./account-of.ts";
import { networkProblem } from "./network-problem.ts";
import { hasSection, readSection, saveSection } from "./policy-store.ts";
import type { StoredSection } from "./policy-store.ts";
import type { Schema } from "../migrations/schema.ts";

type Writing = Transaction<Schema>;

const SECTION_CHECKS = mapSections((section) =>
  createSchemaCheck(SECTION_SCHEMAS[section], "The rule"),
);

function mapSections<T>(make: (section: PolicySection) => T): Readonly<Record<PolicySection, T>> {
  const made = PLATFORM_SECTIONS.map((section) => [section, make(section)] as const);
  return Object.fromEntries(made) as Record<PolicySection, T>;
}

export type PolicyEdit = {
  readonly owner: PolicyOwner;
  readonly section: PolicySection;
  readonly value: unknown;
  /** The version that was read; null to write over whatever stands there. */
  readonly version: number | null;
};

/** Throws `section-unknown`, `policy-refused`, `policy-moved-on`, and what the guard throws. */
export async function editPolicy(
  network: Network,
  { context, ...edit }: PolicyEdit & { readonly context: ChangeContext },
): Promise<StoredSection> {
  const [stored] = await editPolicies(network, [edit], context);
  return stored!;
}

/**
 * All of them in one step, or none: a page with several sections is never saved by halves. Of
 * several the refusal's paths begin with `/sections/<index>`. Throws as `editPolicy`.
 */
export async function editPolicies(
  network: Network,
  edits: readonly PolicyEdit[],
  context: ChangeContext,
): Promise<readonly StoredSection[]> {
  checkPolicyEdits(network, edits);
  await network.changes.make({
    changes: toProposed(network, edits),
    context,
    prepare: (overrode) => [preparePolicyEdits(network, edits, { context, overrode })],
  });
  const read = network.database.kysely;
  return Promise.all(edits.map(({ owner, section }) => readSection(read, owner, section)));
}

/** Throws `section-unknown`, `policy-refused`. */
export function checkPolicyEdits(network: Network, edits: readonly PolicyEdit[]): void {
  if (!edits.every(({ owner, section }) => hasSection(owner, section))) {
    throw networkProblem("section-unknown");
  }
  refuseFaults(network, edits);
}

type Making = { readonly context: ChangeContext; readonly overrode: string | null };

/** Of edits that were checked. Storing throws `policy-moved-on`. */
export function preparePolicyEdits(
  network: Network,
  edits: readonly PolicyEdit[],
  making: Making,
): PreparedChange {
  return {
    store: async (trx) => {
      const nowMs = network.clock.nowMs();
      for (const edit of edits) await storeEdit(network, { trx, edit, nowMs, ...making });
      const owners = [...new Set(edits.map(({ owner }) => owner))];
      const deltas = owners.map((owner) => ({ kind: "policy", owner }) as const);
      await recordChanges(trx, deltas, nowMs);
    },
    follow: () => network.follower.follow(),
  };
}

function toProposed(network: Network, edits: readonly PolicyEdit[]): readonly ProposedChange[] {
  return [...new Set(edits.map(({ owner }) => owner))].map((owner) => {
    const sections = edits
      .filter((edit) => edit.owner === owner)
      .map(({ section, value }) => ({ section, value }));
    return Object.assign({ kind: "network-policy" as const, sections }, accountOf(network, owner));
  });
}

async function storeEdit(
  network: Network,
  {
    trx,
    edit,
    nowMs,
    context,
    overrode,
  }: Making & { readonly trx: Writing; readonly edit: PolicyEdit; readonly nowMs: number },
): Promise<void> {
  const { owner, section, value } = edit;
  const before = await readSection(trx, owner, section);
  const version = await saveSection(trx, { ...edit, changedBy: context.actor, nowMs });
  if (version === null) throw networkProblem("policy-moved-on", { members: { section } });
  const account = network.accountCodeOf(owner);
  const values = { before: before.value, after: value };
  const revision = { context, atMs: nowMs, subject: section, owner, account, overrode, ...values };
  await recordRevision(trx, revision);
  await network.recordEvent(trx, {
    kind: "policy-changed",
    atMs: nowMs,
    owner,
    range: null,
    reason: section,
    actor: context.actor,
    detail: { section, version, ...values, ...(overrode === null ? {} : { overrode }) },
  });
}

function refuseFaults(network: Network, edits: readonly PolicyEdit[]): void {
  const found = edits.flatMap(({ section, value }, index) =>
    findFaults(network, section, value).map(({ path, message }) => ({ path, message, index })),
  );
  if (found.length === 0) return;
  throw networkProblem("policy-refused", {
    detail: found.map(({ path, message }) => `${path.slice(1)} ${message}`.trim()).join("; "),
    errors: found.map(({ path, message, index }) => ({
      path: `${edits.length === 1 ? "" : `/sections/${index}`}/value${path}`,
      message,
    })),
  });
}

function findFaults(
  network: Network,
  section: PolicySection,
  value: unknown,
): readonly PolicyFault[] {
  const checked = SECTION_CHECKS[section](value);
  if (!checked.ok) return (checked.problem.extra.errors ?? []).filter((error) => "path" in error);
  // INVARIANT: what follows has passed the section's schema.
  switch (section) {
    case "rate-limits":
      return checkRateLimits(value as RateLimitsRule);
    case "ban":
      return checkBanRule(value as BanRule);
    case "routes":
      return [
        ...checkRoutes(value as RoutesRule),
        ...unknownAccounts(network, value as RoutesRule),
      ];
    default:
      return [];
  }
}

function unknownAccounts(network: Network, rule: RoutesRule): readonly PolicyFault[] {
  return rule.routes.flatMap(({ account }, index) =>
    account === null || network.state.accounts.has(account)
      ? []
      : [
          {
            path: `/routes/${index}/account`,
            message: `No account has the code ${JSON.stringify(account)}.`,
          },
        ],
  );
}

export type DisableOrder = {
  readonly owner: PolicyOwner;
  readonly section: Exclude<PolicySection, "ban" | "hard-limit" | "routes">;
  readonly context: ChangeContext;
};

/** The rule's mode becomes off, whatever its other values are. */
export async function disableRule(network: Network, order: DisableOrder): Promise<StoredSection> {
  const { owner, section } = order;
  if (!hasSection(owner, section)) throw networkProblem("section-unknown");
  const { value } = await readSection(network.database.kysely, owner, section);
  const off =
    section === "rate-limits"
      ? Object.fromEntries(
          LIMITED_SURFACES.map((surface) => [
            surface,
            { ...(value as RateLimitsRule)[surface], mode: "off" },
          ]),
        )
      : { ...(value as object), mode: "off" };
  return editPolicy(network, { ...order, value: off, version: null });
}
