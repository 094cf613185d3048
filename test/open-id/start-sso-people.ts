// Starts the whole server with people in it and an OpenID provider that says what it is told.
import { proveByPassword } from "../people/add-passkey.ts";
import { startPeople } from "../people/start-people.ts";
import type { NewPerson, Person, RunningPeople, TestBrowser } from "../people/start-people.ts";
import type { ApiAnswer, StartGate } from "../attacks/start-gate.ts";
import { startMisbehavingProvider } from "./misbehaving-provider.ts";
import type { MisbehavingProvider } from "./misbehaving-provider.ts";
import { walkIn } from "./walk-flow.ts";
import type { FlowBegin } from "./walk-flow.ts";

export const CONNECTIONS = "/api/v1/me/connections";
export const BIND = "/api/v1/sign-in/bind";
export const BIND_COOKIE = "__Host-postern-bind";
export const SESSION_COOKIE = "__Host-postern-session";
export const PROVIDERS = "/api/v1/providers";

/** What the ID token says beside what a good one says anyway: sub, email, amr… */
export type Claims = Readonly<Record<string, unknown>>;

export type ConnectedPerson = Person & {
  readonly subject: string;
  /** In which the connection was made; signed in, proved a moment ago. */
  readonly browser: TestBrowser;
};

export type SsoPeople = RunningPeople & {
  readonly provider: MisbehavingProvider;
  /** One of the platform, or of `account`, that asks the provider. */
  readonly addProvider: (code: string, more?: object, account?: string) => Promise<void>;
  /** The whole way; gives where it leads. The provider is `idp` unless another is named. */
  readonly signInBy: (browser: TestBrowser, claims: Claims, more?: object) => Promise<string>;
  readonly connect: (browser: TestBrowser, claims: Claims, provider?: string) => Promise<string>;
  /** Each with a subject of their own. */
  readonly addConnected: (
    wanted: Omit<NewPerson, "email">,
    provider?: string,
  ) => Promise<ConnectedPerson>;
  readonly newPerson: (wanted?: Omit<NewPerson, "email">) => Promise<Person>;
};

/** With one provider of the platform, `idp`. */
export async function startSsoPeople(wanted: StartGate = {}): Promise<SsoPeople> {
  const provider = await startMisbehavingProvider();
  const portal = await startPeople(wanted);
  let people = 0;

  async function addProvider(code: string, more: object = {}, account?: string): Promise<void> {
    const query = account === undefined ? "" : `?account=${account}`;
    await portal.must("POST", `${PROVIDERS}${query}`, {
      code,
      kind: "oidc",
      name: `The ${code}`,
      issuer: provider.issuer,
      privateHosts: ["127.0.0.1"],
      clientId: provider.clientId,
      clientSecret: provider.clientSecret,
      isEnabled: true,
      ...more,
    });
  }

  function walk(browser: TestBrowser, begin: FlowBegin, claims: Claims): Promise<string> {
    provider.behave({ claims });
    return walkIn(browser, begin, provider);
  }

  function connect(browser: TestBrowser, claims: Claims, id = "idp"): Promise<string> {
    return walk(browser, { path: CONNECTIONS, body: { provider: id } }, claims);
  }

  async function newPerson(given: Omit<NewPerson, "email"> = {}): Promise<Person> {
    people += 1;
    return portal.addPerson({ email: `person-${people}@example.com`, ...given });
  }

  await addProvider("idp");
  return {
    ...portal,
    provider,
    addProvider,
    newPerson,
    signInBy: (browser, claims, more) => walk(browser, signInBegin(more), claims),
    connect,
    addConnected: async (given, id) => {
      const person = await newPerson(given);
      const subject = `subject-of-${person.email}`;
      const browser = await portal.signedIn(person);
      await proveByPassword(browser, person);
      const location = await connect(browser, { sub: subject, email: person.email }, id);
      if (!location.includes("connected=")) throw new Error(`not connected: ${location}`);
      return { ...person, subject, browser };
    },
    stop: async () => {
      await portal.stop();
      await provider.stop();
    },
  };
}

export function signInBegin(more: object = {}): FlowBegin {
  return { path: "/api/v1/sign-in/provider", body: { provider: "idp", ...more } };
}

/** Proves the user of a bind. */
export function bindAs(browser: TestBrowser, { email, password }: Person): Promise<ApiAnswer> {
  return browser.ask("POST", BIND, { body: { email, password } });
}

/** The e-mail address of whoever is signed in, or the status of the refusal. */
export async function signedInAs(browser: TestBrowser): Promise<string | number> {
  const { status, json } = await browser.ask("GET", "/api/v1/me");
  return status === 200 ? String(json.email) : status;
}

/** The accounts at providers that somebody is connected with, as they are shown. */
export async function connectionsIn(
  browser: TestBrowser,
): Promise<readonly { readonly id: string; readonly accountShown: string }[]> {
  const { status, json, text } = await browser.ask("GET", CONNECTIONS);
  if (status !== 200) throw new Error(`${CONNECTIONS}: ${status} ${text}`);
  return json.connections;
}

export async function disconnect(browser: TestBrowser, person: Person): Promise<ApiAnswer> {
  await proveByPassword(browser, person);
  const [connection] = await connectionsIn(browser);
  return browser.ask("DELETE", `${CONNECTIONS}/${connection?.id}`);
}
