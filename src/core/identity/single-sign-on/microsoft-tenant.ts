// Reads Microsoft's tenants as an operator types them, and makes their issuers.
import { MICROSOFT_AUTHORITY, MICROSOFT_SHARED_TENANTS } from "./provider.ts";

export type TenantOutcome =
  | { readonly ok: true; readonly tenant: string }
  | { readonly ok: false; readonly reason: string };

const ID_FORM = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const LABEL_FORM = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;
const DOMAIN_CHARACTERS_MAX = 253;

/** The tenant to which Microsoft counts everybody's personal account. */
export const PERSONAL_TENANT = "9188040d-6c67-4c5b-b112-36a304b66dad";

const ACCEPTED =
  "A tenant is its id, as in 72f988bf-86f1-41af-91ab-2d7cd011db47, one of its domains, as in " +
  "example.onmicrosoft.com, or one of the words organizations (any work or school account) and " +
  "common (personal accounts too).";

/**
 * What stands in the issuer: `common`, `organizations`, an id or a domain, in lower case. Spaces
 * around are dropped.
 */
export function parseMicrosoftTenant(text: string): TenantOutcome {
  const tenant = trimmed(text);
  // People without a work account are nobody's employees: no organisation takes them off again.
  if (tenant === "consumers" || tenant === PERSONAL_TENANT) {
    return refused(
      "That tenant has personal accounts only, which anybody can make. Name your own tenant, or " +
        "write common to let personal accounts in beside those of work and school.",
    );
  }
  if (isShared(tenant) || ID_FORM.test(tenant)) return { ok: true, tenant };
  const labels = tenant.split(".");
  const isDomain =
    tenant.length <= DOMAIN_CHARACTERS_MAX &&
    labels.length > 1 &&
    labels.every((label) => LABEL_FORM.test(label)) &&
    /[a-z]/.test(labels.at(-1) ?? "");
  return isDomain ? { ok: true, tenant } : refused(ACCEPTED);
}

/** One of those who are let in. By id only: a token says no domain, and a domain can move. */
export function parseMicrosoftTenantId(text: string): TenantOutcome {
  const tenant = trimmed(text);
  if (ID_FORM.test(tenant)) return { ok: true, tenant };
  return refused(
    "Tenants that are let in are named by their id, as in 72f988bf-86f1-41af-91ab-2d7cd011db47; " +
      "Microsoft Entra shows it as “Tenant ID”.",
  );
}

/** @param tenant as `parseMicrosoftTenant` gives it, or the `tid` of a token */
export function issuerOfTenant(tenant: string): string {
  return `${MICROSOFT_AUTHORITY}/${tenant}/v2.0`;
}

function trimmed(text: string): string {
  const bare = text.replaceAll(/^ +| +$/g, "");
  // Beyond ASCII the case stays: the Kelvin sign would become a k.
  return /^[\x20-\x7e]*$/.test(bare) ? bare.toLowerCase() : bare;
}

function isShared(tenant: string): boolean {
  return MICROSOFT_SHARED_TENANTS.some((shared) => shared === tenant);
}

function refused(reason: string): TenantOutcome {
  return { ok: false, reason };
}
