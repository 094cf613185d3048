// Changes one section of the rules of sign-ins: checked whole, stored with its version.
import type { Transaction } from "kysely";
import { IDENTITY_SECTION_SCHEMAS } from "../../../api/identity-policy-api.ts";
import type { AccountId } from "../../../core/accounts/account.ts";
import type { IdentitySection } from "../../../core/identity/identity-policy.ts";
import type { Clock } from "../../../platform/clock.ts";
import type { Database } from "../../../platform/database/database.ts";
import { createSchemaCheck } from "../../../platform/http/schema-compiler.ts";
import { recordRevision } from "../../journal/index.ts";
import type { ChangeContext, PolicyChanges, PreparedChange } from "../../journal/index.ts";
import type { Schema } from "../../migrations/schema.ts";
import type { IdentityEvent } from "../identity-parts.ts";
import { distrustRuledBrowsers } from "./distrust-ruled-browsers.ts";
import { identityPolicyProblem } from "./identity-policy-problem.ts";
import { readIdentitySection, saveIdentitySection } from "./identity-policy-store.ts";
import type { IdentitySectionValue, StoredIdentitySection } from "./identity-policy-store.ts";

export type EditIdentityPolicyParts = {
  readonly database: Database<Schema>;
  readonly clock: Clock;
  readonly recordEvent: (trx: Transaction<Schema>, event: IdentityEvent) => Promise<void>;
  /** Null: it concerns everybody's sessions. */
  readonly recordUserChange: (
    trx: Transaction<Schema>,
    userId: string | null,
    nowMs: number,
  ) => Promise<void>;
  /** Resolves when this node goes by what is committed. */
  readonly followUserChanges: () => Promise<void>;
  readonly changes: PolicyChanges;
};

export type IdentityPolicyEdit = {
  /** Null: the platform's own rules. */
  readonly account: { readonly id: AccountId; readonly code: string } | null;
  readonly section: IdentitySection;
  readonly value: unknown;
  /** The version that was read; null to write over whatever stands there. */
  readonly version: number | null;
};

type Making = { readonly context: ChangeContext; readonly overrode: string | null };

const SECTION_CHECKS = {
  "user-authentication": createSchemaCheck(
    IDENTITY_SECTION_SCHEMAS["user-authentication"],
    "The rule",
  ),
  "two-factor": createSchemaCheck(IDENTITY_SECTION_SCHEMAS["two-factor"], "The rule"),
  "single-sign-on": createSchemaCheck(IDENTITY_SECTION_SCHEMAS["single-sign-on"], "The rule"),
  "log-out": createSchemaCheck(IDENTITY_SECTION_SCHEMAS["log-out"], "The rule"),
} as const;

/**
 * Holds when it returns, for open sessions too. Throws `policy-refused`, `policy-moved-on`, and
 * what the guard throws.
 */
export async function editIdentityPolicy(
  parts: EditIdentityPolicyParts,
  { context, ...edit }: IdentityPolicyEdit & { readonly context: ChangeContext },
): Promise<StoredIdentitySection> {
  const { section, account } = edit;
  const value = checkSectionValue(section, edit.value);
  const change = { kind: "identity-policy", section, value } as const;
  await parts.changes.make({
    changes: [account === null ? change : { ...change, account: account.code }],
    context,
    prepare: (overrode) => [prepareIdentityEdit(parts, { ...edit, value }, { context, overrode })],
  });
  return readIdentitySection(parts.database.kysely, account?.id ?? "platform", section);
}

/** Of a value that was checked. Storing throws `policy-moved-on`. */
export function prepareIdentityEdit(
  parts: EditIdentityPolicyParts,
  edit: IdentityPolicyEdit & { readonly value: IdentitySectionValue },
  making: Making,
): PreparedChange {
  return {
    store: (trx) => storeEdit(parts, trx, { ...edit, ...making }),
    follow: () => parts.followUserChanges(),
  };
}

async function storeEdit(
  parts: EditIdentityPolicyParts,
  trx: Transaction<Schema>,
  edit: IdentityPolicyEdit & Making & { readonly value: IdentitySectionValue },
): Promise<void> {
  const { section, value, context, overrode } = edit;
  const owner = edit.account?.id ?? "platform";
  const account = edit.account?.code ?? null;
  const atMs = parts.clock.nowMs();
  const before = await readIdentitySection(trx, owner, section);
  if (edit.version !== null && edit.version !== before.version) {
    throw identityPolicyProblem("policy-moved-on");
  }
  const change = { owner, section, value, changedBy: context.actor, nowMs: atMs };
  const isSaved = await saveIdentitySection(trx, change, before.version);
  if (!isSaved) throw identityPolicyProblem("policy-moved-on");
  const values = { before: before.value, after: value };
  const distrustedBrowsers = await distrustRuledBrowsers(trx, { owner, section, ...values });
  const revision = { context, atMs, subject: section, owner, account, overrode, ...values };
  await recordRevision(trx, revision);
  await parts.recordEvent(trx, {
    kind: "identity-policy-changed",
    atMs,
    userId: null,
    actor: context.actor,
    account,
    reason: section,
    detail: {
      version: before.version + 1,
      ...describeChange(before.value, value),
      ...(distrustedBrowsers === 0 ? {} : { distrustedBrowsers }),
      ...(overrode === null ? {} : { overrode }),
    },
  });
  await parts.recordUserChange(trx, null, atMs);
}

/** Throws `policy-refused`, with the fields that are not accepted and what would be. */
export function checkSectionValue(section: IdentitySection, sent: unknown): IdentitySectionValue {
  const checked = SECTION_CHECKS[section](sent);
  if (checked.ok) return checked.value;
  const faults = (checked.problem.extra.errors ?? []).filter((error) => "path" in error);
  throw identityPolicyProblem("policy-refused", {
    detail: `${faults.map(({ path, message }) => `${nameOf(path)} ${message}`).join("; ")}.`,
    errors: faults.map(({ path, message }) => ({ path: `/value${path}`, message })),
  });
}

function nameOf(path: string): string {
  return path === "" ? "The value" : path.slice(1).replaceAll("/", ".");
}

type Scalar = string | number | boolean | null;

/** Only what changed, by its dotted name: `before.expiry.days`, `after.expiry.days`. */
function describeChange(
  before: IdentitySectionValue,
  after: IdentitySectionValue,
): Record<string, Scalar> {
  const old = flatten(before);
  const detail: Record<string, Scalar> = {};
  for (const [name, value] of flatten(after)) {
    if (old.get(name) === value) continue;
    detail[`before.${name}`] = old.get(name) ?? null;
    detail[`after.${name}`] = value;
  }
  return detail;
}

function flatten(value: IdentitySectionValue): ReadonlyMap<string, Scalar> {
  const flat = new Map<string, Scalar>();
  for (const [name, member] of Object.entries<Scalar | object>(value)) {
    if (typeof member !== "object" || member === null) flat.set(name, member);
    else {
      for (const [inner, scalar] of Object.entries(member)) flat.set(`${name}.${inner}`, scalar);
    }
  }
  return flat;
}
