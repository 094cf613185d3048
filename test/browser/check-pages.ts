// Checks pages of the console: readable for everybody, and on a phone.

import { it } from "vitest";
import { assertAccessible, assertNoSideways } from "./assert-accessible.ts";
import { openConsolePage, viewerOf } from "./console-page.ts";
import type { ConsolePage } from "./console-page.ts";
import { DESK_WIDTH, PHONE_WIDTH } from "./open-visitor.ts";
import type { BrowserSuite } from "./use-browser-portal.ts";

type Acts = {
  /** What is done on a page may leave a clock or a security key in the browser, or does not. */
  readonly actsLeaveNothing?: boolean;
};

export function checkPages(
  suite: BrowserSuite,
  pages: readonly ConsolePage[],
  { actsLeaveNothing = false }: Acts = {},
): void {
  it.for(pages.map((page) => [page.name, page] as const))(
    "%s keeps WCAG 2.2 AA in light and dark, and fits a phone",
    async ([, wanted]) => {
      const { portal, people } = suite;
      const leavesNothing = wanted.act === undefined || actsLeaveNothing;
      const visit = leavesNothing ? suite.visitNext : suite.visit;
      const visitor = await visit({ as: viewerOf(wanted, suite), width: PHONE_WIDTH });
      const { page } = visitor;
      await openConsolePage(visitor, wanted, { portal, people });
      await assertNoSideways(page);
      await assertAccessible(page);
      await page.setViewportSize({ width: DESK_WIDTH, height: 900 });
      await assertNoSideways(page);
    },
  );
}
