// Starts the whole server with people in it, and gives browsers that keep their cookies.
import { request as sendRequest } from "node:http";
import { startGate } from "../attacks/start-gate.ts";
import type { ApiAnswer, RunningGate, StartGate } from "../attacks/start-gate.ts";
import { createAuthenticator } from "./authenticator.ts";
import type { Authenticator } from "./authenticator.ts";

export const ORIGIN = "https://portal.example.com";
export const PASSWORD = "a-long-walk-by-the-sea";

export type Person = {
  readonly id: string;
  readonly email: string;
  readonly password: string;
  /** Null: no second factor. */
  readonly app: Authenticator | null;
  /** Of the first method; empty without one. */
  readonly backupCodes: readonly string[];
};

export type NewPerson = {
  readonly email: string;
  readonly name?: string;
  /** Account code to role; the first is primary. */
  readonly accounts?: Readonly<Record<string, "admin" | "agent">>;
  readonly isOperator?: boolean;
  readonly password?: string;
  /** With an authenticator app, set up in User settings. */
  readonly app?: boolean;
};

export type BrowserAsk = {
  readonly body?: unknown;
  /** Added last; `null` leaves one out. */
  readonly headers?: Readonly<Record<string, string | null>>;
};

export type TestBrowser = {
  readonly cookies: Map<string, string>;
  /** Like a script of our own pages: same origin, JSON, cookies kept. */
  readonly ask: (method: string, path: string, ask?: BrowserAsk) => Promise<ApiAnswer>;
  readonly signIn: (email: string, password: string) => Promise<ApiAnswer>;
  /** Of the sign-in that waits for a second factor; an app's unless another method is named. */
  readonly sendCode: (code: unknown, more?: object) => Promise<ApiAnswer>;
};

export type RunningPeople = RunningGate & {
  /** A browser at an address of its own; the same address for the same number. */
  readonly browser: (clientAddress?: string) => TestBrowser;
  readonly addAccount: (code: string) => Promise<void>;
  readonly addPerson: (wanted: NewPerson) => Promise<Person>;
  /**
   * Six digits of the person's app that were not used before; turns the clock on, by half a minute
   * at most, when those of this moment were.
   */
  readonly freshCodeOf: (person: Person) => string;
  /** A browser in which the person is signed in, with a code where the person has an app. */
  readonly signedIn: (person: Person, clientAddress?: string) => Promise<TestBrowser>;
};

export async function startPeople(wanted: StartGate = {}): Promise<RunningPeople> {
  const gate = await startGate({ ...wanted, env: { PUBLIC_URL: ORIGIN, ...wanted.env } });
  let browsers = 0;

  function browser(clientAddress?: string): TestBrowser {
    browsers += 1;
    const address = clientAddress ?? `198.51.${100 + (browsers >> 8)}.${browsers & 255}`;
    return openBrowser(gate.port, address);
  }

  async function addPerson(person: NewPerson): Promise<Person> {
    const { email, name = email, accounts = {}, isOperator = false } = person;
    const memberships = Object.entries(accounts).map(([account, role]) => ({ account, role }));
    const body = { email, name, isOperator, memberships, invite: false };
    const { id } = await gate.must("POST", "/api/v1/users", body);
    const password = person.password ?? PASSWORD;
    await choosePassword(gate, id, password);
    const plain = { id, email, password, app: null, backupCodes: [] };
    return person.app === true ? setUpApp(plain) : plain;
  }

  async function setUpApp(person: Person): Promise<Person> {
    const own = await signedIn(person);
    const post = async (path: string, body: unknown): Promise<ApiAnswer["json"]> => {
      const answer = await own.ask("POST", path, { body });
      if (answer.status < 300) return answer.json;
      throw new Error(`${path}: ${answer.status} ${answer.text}`);
    };
    await post("/api/v1/me/proof", { method: "password", password: person.password });
    const setup = await post("/api/v1/me/two-factor/app", {});
    const app = createAuthenticator(String(setup.secret), gate);
    const confirmed = { code: app.freshCode() };
    const { backupCodes } = await post("/api/v1/me/two-factor/app/confirm", confirmed);
    await own.ask("POST", "/api/v1/sign-out");
    return { ...person, app, backupCodes };
  }

  async function signedIn(person: Person, clientAddress?: string): Promise<TestBrowser> {
    const { email, password, app } = person;
    const opened = browser(clientAddress);
    const answer = await opened.signIn(email, password);
    if (answer.status !== 200) throw new Error(`sign-in: ${answer.status} ${answer.text}`);
    if (app === null || answer.json.next !== "second-factor") return opened;
    const passed = await opened.sendCode(app.freshCode());
    if (passed.status !== 200) throw new Error(`code: ${passed.status} ${passed.text}`);
    return opened;
  }

  return {
    ...gate,
    browser,
    addPerson,
    addAccount: async (code) => {
      await gate.must("POST", "/api/v1/accounts", { code, name: `The ${code} company` });
    },
    freshCodeOf: ({ app, email }) => {
      if (app === null) throw new Error(`${email} has no authenticator app`);
      return app.freshCode();
    },
    signedIn,
  };
}

/** As a person does with the link of a mail. */
export async function choosePassword(
  gate: Pick<RunningGate, "must">,
  userId: string,
  newPassword: string,
): Promise<void> {
  const { url } = await gate.must("POST", `/api/v1/users/${userId}/password-link`);
  const token = String(url).split("#token=")[1];
  await gate.must("POST", "/api/v1/password-resets", { token, newPassword });
}

function openBrowser(port: number, clientAddress: string): TestBrowser {
  const cookies = new Map<string, string>();

  function ask(method: string, path: string, asked: BrowserAsk = {}): Promise<ApiAnswer> {
    const body = asked.body === undefined ? undefined : JSON.stringify(asked.body);
    const all: Record<string, string | null> = {
      host: new URL(ORIGIN).host,
      origin: ORIGIN,
      "sec-fetch-site": "same-origin",
      "sec-fetch-mode": "cors",
      accept: "application/json",
      "user-agent": "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
      "x-forwarded-for": clientAddress,
      cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join("; ") || null,
      ...(body === undefined ? {} : { "content-type": "application/json" }),
      ...asked.headers,
    };
    const headers: Record<string, string> = {};
    for (const [name, value] of Object.entries(all)) if (value !== null) headers[name] = value;
    return new Promise((resolve, reject) => {
      const where = { host: "127.0.0.1", port, method, path, headers, agent: false };
      const sent = sendRequest(where, (response) => {
        const chunks: Buffer[] = [];
        response.on("data", (chunk: Buffer) => chunks.push(chunk));
        response.on("error", reject);
        response.on("end", () => {
          for (const line of response.headers["set-cookie"] ?? []) keepCookie(cookies, line);
          const text = Buffer.concat(chunks).toString("utf8");
          const isJson = (response.headers["content-type"] ?? "").includes("json");
          const json = isJson && text !== "" ? JSON.parse(text) : null;
          resolve({ status: response.statusCode ?? 0, headers: response.headers, text, json });
        });
      });
      sent.on("error", reject);
      sent.end(body);
    });
  }

  return {
    cookies,
    ask,
    signIn: (email, password) => ask("POST", "/api/v1/sign-in", { body: { email, password } }),
    sendCode: (code, more) =>
      ask("POST", "/api/v1/sign-in/second-factor", { body: { method: "app", code, ...more } }),
  };
}

function keepCookie(cookies: Map<string, string>, line: string): void {
  const [pair = "", ...attributes] = line.split(";").map((part) => part.trim());
  const name = pair.slice(0, pair.indexOf("="));
  const value = pair.slice(pair.indexOf("=") + 1);
  const isOver = attributes.some((attribute) => /^max-age=0$/i.test(attribute));
  if (isOver || value === "") cookies.delete(name);
  else cookies.set(name, value);
}
