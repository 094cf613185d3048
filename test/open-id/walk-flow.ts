// Walks from a button through a provider and back, as a browser does that keeps its cookies.
import type { ApiAnswer } from "../attacks/start-gate.ts";
import type { RunningPeople, TestBrowser } from "../people/start-people.ts";

export type FlowBegin = {
  /** `/api/v1/sign-in/provider` or `/api/v1/me/connections`. */
  readonly path: string;
  readonly body: unknown;
};

/** What stands for the browser at the provider, where its page has to be filled in. */
export type AtProvider = { readonly visit: (authorizationUrl: string) => Promise<URL> };

export type WalkedFlow = {
  /** Where the callback leads: a path of the portal with its query, or a whole URL. */
  readonly location: string;
  readonly cookies: Map<string, string>;
};

/**
 * The whole way. What the portal sets and clears is kept in `cookies`. Throws when the portal does
 * not begin, or the callback leads nowhere.
 * @param walk.clientAddress sent as X-Forwarded-For
 */
export async function walkFlow(
  gate: Pick<RunningPeople, "browser">,
  walk: {
    readonly begin: FlowBegin;
    readonly cookies: Map<string, string>;
    readonly clientAddress: string;
    readonly provider?: AtProvider;
  },
): Promise<WalkedFlow> {
  const { begin, cookies, clientAddress, provider } = walk;
  const browser = gate.browser(clientAddress);
  for (const [name, value] of cookies) browser.cookies.set(name, value);
  const location = await walkIn(browser, begin, provider);
  cookies.clear();
  for (const [name, value] of browser.cookies) cookies.set(name, value);
  return { location, cookies };
}

/** The same in a browser that is there; gives where the callback leads. */
export async function walkIn(
  browser: TestBrowser,
  begin: FlowBegin,
  provider: AtProvider = { visit: visitProvider },
): Promise<string> {
  const callback = await provider.visit(await beginFlow(browser, begin));
  return leadsTo(await openCallback(browser, callback));
}

/** Gives the provider's page, for this browser to open. */
export async function beginFlow(browser: TestBrowser, begin: FlowBegin): Promise<string> {
  const { path, body } = begin;
  const answer = await browser.ask("POST", path, { body });
  if (answer.status !== 200) throw new Error(`${path}: ${answer.status} ${answer.text}`);
  return String(answer.json.url);
}

/** Gives the address to which the provider sends the browser back. */
async function visitProvider(authorizationUrl: string): Promise<URL> {
  const response = await fetch(authorizationUrl, { redirect: "manual" });
  const location = response.headers.get("location");
  if (location === null) throw new Error(`not sent back: ${await response.text()}`);
  return new URL(location, authorizationUrl);
}

/** As the browser comes back: a navigation that another site began. */
export function openCallback(browser: TestBrowser, callback: URL): Promise<ApiAnswer> {
  return browser.ask("GET", callback.pathname + callback.search, {
    headers: {
      origin: null,
      "sec-fetch-site": "cross-site",
      "sec-fetch-mode": "navigate",
      "sec-fetch-dest": "document",
      accept: "text/html,application/xhtml+xml",
    },
  });
}

/** Where a callback's answer sends the browser on to. */
export function leadsTo({ status, headers, text }: ApiAnswer): string {
  if (status === 303 && headers.location !== undefined) return headers.location;
  throw new Error(`callback: ${status} ${text}`);
}
