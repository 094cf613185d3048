// Looks at a page with axe: WCAG 2.2 at level AA, in the light and in the dark scheme.

import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "playwright-core";
import { expect } from "vitest";

const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

/** What a scheme of colours can change; the rest is the same page. */
const COLOUR_RULES = ["color-contrast", "link-in-text-block"];

export async function assertAccessible(page: Page): Promise<void> {
  await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
  expect(await findBarriers(page)).toEqual([]);
  await page.emulateMedia({ colorScheme: "dark", reducedMotion: "reduce" });
  const inTheDark = await findBarriers(page, COLOUR_RULES);
  expect(inTheDark.map((barrier) => `in the dark: ${barrier}`)).toEqual([]);
}

/** Each rule that is broken, with the element and what axe says about it. */
export async function findBarriers(
  page: Page,
  rules?: readonly string[],
): Promise<readonly string[]> {
  // Preloading copies style blocks inside of shadow roots without the page's nonce; what reads them
  // is about locked orientations alone.
  const axe = new AxeBuilder({ page }).options({ preload: false });
  const chosen = rules === undefined ? axe.withTags(TAGS) : axe.withRules([...rules]);
  const { violations, passes } = await chosen.analyze();
  // INVARIANT: a page that axe could not read breaks no rule, but it keeps none either.
  const passesMin = rules === undefined ? 6 : 1;
  if (passes.length < passesMin) {
    return [`axe read next to nothing: ${passes.length} rules are kept`];
  }
  return violations.flatMap(({ id, nodes }) =>
    nodes.map((node) => `${id}: ${node.html} ${node.failureSummary ?? ""}`),
  );
}

/** WCAG 1.4.10: nothing has to be scrolled sideways to be read. */
export async function assertNoSideways(page: Page): Promise<void> {
  const [contentWidth = 0, windowWidth = 0] = await page.evaluate<readonly number[]>(
    "[document.scrollingElement.scrollWidth, window.innerWidth]",
  );
  expect(contentWidth, `${page.url()}: width of the content`).toBeLessThanOrEqual(windowWidth);
}
