// Opens a browser context as one visitor has it: own cookies, own storage, everything watched.

import { chromium } from "playwright-core";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { findChromium } from "./find-chromium.ts";
import type { Person } from "./seed-people.ts";
import type { BrowserPortal } from "./start-browser-portal.ts";
import { watchContext } from "./watch-page.ts";
import type { PageWatch } from "./watch-page.ts";
import { watchRequests } from "./watch-requests.ts";
import type { RequestWatch } from "./watch-requests.ts";

export type OpenVisitor = {
  /** Signed in before the first page is opened. */
  readonly as?: Person | undefined;
  readonly width?: number;
  readonly colorScheme?: "light" | "dark";
  /** Runs on the portal's time, and `turn` moves both. */
  readonly hasTurnedClock?: boolean;
  /** Each visitor has one of its own unless it is given. */
  readonly clientAddress?: string;
};

export type Visitor = PageWatch & {
  readonly page: Page;
  readonly context: BrowserContext;
  /** Opens a page of the console, such as `/users`. */
  readonly goTo: (path: string) => Promise<void>;
  /**
   * Lets time pass, for the portal first and then for the browser, whose timers run. What was asked
   * before is answered before: later it would be activity of the time that is turned to.
   */
  readonly turn: (ms: number) => Promise<void>;
} & RequestWatch;

export const DESK_WIDTH = 1280;
export const PHONE_WIDTH = 390;
const HEIGHT = 900;
/** Many times what a page needs on a machine that is busy. */
const WAIT_MS_MAX = 30_000;

/** One of its own, whatever version is installed. */
const USER_AGENT =
  "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) " +
  "Chrome/156.0.0.0 Safari/537.36";

let visitorCount = 0;

/** In Britain; one each, so that nobody is banned for what another did. */
function nextAddress(): string {
  visitorCount += 1;
  return `81.2.69.${visitorCount % 250}`;
}

export function launchChromium(): Promise<Browser> {
  // Without it Chromium lets sound begin by itself nearly always, and now and then not.
  const args = ["--no-sandbox", "--autoplay-policy=no-user-gesture-required"];
  return chromium.launch({ executablePath: findChromium(), args });
}

export async function openVisitor(
  browser: Browser,
  portal: BrowserPortal,
  wanted: OpenVisitor = {},
): Promise<Visitor> {
  const context = await browser.newContext({
    baseURL: portal.origin,
    viewport: { width: wanted.width ?? DESK_WIDTH, height: HEIGHT },
    colorScheme: wanted.colorScheme ?? "light",
    locale: "en-AU",
    timezoneId: "UTC",
    reducedMotion: "reduce",
    userAgent: USER_AGENT,
    extraHTTPHeaders: addressHeaders(wanted),
  });
  context.setDefaultTimeout(WAIT_MS_MAX);
  if (wanted.hasTurnedClock === true) await context.clock.install({ time: portal.nowMs() });
  return beginVisit(context, portal, wanted);
}

/** As the proxy tells it that the portal trusts. */
function addressHeaders(wanted: OpenVisitor): Record<string, string> {
  return { "x-forwarded-for": wanted.clientAddress ?? nextAddress() };
}

const EMPTY_PATH = "/postern/an-empty-page";

/** Forgets all of a visit, so that the page may be the next visitor's. */
export async function leavePage({ page, context }: Visitor, portal: BrowserPortal): Promise<void> {
  for (const other of context.pages()) if (other !== page) await other.close();
  await context.unrouteAll();
  await context.clearCookies();
  await context.route(`**${EMPTY_PATH}`, (route) =>
    route.fulfill({ contentType: "text/html", body: "<!doctype html><title>Empty</title>" }),
  );
  // Of the same origin: pages keep drafts as they are left, and those go after it.
  await page.goto(`${portal.origin}${EMPTY_PATH}`);
  await page.evaluate("localStorage.clear(), sessionStorage.clear()");
  await context.clearCookies();
  await context.unrouteAll();
}

/**
 * The page that another visitor has left, for the next one: a browser context and a page of their
 * own would read and compile the console anew, for longer than all else that a page does.
 */
export async function takePage(
  { page, context }: Visitor,
  portal: BrowserPortal,
  wanted: Pick<OpenVisitor, "as" | "width"> = {},
): Promise<Visitor> {
  await context.setExtraHTTPHeaders(addressHeaders(wanted));
  await page.setViewportSize({ width: wanted.width ?? DESK_WIDTH, height: HEIGHT });
  await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
  return beginVisit(context, portal, wanted);
}

async function beginVisit(
  context: BrowserContext,
  portal: BrowserPortal,
  wanted: Pick<OpenVisitor, "as">,
): Promise<Visitor> {
  const watch = watchContext(context);
  const requests = watchRequests(context);
  if (wanted.as !== undefined) await takeSession(context, wanted.as);
  const page = context.pages()[0] ?? (await context.newPage());
  return {
    ...watch,
    ...requests,
    page,
    context,
    goTo: async (path) => {
      await page.goto(`/postern${path}`);
    },
    turn: async (ms) => {
      await requests.untilAnswered();
      portal.advance(ms);
      await context.clock.fastForward(ms);
    },
  };
}

/** Signs in without the page, for tests that are about something else. */
async function takeSession(context: BrowserContext, { email, password }: Person): Promise<void> {
  const answer = await context.request.post("/postern/api/v1/sign-in", {
    data: { email, password },
  });
  if (!answer.ok()) throw new Error(`signing in ${email}: ${answer.status()}`);
}

/** Signs in as people do, from wherever the page shows the form. */
export async function signIn(
  page: Page,
  { email, password }: Pick<Person, "email" | "password">,
): Promise<void> {
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
}
