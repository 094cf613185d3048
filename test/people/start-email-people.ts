// Starts the whole server with people whose second factor is a mailed code, and a mail server.
import type { ApiAnswer, StartGate } from "../attacks/start-gate.ts";
import { codeIn } from "../mail/start-email-codes.ts";
import { startMailServer } from "../mail/start-mail-server.ts";
import type { MailServer } from "../mail/start-mail-server.ts";
import { startPeople } from "./start-people.ts";
import type { NewPerson, Person, RunningPeople, TestBrowser } from "./start-people.ts";

export type CodePath =
  | "/api/v1/sign-in/second-factor/email-code"
  | "/api/v1/me/proof/email-code"
  | "/api/v1/me/two-factor/email";

export const SIGN_IN_CODE: CodePath = "/api/v1/sign-in/second-factor/email-code";
export const PROOF_CODE: CodePath = "/api/v1/me/proof/email-code";
export const SET_UP_CODE: CodePath = "/api/v1/me/two-factor/email";

export type EmailPeople = RunningPeople & {
  readonly mailServer: MailServer;
  /** With e-mail codes set up, and signed in nowhere. */
  readonly addEmailPerson: (wanted: NewPerson) => Promise<Person>;
  /** A browser whose sign-in waits for the second factor. */
  readonly half: (person: Person, clientAddress?: string) => Promise<TestBrowser>;
  /** Whole, after the code of a mail. */
  readonly signedInByMail: (person: Person, clientAddress?: string) => Promise<TestBrowser>;
  /** Asks for a code and reads the mail that comes. */
  readonly codeFor: (browser: TestBrowser, person: Person, path?: CodePath) => Promise<string>;
  readonly codesMailedTo: (person: Person) => readonly string[];
};

const ARRIVES_MS_MAX = 15_000;

export async function startEmailPeople(wanted: StartGate = {}): Promise<EmailPeople> {
  const mailServer = await startMailServer();
  const people = await startPeople({ ...wanted, env: { SMTP_URL: mailServer.url, ...wanted.env } });

  function codesMailedTo({ email }: Person): readonly string[] {
    return mailServer.taken
      .filter(({ to, parsed }) => to.includes(email) && isCodeMail(parsed.subject))
      .map(({ parsed }) => codeIn(parsed.text ?? ""));
  }

  async function codeFor(browser: TestBrowser, person: Person, path = SIGN_IN_CODE) {
    const before = codesMailedTo(person).length;
    must(await browser.ask("POST", path));
    const untilMs = Date.now() + ARRIVES_MS_MAX;
    while (codesMailedTo(person).length === before) {
      if (Date.now() > untilMs) throw new Error(`no mail with a code came to ${person.email}`);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    return codesMailedTo(person).at(-1)!;
  }

  async function half(person: Person, clientAddress?: string): Promise<TestBrowser> {
    const browser = people.browser(clientAddress);
    const { json } = must(await browser.signIn(person.email, person.password));
    if (json.next !== "second-factor") throw new Error(`the sign-in goes on with ${json.next}`);
    return browser;
  }

  async function addEmailPerson(asked: NewPerson): Promise<Person> {
    const person = await people.addPerson(asked);
    const browser = await people.signedIn(person);
    const proof = { method: "password", password: person.password };
    must(await browser.ask("POST", "/api/v1/me/proof", { body: proof }));
    const code = await codeFor(browser, person, SET_UP_CODE);
    const path = "/api/v1/me/two-factor/email/confirm";
    const { json } = must(await browser.ask("POST", path, { body: { code } }));
    must(await browser.ask("POST", "/api/v1/sign-out"));
    return { ...person, backupCodes: json.backupCodes ?? person.backupCodes };
  }

  async function signedInByMail(person: Person, clientAddress?: string): Promise<TestBrowser> {
    const browser = await half(person, clientAddress);
    must(await browser.sendCode(await codeFor(browser, person), { method: "email" }));
    return browser;
  }

  return {
    ...people,
    mailServer,
    addEmailPerson,
    half,
    signedInByMail,
    codeFor,
    codesMailedTo,
    stop: async () => {
      await people.stop();
      await mailServer.close();
    },
  };
}

function isCodeMail(subject: string | undefined): boolean {
  return subject?.startsWith("Your code to ") === true;
}

function must(answer: ApiAnswer): ApiAnswer {
  if (answer.status < 300) return answer;
  throw new Error(`${answer.status} ${answer.text}`);
}
