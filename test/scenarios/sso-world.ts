// Postern between people and real OpenID providers in place of Google's and Microsoft's.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startDemoProviders } from "../../src/cli/demo/start-demo-providers.ts";
import type { DemoProviders } from "../../src/cli/demo/start-demo-providers.ts";
import { systemClock } from "../../src/platform/clock.ts";
import { startGate } from "../attacks/start-gate.ts";
import type { RunningGate } from "../attacks/start-gate.ts";
import { newestMailTo } from "../browser/outbox.ts";
import { choosePassword } from "../people/start-people.ts";
import { freePort } from "./free-port.ts";
import { openSsoBrowser } from "./sso-browser.ts";
import type { SsoBrowser, SsoVisit } from "./sso-browser.ts";
import { runCommand } from "../system/run-command.ts";

export const PASSWORD = "a-long-walk-by-the-sea";

export type Told = { readonly code: number; readonly out: string; readonly err: string };

export type SsoWorld = Pick<RunningGate, "must" | "nowMs"> & {
  readonly providers: DemoProviders;
  readonly browser: () => SsoBrowser;
  /** `postern …` on the host's shell. */
  readonly cli: (words: string, stdin?: string) => Promise<Told>;
  /** Agents of the account acme, with `PASSWORD`; gives the id. */
  readonly addPerson: (email: string) => Promise<string>;
  /** In a browser of its own, by password. */
  readonly signedIn: (email: string) => Promise<SsoBrowser>;
  /** By the button of a provider; gives where Postern leads the browser then. */
  readonly signInBy: (browser: SsoBrowser, provider: string, visit: SsoVisit) => Promise<string>;
  /** In the user settings, with a fresh proof; gives where Postern leads the browser then. */
  readonly connect: (browser: SsoBrowser, provider: string, visit: SsoVisit) => Promise<string>;
  /** The subject of the mail with these words, once it has come. */
  readonly mailTo: (email: string, saying: RegExp) => Promise<string>;
  readonly stop: () => Promise<void>;
};

export async function startSsoWorld(): Promise<SsoWorld> {
  const port = await freePort();
  const origin = `http://127.0.0.1:${port}`;
  const dataDir = mkdtempSync(join(tmpdir(), "postern-sso-"));
  const providers = await startDemoProviders(origin);
  const stopOthers = async (): Promise<void> => {
    await providers.close();
    rmSync(dataDir, { recursive: true, force: true });
  };
  try {
    const gate = await startGate({
      env: { LISTEN: new URL(origin).host, PUBLIC_URL: origin },
      clock: systemClock,
      dataDir,
      standIns: providers.standIns,
    });
    await gate.must("POST", "/api/v1/accounts", { code: "acme", name: "Acme Ltd" });
    return createWorld({ gate, origin, dataDir, providers, stopOthers });
  } catch (error) {
    await stopOthers();
    throw error;
  }
}

function createWorld(started: {
  readonly gate: RunningGate;
  readonly origin: string;
  readonly dataDir: string;
  readonly providers: DemoProviders;
  readonly stopOthers: () => Promise<void>;
}): SsoWorld {
  const { gate, origin, dataDir, providers, stopOthers } = started;
  const browser = (): SsoBrowser => openSsoBrowser(origin);

  async function goThrough(opened: SsoBrowser, url: string, visit: SsoVisit): Promise<string> {
    const answer = await opened.open(await opened.walk(url, visit));
    const { location } = answer.headers;
    if (answer.status === 303 && location !== undefined) return location;
    throw new Error(`the callback answered ${answer.status} ${answer.text}`);
  }

  return {
    must: gate.must,
    nowMs: gate.nowMs,
    providers,
    browser,
    cli: (words, stdin = "") => runCommand(dataDir, words.split(" "), stdin),
    addPerson: async (email) => {
      const memberships = [{ account: "acme", role: "agent" }];
      const body = { email, name: email, isOperator: false, memberships, invite: false };
      const { id } = await gate.must("POST", "/api/v1/users", body);
      await choosePassword(gate, id, PASSWORD);
      return id;
    },
    signedIn: async (email) => {
      const opened = browser();
      const answer = await opened.ask("POST", "/sign-in", { email, password: PASSWORD });
      if (answer.json?.next !== "none") throw new Error(`sign-in: ${answer.text}`);
      return opened;
    },
    signInBy: async (opened, provider, visit) => {
      const { status, text, json } = await opened.ask("POST", "/sign-in/provider", { provider });
      if (status !== 200) throw new Error(`sign-in by ${provider}: ${status} ${text}`);
      return goThrough(opened, json.url, visit);
    },
    connect: async (opened, provider, visit) => {
      await opened.ask("POST", "/me/proof", { method: "password", password: PASSWORD });
      const { status, text, json } = await opened.ask("POST", "/me/connections", { provider });
      if (status !== 200) throw new Error(`connecting with ${provider}: ${status} ${text}`);
      return goThrough(opened, json.url, visit);
    },
    mailTo: async (email, saying) => (await newestMailTo({ dataDir }, email, { saying })).subject,
    stop: async () => {
      await gate.stop();
      await stopOthers();
    },
  };
}
