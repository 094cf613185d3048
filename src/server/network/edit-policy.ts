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
import { SECTION_SCHEMAS } from "../../api/policy-api.ts";
import { createSchemaCheck } from "../../platform/http/schema-compiler.ts";
import { recordChanges } from "./change-feed.ts";
import type { Network } from "./create-network.ts";
import { networkProblem } from "./network-problem.ts";
import { hasSection, readSection, saveSection } from "./policy-store.ts";
import type { StoredSection } from "./policy-store.ts";

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
  readonly version: number | null;
  readonly changedBy: string;
};

/** Throws `section-unknown`, `policy-refused`, `policy-moved-on`. */
export async function editPolicy(network: Network, edit: PolicyEdit): Promise<StoredSection> {
  const { owner, section, value } = edit;
  if (!hasSection(owner, section)) throw networkProblem("section-unknown");
  const faults = findFaults(network, section, value);
  if (faults.length > 0) {
    throw networkProblem("policy-refused", {
      detail: faults.map(({ path, message }) => `${path.slice(1)} ${message}`.trim()).join("; "),
      errors: faults.map(({ path, message }) => ({ path: `/value${path}`, message })),
    });
  }
  const nowMs = network.clock.nowMs();
  await network.database.transaction(async (trx) => {
    const before = await readSection(trx, owner, section);
    const version = await saveSection(trx, { ...edit, nowMs });
    if (version === null) throw networkProblem("policy-moved-on");
    await recordChanges(trx, [{ kind: "policy", owner }], nowMs);
    await network.recordEvent(trx, {
      kind: "policy-changed",
      atMs: nowMs,
      owner,
      range: null,
      reason: section,
      actor: edit.changedBy,
      detail: { section, version, before: before.value, after: value },
    });
  });
  await network.follower.follow();
  return readSection(network.database.kysely, owner, section);
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

/** Break-glass: the rule's mode becomes off, whatever its other values are. */
export async function disableRule(
  network: Network,
  order: {
    readonly owner: PolicyOwner;
    readonly section: Exclude<PolicySection, "ban" | "hard-limit" | "routes">;
    readonly changedBy: string;
  },
): Promise<StoredSection> {
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
