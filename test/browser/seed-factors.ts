// Gives people second factors through the API, for suites that are about signing in with them.

import { openAuthenticator } from "./authenticator.ts";
import type { Authenticator } from "./authenticator.ts";
import { codeFromMail, TIME_STEP_MS } from "./second-factor-steps.ts";
import type { Person } from "./seed-people.ts";
import type { BrowserPortal } from "./start-browser-portal.ts";

type Door = Pick<BrowserPortal, "origin" | "dataDir" | "nowMs" | "advance">;

export type SeededFactors = {
  readonly app: Authenticator | null;
  /** Made with the first method. */
  readonly backupCodes: readonly string[];
};

/** In this order, so that the first one makes the backup codes. */
export async function seedFactors(
  portal: Door,
  person: Person,
  methods: readonly ("app" | "email")[],
): Promise<SeededFactors> {
  const ask = await openSession(portal, person);
  await ask("/me/proof", { method: "password", password: person.password });
  let app: Authenticator | null = null;
  const backupCodes: string[] = [];
  for (const method of methods) {
    const begun = await ask(`/me/two-factor/${method}`);
    if (method === "app") app = openAuthenticator(String(begun["uri"]));
    const code = await codeOf(portal, person, method === "app" ? app : null);
    const made = await ask(`/me/two-factor/${method}/confirm`, { code });
    backupCodes.push(...((made["backupCodes"] ?? []) as readonly string[]));
  }
  // The code that has set up the app signs nobody in.
  portal.advance(TIME_STEP_MS);
  return { app, backupCodes };
}

/** Wrong codes, in a sign-in of its own that nobody finishes. */
export async function sendCodes(
  portal: Door,
  person: Person,
  wrongCodes: readonly string[],
): Promise<void> {
  const ask = await openSession(portal, person);
  for (const code of wrongCodes) {
    const sent = ask("/sign-in/second-factor", { method: "app", code });
    const isRefused = await sent.then(() => false, isRefusal);
    if (!isRefused) throw new Error(`not refused: ${code}`);
  }
}

/** Not a fault of the server, and not a request that never came. */
function isRefusal(error: unknown): boolean {
  return error instanceof Error && /: (401|403|429) /.test(error.message);
}

async function codeOf(portal: Door, { email }: Person, app: Authenticator | null): Promise<string> {
  return app === null ? codeFromMail(portal, email) : app.codeAt(portal.nowMs());
}

type Ask = (path: string, body?: unknown) => Promise<Readonly<Record<string, unknown>>>;

/** A browser without a page: it keeps the cookies that it is given, and says where it is. */
async function openSession(
  { origin }: Pick<Door, "origin">,
  { email, password }: Person,
): Promise<Ask> {
  const cookies = new Map<string, string>();
  const ask: Ask = async (path, body) => {
    const answer = await fetch(`${origin}/postern/api/v1${path}`, {
      method: "POST",
      headers: {
        origin,
        "x-forwarded-for": "81.2.69.251",
        cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join("; "),
        ...(body === undefined ? {} : { "content-type": "application/json" }),
      },
      body: body === undefined ? null : JSON.stringify(body),
    });
    for (const line of answer.headers.getSetCookie()) {
      const [name = "", value = ""] = line.split(";", 1)[0]!.split("=", 2);
      cookies.set(name, value);
    }
    const text = await answer.text();
    if (!answer.ok) throw new Error(`POST ${path}: ${answer.status} ${text}`);
    return text === "" ? {} : (JSON.parse(text) as Readonly<Record<string, unknown>>);
  };
  await ask("/sign-in", { email, password });
  return ask;
}
