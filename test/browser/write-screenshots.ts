// Writes docs/screenshots: every page of the console, wide and narrow, in light and dark.

import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Browser, Page } from "playwright-core";
import { openConsolePage, viewerOf } from "./console-page.ts";
import type { ConsolePage, PageWorld } from "./console-page.ts";
import { CONSOLE_PAGES, EMPTY_CONSOLE_PAGES } from "./console-pages.ts";
import { DESK_WIDTH, launchChromium, openVisitor, PHONE_WIDTH } from "./open-visitor.ts";
import { seedEverybody, seedOperator } from "./seed-people.ts";
import { startBrowserPortal } from "./start-browser-portal.ts";
import type { BrowserPortal } from "./start-browser-portal.ts";

const FOLDER = fileURLToPath(new URL("../../docs/screenshots", import.meta.url));
const SCHEMES = ["light", "dark"] as const;
const MINUTE_MS = 60_000;
const STANDS_AT_MS = Date.UTC(2027, 2, 4, 9, 30);

/** What differs from run to run, and what stands there in the pictures. */
const SHOWN_ORIGIN = "https://portal.example.com";
const SHOWN_DIRECTORY = "/var/lib/postern";

type Shooting = PageWorld & { readonly browser: Browser };

const wantedNames = process.argv.slice(2);
const browser = await launchChromium();
try {
  if (wantedNames.length === 0) rmSync(FOLDER, { recursive: true, force: true });
  mkdirSync(FOLDER, { recursive: true });
  await shootPortal(CONSOLE_PAGES, seedEverybody);
  await shootPortal(EMPTY_CONSOLE_PAGES, async (portal) => ({ grace: await seedOperator(portal) }));
} finally {
  await browser.close();
}

async function shootPortal(
  pages: readonly ConsolePage[],
  seed: (portal: BrowserPortal) => Promise<PageWorld["people"]>,
): Promise<void> {
  const portal = await startBrowserPortal({ standsAtMs: STANDS_AT_MS });
  try {
    const people = await seed(portal);
    for (const page of pages) {
      if (wantedNames.length > 0 && !wantedNames.includes(page.name)) continue;
      await shootPage(page, { browser, portal, people });
    }
  } finally {
    await portal.stop();
  }
}

/** Drawn once for each width and scheme, as the page may differ in more than its styles. */
async function shootPage(wanted: ConsolePage, shooting: Shooting): Promise<void> {
  const { portal } = shooting;
  for (const width of [DESK_WIDTH, PHONE_WIDTH]) {
    // Lists are in the order of their times, so no two visitors come at the same one.
    portal.advance(MINUTE_MS);
    const visitor = await openVisitor(shooting.browser, portal, {
      as: viewerOf(wanted, shooting),
      width,
    });
    await visitor.context.clock.setFixedTime(portal.nowMs());
    await openConsolePage(visitor, wanted, shooting);
    await showWhole(visitor.page, width);
    for (const scheme of SCHEMES) {
      await visitor.page.emulateMedia({ colorScheme: scheme, reducedMotion: "reduce" });
      // Last, because a page that draws itself anew puts back what it knows.
      await replaceWhatDiffers(visitor.page, portal);
      const bytes = await visitor.page.screenshot({ animations: "disabled" });
      writeFileSync(join(FOLDER, `${wanted.name}-${width}-${scheme}.png`), bytes);
    }
    const complaints = visitor.complaints();
    if (complaints.length > 0) console.log(`${wanted.name}: ${complaints.join("; ")}`);
    await visitor.context.close();
  }
}

/** A window as high as the page: what sticks to its edge stands where it belongs. */
async function showWhole(page: Page, width: number): Promise<void> {
  const height = await page.evaluate<number>("document.scrollingElement.scrollHeight");
  await page.setViewportSize({ width, height });
}

async function replaceWhatDiffers(page: Page, { origin, dataDir }: BrowserPortal): Promise<void> {
  const pairs = JSON.stringify([
    [dataDir, SHOWN_DIRECTORY],
    [origin, SHOWN_ORIGIN],
    [new URL(origin).host, new URL(SHOWN_ORIGIN).host],
  ]);
  await page.evaluate(`(() => {
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
      const node = texts.currentNode;
      for (const [from, to] of ${pairs}) {
        if (node.data.includes(from)) node.data = node.data.replaceAll(from, to);
      }
    }
  })()`);
}
