// Somebody who has added a passkey, and the two ways in which it signs in.
import type { ApiAnswer } from "../attacks/start-gate.ts";
import { createSoftwarePasskey } from "./software-passkey.ts";
import type { Deviation, SoftwarePasskey } from "./software-passkey.ts";
import { ORIGIN } from "./start-people.ts";
import type { NewPerson, Person, RunningPeople, TestBrowser } from "./start-people.ts";

export const PASSKEYS = "/api/v1/me/passkeys";

export type PasskeyHolder = Person & {
  readonly passkey: SoftwarePasskey;
  /** In which the passkey was added; signed in, proved a moment ago. */
  readonly browser: TestBrowser;
};

/** POST that has to succeed; gives the body. */
export async function mustPost(
  browser: TestBrowser,
  path: string,
  body?: unknown,
): Promise<ApiAnswer["json"]> {
  const answer = await browser.ask("POST", path, body === undefined ? {} : { body });
  if (answer.status >= 300) throw new Error(`POST ${path}: ${answer.status} ${answer.text}`);
  return answer.json;
}

export async function proveByPassword(browser: TestBrowser, person: Person): Promise<void> {
  const { password } = person;
  await mustPost(browser, "/api/v1/me/proof", { method: "password", password });
}

/** In a session that has just proved who it is. */
export async function addPasskey(
  browser: TestBrowser,
  passkey = createSoftwarePasskey(ORIGIN),
  name = "Work laptop",
): Promise<SoftwarePasskey & { readonly backupCodes: readonly string[] | null }> {
  const { options } = await mustPost(browser, `${PASSKEYS}/options`);
  const body = { response: passkey.create(options), name };
  const { backupCodes } = await mustPost(browser, PASSKEYS, body);
  return { ...passkey, backupCodes };
}

export async function addPasskeyHolder(
  portal: RunningPeople,
  wanted: NewPerson,
): Promise<PasskeyHolder> {
  const person = await portal.addPerson(wanted);
  const browser = await portal.signedIn(person);
  await proveByPassword(browser, person);
  return { ...person, browser, passkey: await addPasskey(browser) };
}

/** Options, a signature, the answer. */
export async function signInByPasskey(
  browser: TestBrowser,
  passkey: SoftwarePasskey,
  deviation?: Deviation,
): Promise<ApiAnswer> {
  const { options } = await mustPost(browser, "/api/v1/sign-in/passkey-options");
  const body = { response: passkey.sign(options, deviation) };
  return browser.ask("POST", "/api/v1/sign-in/passkey", { body });
}

/** In a sign-in whose password was right. */
export async function passFactorByPasskey(
  browser: TestBrowser,
  passkey: SoftwarePasskey,
  deviation?: Deviation,
): Promise<ApiAnswer> {
  const { options } = await mustPost(browser, "/api/v1/sign-in/second-factor/passkey-options");
  const body = { response: passkey.sign(options, deviation) };
  return browser.ask("POST", "/api/v1/sign-in/second-factor/passkey", { body });
}
