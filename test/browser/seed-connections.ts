// Gives people connections with providers, without a provider: rows as a sign-in there leaves them.

import { insertBind } from "../../src/server/identity/single-sign-on/bind-store.ts";
import {
  insertConnection,
  noteConnectionUse,
} from "../../src/server/identity/single-sign-on/connection-store.ts";
import type { Visitor } from "./open-visitor.ts";
import type { Person } from "./seed-people.ts";
import type { BrowserPortal } from "./start-browser-portal.ts";
import { writeStore } from "./write-store.ts";

const DAY_MS = 86_400_000;
/** So long ago it was used. */
const HOURS_MS = 10_800_000;

const PROVIDERS = [
  { code: "google", kind: "google", name: "Google" },
  { code: "microsoft", kind: "microsoft", name: "Microsoft", tenant: "organizations" },
  { code: "harbour", kind: "oidc", name: "Harbour ID", issuer: "https://id.harbour.example.com" },
] as const;

export type SeededProvider = (typeof PROVIDERS)[number]["code"];

/** The platform's; nothing is asked of them until somebody presses a button. */
export async function seedProviders({ api }: BrowserPortal): Promise<void> {
  for (const provider of PROVIDERS) {
    const keys = { clientId: "postern", clientSecret: "a secret of the tests", isEnabled: true };
    const { status, text } = await api("POST", "/api/v1/providers", { ...provider, ...keys });
    if (status !== 201 && status !== 409) throw new Error(`${provider.code}: ${status} ${text}`);
  }
}

export async function turnProvider(
  { must }: BrowserPortal,
  provider: SeededProvider,
  isEnabled: boolean,
): Promise<void> {
  await must("PATCH", `/api/v1/providers/${provider}`, { isEnabled });
}

export type SeededConnection = {
  readonly provider: SeededProvider;
  readonly accountShown: string;
};

/** Made a day apart; the first was used since. */
export async function seedConnections(
  portal: BrowserPortal,
  person: Person,
  connections: readonly SeededConnection[],
): Promise<void> {
  await writeStore(portal, async (trx) => {
    const nowMs = portal.nowMs();
    for (const [index, { provider, accountShown }] of connections.entries()) {
      const madeAtMs = nowMs - (connections.length + 1 - index) * DAY_MS;
      const whom = { ...whomOf(provider, person.id), userId: person.id, accountShown };
      const made = await insertConnection(trx, { ...whom, nowMs: madeAtMs });
      if (made.kind !== "made") throw new Error(`${provider} of ${person.email}: ${made.kind}`);
      if (index > 0) continue;
      await noteConnectionUse(trx, { id: made.id, accountShown, nowMs: nowMs - HOURS_MS });
    }
  });
}

/** As `seedConnections`; nothing else signs the person in then. */
export async function seedOnlyConnection(
  portal: BrowserPortal,
  person: Person,
  connection: SeededConnection,
): Promise<void> {
  await seedConnections(portal, person, [connection]);
  await writeStore(portal, async (trx) => {
    await trx.deleteFrom("identity_password").where("user_id", "=", person.id).execute();
  });
}

/** The visitor was at the provider, which named somebody whom nobody here is connected with. */
export async function seedBind(
  { context }: Visitor,
  portal: BrowserPortal,
  { provider, accountShown }: SeededConnection,
): Promise<void> {
  const whom = whomOf(provider, `of ${accountShown}`);
  const token = await writeStore(portal, (trx) =>
    insertBind(trx, { ...whom, accountShown, nowMs: portal.nowMs() }),
  );
  await context.addCookies([{ name: "postern-bind", value: token, url: portal.origin }]);
}

const ISSUERS: Readonly<Record<SeededProvider, string>> = {
  google: "https://accounts.google.com",
  microsoft: "https://login.microsoftonline.com/9188040d-6c67-4c5b-b112-36a304b66dad/v2.0",
  harbour: "https://id.harbour.example.com",
};

function whomOf(provider: SeededProvider, subject: string) {
  const tenant = provider === "microsoft" ? "9188040d-6c67-4c5b-b112-36a304b66dad" : "";
  return { providerId: provider, issuer: ISSUERS[provider], subject, tenant };
}
