// Says in the journal's words how a provider is set, and what a change made different.
import type { ProviderSettings } from "./provider-store.ts";

type Scalar = string | boolean | null;

export function describeNewSettings(settings: ProviderSettings): Record<string, Scalar> {
  return Object.fromEntries(flatten(settings));
}

/** Only what changed: `before.name`, `after.name`. Secrets are no part of the settings. */
export function describeSettingsChange(
  before: ProviderSettings,
  after: ProviderSettings,
): Record<string, Scalar> {
  const old = flatten(before);
  const detail: Record<string, Scalar> = {};
  for (const [name, value] of flatten(after)) {
    const was = old.get(name) ?? null;
    if (was === value) continue;
    detail[`before.${name}`] = was;
    detail[`after.${name}`] = value;
  }
  return detail;
}

function flatten(settings: ProviderSettings): ReadonlyMap<string, Scalar> {
  return new Map<string, Scalar>([
    ["kind", settings.kind],
    ["name", settings.name],
    ["issuer", settings.issuer],
    ["tenant", settings.tenant],
    ["tenants", settings.tenants.join(", ")],
    ["clientId", settings.clientId],
    ["factorAcrs", settings.factorAcrs.join(", ")],
    ["privateHosts", settings.privateHosts.join(", ")],
    ["signsOut", settings.signsOut],
    ["isEnabled", settings.isEnabled],
  ]);
}
