// Gives a suite a portal and a browser of its own, and fails each test whose pages complain.

import type { Browser } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect } from "vitest";
import { launchChromium, leavePage, openVisitor, takePage } from "./open-visitor.ts";
import type { OpenVisitor, Visitor } from "./open-visitor.ts";
import { seedPeople } from "./seed-people.ts";
import type { SeededPeople } from "./seed-people.ts";
import { startBrowserPortal } from "./start-browser-portal.ts";
import type { BrowserPortal, StartBrowserPortal } from "./start-browser-portal.ts";

export type BrowserSuite = {
  readonly portal: BrowserPortal;
  readonly people: SeededPeople;
  readonly visit: (wanted?: OpenVisitor) => Promise<Visitor>;
  /** By the page that the visitor of a test before has left; for who changes nothing about it. */
  readonly visitNext: (wanted: Pick<OpenVisitor, "as" | "width">) => Promise<Visitor>;
};

/** Registers the hooks. Its members are there once the first test runs. */
export function useBrowserPortal(
  wanted: StartBrowserPortal & {
    readonly seeds?: ((portal: BrowserPortal) => Promise<SeededPeople>) | null;
  } = {},
): BrowserSuite {
  let browser: Browser | undefined;
  let portal: BrowserPortal | undefined;
  let people: SeededPeople | undefined;
  let visitors: Visitor[] = [];
  let next: Visitor | undefined;

  beforeAll(async () => {
    portal = await startBrowserPortal(wanted);
    const { seeds = seedPeople } = wanted;
    people = (await seeds?.(portal)) ?? undefined;
    browser = await launchChromium();
  });

  afterEach(async ({ task }) => {
    const visited = visitors;
    visitors = [];
    if (task.result?.state === "fail") {
      for (const visitor of visited) await describePages(visitor);
    }
    const complaints = visited.flatMap((visitor) => visitor.complaints());
    const isGood = task.result?.state !== "fail" && complaints.length === 0;
    for (const visitor of visited) {
      if (isGood && visitor === next) await leavePage(visitor, present(portal));
      else await visitor.context.close();
    }
    if (!isGood) next = undefined;
    expect([...complaints, ...(portal?.failures.splice(0) ?? [])]).toEqual([]);
  });

  afterAll(async () => {
    await browser?.close();
    await portal?.stop();
  });

  return {
    get portal() {
      return present(portal);
    },
    get people() {
      return present(people);
    },
    visit: async (openWith) => {
      const visitor = await openVisitor(present(browser), present(portal), openWith);
      visitors.push(visitor);
      return visitor;
    },
    visitNext: async (openWith) => {
      next =
        next === undefined
          ? await openVisitor(present(browser), present(portal), openWith)
          : await takePage(next, present(portal), openWith);
      visitors.push(next);
      return next;
    },
  };
}

function present<T>(value: T | undefined): T {
  if (value === undefined) throw new Error("it is there once the first test runs");
  return value;
}

/** What a reader of the log needs to see why a test failed. */
async function describePages({ context }: Visitor): Promise<void> {
  for (const page of context.pages()) {
    const body = await page.locator("body").ariaSnapshot().catch(String);
    console.error(`the page at ${page.url()} showed\n${body}`);
  }
}
