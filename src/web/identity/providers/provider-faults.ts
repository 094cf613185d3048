// Says as one types what a provider's field lacks, and what is accepted.
import { isAccountCode } from "../../../core/accounts/account.ts";
import {
  parseMicrosoftTenant,
  parseMicrosoftTenantId,
} from "../../../core/identity/single-sign-on/microsoft-tenant.ts";
import { parsePrivateHost } from "../../../core/identity/single-sign-on/private-host.ts";
import { PROVIDER_BOUNDS, RESERVED_CODES } from "../../../core/identity/single-sign-on/provider.ts";
import { readIssuer } from "../../../core/identity/single-sign-on/read-issuer.ts";
import { linesOf } from "./provider-draft.ts";
import type { ProviderDraft } from "./provider-draft.ts";

const CODE_WORDS = "Lower-case letters a to z, digits, and hyphens between them; at most 32.";

export function codeFault(code: string, takenCodes: readonly string[]): string | null {
  if (RESERVED_CODES.includes(code)) return `The code ${code} is kept: take another.`;
  if (!isAccountCode(code)) return CODE_WORDS;
  return takenCodes.includes(code) ? "There is a provider with this code already." : null;
}

export function providerNameFault(text: string): string | null {
  const length = text.trim().length;
  if (length > 0 && length <= PROVIDER_BOUNDS.nameLength) return null;
  return `A name has 1 to ${PROVIDER_BOUNDS.nameLength} characters.`;
}

export function clientIdFault(text: string): string | null {
  return text.trim() === "" ? "Copy it from the provider's page; it is no secret." : null;
}

/** @param isDemanded nothing is kept, or what is kept must not go on being used */
export function secretFault(text: string, isDemanded: boolean): string | null {
  if (text.trim() !== "" || !isDemanded) return null;
  return "Enter the client secret.";
}

/** @param mayAllowHosts false: only an operator may put a host in a private network */
export function issuerFault(draft: ProviderDraft, mayAllowHosts: boolean): string | null {
  if (draft.kind !== "oidc") return null;
  const read = readIssuer(draft.issuer.trim());
  if (!read.ok) return read.reason;
  if (!read.needsPrivate || hostsOf(draft.privateHosts).includes(read.host)) return null;
  return mayAllowHosts
    ? `Plain http and addresses of a private network need ${read.host} below, under Advanced.`
    : "It begins with https:// and is not in a private network; operators can allow a host there.";
}

export function tenantFault({ kind, audience, tenant }: ProviderDraft): string | null {
  if (kind !== "microsoft" || audience !== "own") return null;
  const read = parseMicrosoftTenant(tenant);
  return read.ok ? null : read.reason;
}

export function tenantsFault({ kind, audience, tenants }: ProviderDraft): string | null {
  if (kind !== "microsoft" || audience === "own") return null;
  return faultOfLines(tenants, PROVIDER_BOUNDS.tenants, parseMicrosoftTenantId);
}

export function privateHostsFault({ kind, privateHosts }: ProviderDraft): string | null {
  if (kind !== "oidc") return null;
  return faultOfLines(privateHosts, PROVIDER_BOUNDS.privateHosts, parsePrivateHost);
}

export function factorAcrsFault({ factorAcrs }: ProviderDraft): string | null {
  return faultOfLines(factorAcrs, PROVIDER_BOUNDS.factorAcrs, () => ({ ok: true }));
}

type Outcome = { readonly ok: true } | { readonly ok: false; readonly reason: string };

function faultOfLines(
  text: string,
  linesMax: number,
  parse: (line: string) => Outcome,
): string | null {
  const lines = linesOf(text);
  if (lines.length > linesMax) return `At most ${linesMax} lines.`;
  for (const line of lines) {
    const read = parse(line);
    if (!read.ok) return `${line}: ${read.reason}`;
  }
  return null;
}

function hostsOf(text: string): readonly string[] {
  return linesOf(text).flatMap((line) => {
    const read = parsePrivateHost(line);
    return read.ok ? [read.host] : [];
  });
}
