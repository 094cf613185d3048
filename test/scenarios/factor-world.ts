// A Postern that mails for real, a person, browsers, and oathtool as the app on the person's phone.

import { execFileSync } from "node:child_process";
import { mkdtemp, rename, rm, writeFile } from "node:fs/promises";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { fileURLToPath, pathToFileURL } from "node:url";
import { codeIn } from "../mail/start-email-codes.ts";
import { startMailServer } from "../mail/start-mail-server.ts";
import type { MailServer } from "../mail/start-mail-server.ts";
import { startPostern } from "./start-postern.ts";
import type { RunningPostern } from "./start-postern.ts";

export const PERSON = { email: "ada@example.com", password: "a-long-walk-by-the-sea" } as const;

const ORIGIN = "http://portal.example.com";
const TURNED_CLOCK = fileURLToPath(new URL("turned-clock.mjs", import.meta.url));
const STEP_MS = 30_000;
const ARRIVES_MS_MAX = 15_000;

export type FactorAnswer = {
  readonly status: number;
  readonly retryAfter: string | null;
  // oxlint-disable-next-line typescript/no-explicit-any -- checks look into bodies of every kind
  readonly json: any;
};

export type FactorBrowser = {
  readonly cookies: Map<string, string>;
  readonly ask: (method: string, path: string, body?: unknown) => Promise<FactorAnswer>;
};

export type FactorWorld = {
  readonly userId: string;
  readonly browser: () => FactorBrowser;
  /** With the person's password; the answer says what is asked for next. */
  readonly signIn: (browser: FactorBrowser) => Promise<FactorAnswer>;
  /** The host's shell; throws for anything but 2xx. */
  readonly must: (method: string, path: string, body?: unknown) => Promise<FactorAnswer["json"]>;
  /** Asks, and reads the code of the mail that comes. */
  readonly mailedCode: (browser: FactorBrowser, path: string) => Promise<string>;
  /** Waits for a mail with this subject, and takes it out of the mailbox. */
  readonly takeMail: (subject: string) => Promise<string>;
  /** Types the secret into the phone. */
  readonly scan: (secret: string) => void;
  /** What the phone shows: a code that it has not shown before, or that of another time step. */
  readonly phone: (stepsFromNow?: number) => Promise<string>;
  /** For server and phone. */
  readonly turnClock: (ms: number) => Promise<void>;
  /** Of the first method; used up from the front. */
  readonly backupCodes: string[];
  readonly stop: () => Promise<void>;
};

export async function startFactorWorld(): Promise<FactorWorld> {
  const directory = await mkdtemp(join(tmpdir(), "postern-clock-"));
  const clock = await createTurnedClock(directory);
  const mailServer = await startMailServer();
  const stopOthers = async (): Promise<void> => {
    await mailServer.close();
    await rm(directory, { recursive: true, force: true });
  };
  try {
    const env = { PUBLIC_URL: ORIGIN, SMTP_URL: mailServer.url, ...clock.env };
    const postern = await startPostern(env);
    const must = createShell(postern);
    const mailbox = readMailbox(mailServer);
    const stop = async (): Promise<void> => {
      await postern.stop();
      await stopOthers();
    };
    return {
      userId: await addPerson(must),
      browser: () => openBrowser(postern.port),
      signIn: (browser) => browser.ask("POST", "/sign-in", PERSON),
      must,
      ...mailbox,
      ...createPhone(clock),
      turnClock: clock.turn,
      backupCodes: [],
      stop,
    };
  } catch (error) {
    await stopOthers();
    throw error;
  }
}

type TurnedClock = Awaited<ReturnType<typeof createTurnedClock>>;

/** The program that runs is the built one; only what it takes for the time of day is turned. */
async function createTurnedClock(directory: string) {
  const path = join(directory, "ahead-ms");
  let aheadMs = 0;
  async function turn(ms: number): Promise<void> {
    aheadMs += ms;
    await writeFile(`${path}.new`, String(aheadMs));
    await rename(`${path}.new`, path);
  }
  await turn(0);
  const env = {
    NODE_OPTIONS: `--import ${pathToFileURL(TURNED_CLOCK).href}`,
    POSTERN_SCENARIO_CLOCK: path,
  };
  return { env, turn, nowMs: () => Date.now() + aheadMs };
}

function createShell(postern: RunningPostern): FactorWorld["must"] {
  return async (method, path, body) => {
    const { status, text } = await postern.ask(method, `/api/v1${path}`, body);
    if (status > 299) throw new Error(`${method} ${path}: ${status} ${text}`);
    return text === "" ? null : JSON.parse(text);
  };
}

async function addPerson(must: FactorWorld["must"]): Promise<string> {
  const { email, password } = PERSON;
  await must("POST", "/accounts", { code: "acme", name: "Acme" });
  const memberships = [{ account: "acme", role: "agent" }];
  const person = { email, name: "Ada Example", memberships, invite: false };
  const { id } = await must("POST", "/users", person);
  const { url } = await must("POST", `/users/${id}/password-link`);
  const token = String(url).split("#token=")[1];
  await must("POST", "/password-resets", { token, newPassword: password });
  return String(id);
}

function readMailbox({ taken }: MailServer) {
  async function take(isWanted: (subject: string) => boolean, what: string): Promise<string> {
    const untilMs = Date.now() + ARRIVES_MS_MAX;
    while (Date.now() < untilMs) {
      const index = taken.findIndex(({ parsed }) => isWanted(parsed.subject ?? ""));
      const [mail] = index === -1 ? [] : taken.splice(index, 1);
      if (mail !== undefined) return mail.parsed.text ?? "";
      await wait(10);
    }
    const subjects = taken.map(({ parsed }) => parsed.subject ?? "");
    throw new Error(`no mail ${what}; there are ${subjects.join("; ")}`);
  }

  async function mailedCode(browser: FactorBrowser, path: string): Promise<string> {
    const { status, json } = await browser.ask("POST", path);
    if (status > 299) throw new Error(`POST ${path}: ${status} ${JSON.stringify(json)}`);
    return codeIn(await take((subject) => subject.startsWith("Your code to "), "with a code"));
  }

  const takeMail = (wanted: string) => take((subject) => subject.startsWith(wanted), wanted);
  return { mailedCode, takeMail };
}

function createPhone(clock: TurnedClock): Pick<FactorWorld, "scan" | "phone"> {
  let secret = "";
  let shownStep = 0;

  function codeOfStep(step: number): string {
    const seconds = (step * STEP_MS) / 1000;
    const args = ["--totp", "--base32", `--now=@${seconds}`, secret];
    return execFileSync("oathtool", args, { encoding: "utf8" }).trim();
  }

  return {
    scan: (shown) => {
      secret = shown.replaceAll(" ", "");
    },
    phone: async (stepsFromNow) => {
      const step = Math.floor(clock.nowMs() / STEP_MS);
      if (stepsFromNow !== undefined) return codeOfStep(step + stepsFromNow);
      if (step <= shownStep) await clock.turn((shownStep + 1 - step) * STEP_MS);
      shownStep = Math.max(step, shownStep + 1);
      return codeOfStep(shownStep);
    },
  };
}

/** Like a script of our own pages: same origin, JSON, cookies kept. Plain http, so plain names. */
function openBrowser(port: number): FactorBrowser {
  const cookies = new Map<string, string>();

  function ask(method: string, path: string, body?: unknown): Promise<FactorAnswer> {
    const text = body === undefined ? undefined : JSON.stringify(body);
    const headers = {
      host: new URL(ORIGIN).host,
      origin: ORIGIN,
      "sec-fetch-site": "same-origin",
      "user-agent": "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
      cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join("; "),
      ...(text === undefined ? {} : { "content-type": "application/json" }),
    };
    return new Promise((resolve, reject) => {
      const where = { host: "127.0.0.1", port, method, path: `/api/v1${path}`, headers };
      const sent = request({ ...where, agent: false }, (response) => {
        const chunks: Buffer[] = [];
        response.on("data", (chunk: Buffer) => chunks.push(chunk));
        response.on("error", reject);
        response.on("end", () => {
          for (const line of response.headers["set-cookie"] ?? []) keep(line);
          const answer = Buffer.concat(chunks).toString("utf8");
          const retryAfter = response.headers["retry-after"] ?? null;
          const json = answer === "" ? null : JSON.parse(answer);
          resolve({ status: response.statusCode ?? 0, retryAfter, json });
        });
      });
      sent.on("error", reject);
      sent.end(text);
    });
  }

  function keep(line: string): void {
    const pair = line.split(";", 1)[0] ?? "";
    const name = pair.slice(0, pair.indexOf("="));
    const value = pair.slice(pair.indexOf("=") + 1);
    if (value === "" || /; max-age=0(?:;|$)/i.test(line)) cookies.delete(name);
    else cookies.set(name, value);
  }

  return { cookies, ask };
}
