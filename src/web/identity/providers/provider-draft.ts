// A provider while it is edited: fields as texts, and what is sent of them.
import type { NewProviderBody, ProviderAnswer, ProviderPatch } from "../../../api/provider-api.ts";
import {
  MICROSOFT_SHARED_TENANTS,
  RESERVED_CODES,
} from "../../../core/identity/single-sign-on/provider.ts";
import type { ProviderKind } from "../../../core/identity/single-sign-on/provider.ts";
import { isSameValue } from "../../../core/policy/is-same-value.ts";
import { KIND_WORDS } from "./kind-words.ts";

/** Whom Microsoft lets through: many tenants by a word of its own, or one by its id or domain. */
export type Audience = (typeof MICROSOFT_SHARED_TENANTS)[number] | "own";

/** Lists are texts of one entry a line. */
export type ProviderDraft = {
  kind: ProviderKind;
  name: string;
  code: string;
  issuer: string;
  audience: Audience;
  /** Microsoft's, where the audience is one tenant. */
  tenant: string;
  tenants: string;
  clientId: string;
  clientSecret: string;
  factorAcrs: string;
  privateHosts: string;
  signsOut: boolean;
};

export function newDraft(kind: ProviderKind, takenCodes: readonly string[]): ProviderDraft {
  return {
    kind,
    ...namesOf(kind, takenCodes),
    issuer: "",
    audience: "own",
    tenant: "",
    tenants: "",
    clientId: "",
    clientSecret: "",
    factorAcrs: "",
    privateHosts: "",
    signsOut: false,
  };
}

/** What it is called until somebody calls it something else. */
export function namesOf(
  kind: ProviderKind,
  takenCodes: readonly string[],
): Pick<ProviderDraft, "name" | "code"> {
  if (kind === "oidc") return { name: "", code: "" };
  return { name: KIND_WORDS[kind].label, code: freeCode(kind, takenCodes) };
}

const CODE_LENGTH_MAX = 32;

/** "Acme Log-in" becomes acme-log-in, or acme-log-in-2 where that one is taken. */
export function freeCode(name: string, takenCodes: readonly string[]): string {
  const plain = name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .slice(0, CODE_LENGTH_MAX - 3)
    .replace(/^-|-$/g, "");
  if (plain === "" || ![...takenCodes, ...RESERVED_CODES].includes(plain)) return plain;
  let number = 2;
  while (takenCodes.includes(`${plain}-${number}`)) number += 1;
  return `${plain}-${number}`;
}

/** `google` of `google` and of `acme.google`. */
export function codeOf({ id }: Pick<ProviderAnswer, "id">): string {
  return id.slice(id.indexOf(".") + 1);
}

export function toDraft(provider: ProviderAnswer): ProviderDraft {
  const { kind, name, issuer, tenant, clientId, signsOut } = provider;
  const audience = MICROSOFT_SHARED_TENANTS.find((shared) => shared === tenant) ?? "own";
  return {
    kind,
    name,
    code: codeOf(provider),
    issuer,
    audience,
    tenant: audience === "own" ? (tenant ?? "") : "",
    tenants: provider.tenants.join("\n"),
    clientId,
    clientSecret: "",
    factorAcrs: provider.factorAcrs.join("\n"),
    privateHosts: provider.privateHosts.join("\n"),
    signsOut,
  };
}

export function linesOf(text: string): readonly string[] {
  const lines = text.split(/[\n,]/).map((line) => line.trim());
  return lines.filter((line) => line !== "");
}

function tenantOf({ audience, tenant }: ProviderDraft): string {
  return audience === "own" ? tenant.trim() : audience;
}

/** One tenant needs no list of those that are let in. */
function tenantsOf({ audience, tenants }: ProviderDraft): readonly string[] {
  return audience === "own" ? [] : linesOf(tenants);
}

type Settings = Omit<ProviderPatch, "version" | "isEnabled" | "clientSecret">;

function settingsOf(draft: ProviderDraft) {
  const { kind } = draft;
  return {
    name: draft.name.trim(),
    clientId: draft.clientId.trim(),
    factorAcrs: [...linesOf(draft.factorAcrs)],
    signsOut: draft.signsOut,
    ...(kind === "oidc"
      ? { issuer: draft.issuer.trim(), privateHosts: [...linesOf(draft.privateHosts)] }
      : {}),
    ...(kind === "microsoft" ? { tenant: tenantOf(draft), tenants: [...tenantsOf(draft)] } : {}),
  } satisfies Settings;
}

/** Off until it was tested. */
export function newProviderBody(draft: ProviderDraft): NewProviderBody {
  const { privateHosts = [], ...settings } = settingsOf(draft);
  return {
    code: draft.code,
    kind: draft.kind,
    clientSecret: draft.clientSecret.trim(),
    isEnabled: false,
    ...settings,
    // Only operators may send it at all.
    ...(privateHosts.length === 0 ? {} : { privateHosts }),
  };
}

/** Only what differs from `base`. */
export function providerPatch(draft: ProviderDraft, base: ProviderAnswer): ProviderPatch {
  const before: Readonly<Record<string, unknown>> = settingsOf(toDraft(base));
  const changed = Object.entries(settingsOf(draft)).filter(
    ([member, value]) => !isSameValue(value, before[member]),
  );
  const clientSecret = draft.clientSecret.trim();
  return {
    ...(Object.fromEntries(changed) as Settings),
    ...(clientSecret === "" ? {} : { clientSecret }),
    version: base.version,
  };
}

/** Where its secret would go with the change to somebody else, it is asked for again (row 115). */
export function demandsSecret(draft: ProviderDraft, base: ProviderAnswer): boolean {
  if (!base.hasSecret) return true;
  const patch = providerPatch(draft, base);
  return (["issuer", "tenant", "clientId", "privateHosts"] as const).some((key) => key in patch);
}

/** Whom the provider knows there is somebody else here: connections end. */
export function movesIssuer(draft: ProviderDraft, base: ProviderAnswer): boolean {
  const patch = providerPatch(draft, base);
  return "issuer" in patch || "tenant" in patch;
}

/** @param pattern with {code} where the code stands */
export function redirectUriFor(pattern: string, code: string): string {
  return pattern.replace("{code}", code);
}

/** Both consoles refuse plain http, but for the machine they are configured on. */
export function redirectUriFault(uri: string): string | null {
  const { protocol, hostname } = new URL(uri);
  if (protocol === "https:" || ["localhost", "127.0.0.1"].includes(hostname)) return null;
  return (
    "Providers accept https addresses only. It comes from PUBLIC_URL: set that to the " +
    "address by which people reach the portal, and start again."
  );
}
