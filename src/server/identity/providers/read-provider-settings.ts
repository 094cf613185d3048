// Reads the settings of a provider as they were sent: what its kind has, in the form that is kept.
import type { ProviderPatch } from "../../../api/provider-api.ts";
import { issuerOfTenant } from "../../../core/identity/single-sign-on/microsoft-tenant.ts";
import {
  parseMicrosoftTenant,
  parseMicrosoftTenantId,
} from "../../../core/identity/single-sign-on/microsoft-tenant.ts";
import { parsePrivateHost } from "../../../core/identity/single-sign-on/private-host.ts";
import {
  GOOGLE_ISSUER,
  MICROSOFT_SHARED_TENANTS,
} from "../../../core/identity/single-sign-on/provider.ts";
import { readIssuer } from "../../../core/identity/single-sign-on/read-issuer.ts";
import type { InputError } from "../../../platform/problem/problem.ts";
import type { ProviderSettings } from "./provider-store.ts";

export type SentSettings = Omit<ProviderPatch, "version">;

export type ReadSettings =
  | { readonly ok: true; readonly settings: ProviderSettings }
  | { readonly ok: false; readonly errors: readonly InputError[] };

type Fault = (path: string, message: string) => void;

// RFC 6749, appendix A.1 and A.2; spaces at an end are what a copy took along.
const CREDENTIAL_FORM = /^[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?$/;
const ACR_FORM = /^[\x21-\x7e]+$/;
const ID_LENGTH = 36;

/** @param before what stands where nothing was sent; its kind says what is accepted */
export function readProviderSettings(sent: SentSettings, before: ProviderSettings): ReadSettings {
  const errors: InputError[] = [];
  const fault: Fault = (path, message) => void errors.push({ path, message });
  const privateHosts = readPrivateHosts(sent, before, fault);
  const settings = {
    kind: before.kind,
    name: sent.name ?? before.name,
    clientId: sent.clientId ?? before.clientId,
    factorAcrs: [...new Set(sent.factorAcrs ?? before.factorAcrs)],
    signsOut: sent.signsOut ?? before.signsOut,
    isEnabled: sent.isEnabled ?? before.isEnabled,
    privateHosts,
    ...readPlace(sent, { ...before, privateHosts }, fault),
  };
  checkTexts(settings, sent.clientSecret, fault);
  return errors.length === 0 ? { ok: true, settings } : { ok: false, errors };
}

type Place = Pick<ProviderSettings, "issuer" | "tenant" | "tenants">;

/** Whose tokens are believed. */
function readPlace(sent: SentSettings, before: ProviderSettings, fault: Fault): Place {
  const { kind } = before;
  if (kind !== "oidc" && sent.issuer !== undefined) {
    fault("/issuer", `Only providers of the kind oidc have one to enter; leave it out of ${kind}.`);
  }
  if (kind !== "microsoft") refuseTenants(sent, kind, fault);
  switch (kind) {
    case "google":
      return { issuer: GOOGLE_ISSUER, tenant: null, tenants: [] };
    case "microsoft":
      return readTenants(sent, before, fault);
    case "oidc":
      return { issuer: readOwnIssuer(sent, before, fault), tenant: null, tenants: [] };
    default:
      return kind satisfies never;
  }
}

function refuseTenants(sent: SentSettings, kind: string, fault: Fault): void {
  const message = `Only providers of the kind microsoft have tenants; leave it out of ${kind}.`;
  if (sent.tenant !== undefined) fault("/tenant", message);
  if (sent.tenants !== undefined && sent.tenants.length > 0) fault("/tenants", message);
}

function readTenants(sent: SentSettings, before: ProviderSettings, fault: Fault): Place {
  const read = parseMicrosoftTenant(sent.tenant ?? before.tenant ?? "");
  if (!read.ok) fault("/tenant", read.reason);
  const tenants = (sent.tenants ?? before.tenants).map((text, index) => {
    const id = parseMicrosoftTenantId(text);
    if (!id.ok) fault(`/tenants/${index}`, id.reason);
    return id.ok ? id.tenant : text;
  });
  const tenant = read.ok ? read.tenant : "";
  const isOne = tenant.length === ID_LENGTH && !tenant.includes(".");
  if (isOne && tenants.length > 0 && !tenants.includes(tenant)) {
    fault("/tenants", "Nobody could sign in: the one tenant is not among those let in; empty it.");
  }
  return { issuer: issuerOfTenant(tenant), tenant, tenants: [...new Set(tenants)] };
}

function readOwnIssuer(sent: SentSettings, before: ProviderSettings, fault: Fault): string {
  const read = readIssuer(sent.issuer ?? before.issuer);
  if (!read.ok) {
    fault("/issuer", read.reason);
    return "";
  }
  if (read.needsPrivate && !before.privateHosts.includes(read.host)) {
    fault(
      "/issuer",
      "An issuer begins with https:// and is in the public network, unless an operator has " +
        `allowed its host, ${read.host}, among the private hosts.`,
    );
  }
  return read.issuer;
}

function readPrivateHosts(
  sent: SentSettings,
  before: ProviderSettings,
  fault: Fault,
): readonly string[] {
  const hosts = (sent.privateHosts ?? before.privateHosts).map((text, index) => {
    const read = parsePrivateHost(text);
    if (!read.ok) fault(`/privateHosts/${index}`, read.reason);
    return read.ok ? read.host : text;
  });
  if (before.kind !== "oidc" && hosts.length > 0) {
    fault("/privateHosts", "Only providers of the kind oidc can be in a private network.");
  }
  return [...new Set(hosts)].toSorted();
}

function checkTexts(settings: ProviderSettings, secret: string | undefined, fault: Fault): void {
  const credential = "has printable ASCII characters, and no spaces at its ends";
  if (!CREDENTIAL_FORM.test(settings.clientId)) {
    fault("/clientId", `The client id ${credential}.`);
  }
  if (secret !== undefined && !CREDENTIAL_FORM.test(secret)) {
    fault("/clientSecret", `The client secret ${credential}.`);
  }
  for (const [index, acr] of settings.factorAcrs.entries()) {
    if (ACR_FORM.test(acr)) continue;
    const path = `/factorAcrs/${index}`;
    fault(path, "A value of acr has printable ASCII characters and no spaces, such as phr.");
  }
}

/** `organizations` and `common` stand for many tenants; any other names one. */
export function isSharedTenant(tenant: string | null): boolean {
  return MICROSOFT_SHARED_TENANTS.some((shared) => shared === tenant);
}
