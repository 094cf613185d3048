// Looks at a page with axe: WCAG 2.2 at level AA, in the light and in the dark scheme.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Page } from "playwright-core";
import { expect } from "vitest";

const require = createRequire(import.meta.url);
const AXE = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

type AxeReading = {
  /** How many rules are kept. */
  readonly kept: number;
  readonly broken: readonly {
    readonly id: string;
    readonly nodes: readonly { readonly html: string; readonly failureSummary?: string }[];
  }[];
};

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
  if ((await page.evaluate("typeof axe")) === "undefined") await page.evaluate(AXE);
  const runOnly =
    rules === undefined ? { type: "tag", values: TAGS } : { type: "rule", values: rules };
  // Preloading copies style blocks inside of shadow roots without the page's nonce; what reads them
  // is about locked orientations alone. Of what is kept the rules are enough: to describe each
  // element and to carry it out of the page takes longer than to look at it.
  const options = { preload: false, iframes: false, runOnly, resultTypes: ["violations"] };
  const { kept, broken } = await page.evaluate<AxeReading>(
    `axe.run(${JSON.stringify(options)}).then(({ passes, violations }) => ({
      kept: passes.length,
      broken: violations.map(({ id, nodes }) => ({
        id,
        nodes: nodes.map(({ html, failureSummary }) => ({ html, failureSummary })),
      })),
    }))`,
  );
  // INVARIANT: a page that axe could not read breaks no rule, but it keeps none either.
  const keptMin = rules === undefined ? 6 : 1;
  if (kept < keptMin) return [`axe read next to nothing: ${kept} rules are kept`];
  return broken.flatMap(({ id, nodes }) =>
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
