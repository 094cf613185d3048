// Microsoft's issuers: one for each tenant, and a template where many tenants share an address.

const AUTHORITY = "https://login.microsoftonline.com";
const GUID = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}";
const IS_GUID = new RegExp(`^${GUID}$`, "i");
const IS_TENANT_ISSUER = new RegExp(`^${AUTHORITY}/${GUID}/v2\\.0$`, "i");
const TEMPLATE = `${AUTHORITY}/{tenantid}/v2.0`;

export function isMicrosoft(issuer: string): boolean {
  return issuer.startsWith(`${AUTHORITY}/`);
}

/** Metadata for `common` and `organizations` name a template, not an issuer. */
export function isTemplate(issuer: string): boolean {
  return issuer === TEMPLATE;
}

export function isTenantId(value: unknown): value is string {
  return typeof value === "string" && IS_GUID.test(value);
}

export function isTenantIssuer(issuer: string): boolean {
  return IS_TENANT_ISSUER.test(issuer);
}

export function issuerOfTenant(tenantId: string): string {
  return `${AUTHORITY}/${tenantId}/v2.0`;
}

/**
 * Whether metadata may name `named` when `configured` was asked for. Equal, but for a slash at the
 * end of a bare host (Discovery 1.0, section 4.3); at Microsoft a shared address names the
 * template, and a domain the issuer of its tenant.
 */
export function isIssuerOf(named: string, configured: string): boolean {
  // Character by character, as tokens are compared with it; URL would take HTTPS://ID.EXAMPLE:443.
  if (!isMicrosoft(configured)) return withoutSlash(named) === withoutSlash(configured);
  const tenant = configured.split("/")[3] ?? "";
  if (IS_GUID.test(tenant)) return named.toLowerCase() === configured.toLowerCase();
  return tenant.includes(".") ? isTenantIssuer(named) : isTemplate(named);
}

function withoutSlash(issuer: string): string {
  return issuer.replace(/\/$/, "");
}
