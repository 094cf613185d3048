// The two-factor settings of somebody who is signed in, as the console's pages use them.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { ApiAnswer } from "../attacks/start-gate.ts";
import { createAuthenticator } from "./authenticator.ts";
import type { Authenticator } from "./authenticator.ts";
import type { Person, RunningPeople, TestBrowser } from "./start-people.ts";

export const TWO_FACTOR = "/api/v1/me/two-factor";
export const PROOF = "/api/v1/me/proof";

export type WithFactor<Given> = Given & { readonly backupCodes: readonly string[] | null };

export type Settings = {
  readonly person: Person;
  readonly browser: TestBrowser;
  readonly read: () => Promise<ApiAnswer["json"]>;
  readonly must: (method: string, path: string, body?: unknown) => Promise<ApiAnswer["json"]>;
  /** By password. */
  readonly prove: () => Promise<void>;
  /** Proves first; the code that proved the app is used up. */
  readonly setUpApp: () => Promise<WithFactor<Authenticator>>;
  readonly setUpEmail: () => Promise<WithFactor<object>>;
};

/** The portal's mails lie in its data directory. */
export type MailingPortal = RunningPeople & { readonly dataDir: string };

export async function openSettings(portal: MailingPortal, person: Person): Promise<Settings> {
  return settingsIn(portal, person, await portal.signedIn(person));
}

export function settingsIn(portal: MailingPortal, person: Person, browser: TestBrowser): Settings {
  async function must(method: string, path: string, body?: unknown): Promise<ApiAnswer["json"]> {
    const answer = await browser.ask(method, path, body === undefined ? {} : { body });
    if (answer.status < 300) return answer.json;
    throw new Error(`${method} ${path}: ${answer.status} ${answer.text}`);
  }

  async function prove(): Promise<void> {
    await must("POST", PROOF, { method: "password", password: person.password });
  }

  return {
    person,
    browser,
    must,
    read: () => must("GET", TWO_FACTOR),
    prove,
    setUpApp: async () => {
      await prove();
      const app = createAuthenticator((await must("POST", `${TWO_FACTOR}/app`)).secret, portal);
      const confirmed = { code: app.freshCode() };
      const { backupCodes } = await must("POST", `${TWO_FACTOR}/app/confirm`, confirmed);
      return { ...app, backupCodes };
    },
    setUpEmail: async () => {
      await prove();
      const code = await codeMailed(portal, person.email, () =>
        must("POST", `${TWO_FACTOR}/email`),
      );
      const { backupCodes } = await must("POST", `${TWO_FACTOR}/email/confirm`, { code });
      return { backupCodes };
    },
  };
}

/** The code in the mail that comes of `asking`. */
export async function codeMailed(
  portal: MailingPortal,
  email: string,
  asking: () => Promise<unknown>,
): Promise<string> {
  await portal.server.identity.mails.flush();
  const before = new Set(textsTo(portal.dataDir, email).keys());
  await asking();
  await portal.server.identity.mails.flush();
  const codes = [...textsTo(portal.dataDir, email)].flatMap(([name, text]) =>
    before.has(name) ? [] : (/^\s*(\d{3} ?\d{3})\s*$/m.exec(text)?.slice(1) ?? []),
  );
  if (codes.length !== 1) throw new Error(`${codes.length} codes were mailed to ${email}`);
  return codes[0]!;
}

/** By file name, as they lie in the outbox. */
export function textsTo(dataDir: string, email: string): ReadonlyMap<string, string> {
  const folder = join(dataDir, "outbox");
  const names = existsSync(folder) ? readdirSync(folder) : [];
  const texts = names
    .filter((name) => name.endsWith(".txt"))
    .map((name) => [name, readFileSync(join(folder, name), "utf8")] as const);
  return new Map(texts.filter(([, text]) => text.startsWith(`To: ${email}\n`)));
}

/** Another one of six digits. */
export function wrongCode(right: string, distance = 1): string {
  return String((Number(right.replaceAll(" ", "")) + distance) % 1_000_000).padStart(6, "0");
}
