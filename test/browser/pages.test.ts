// Every page in every state: readable for everybody, on a phone, and the same when loaded again.

import { describe, it } from "vitest";
import { assertAccessible, assertNoSideways } from "./assert-accessible.ts";
import { openConsolePage, viewerOf } from "./console-page.ts";
import { CONSOLE_PAGES } from "./console-pages.ts";
import { expectHeading } from "./expect-page.ts";
import { DESK_WIDTH, PHONE_WIDTH } from "./open-visitor.ts";
import { seedEverybody } from "./seed-people.ts";
import { useBrowserPortal } from "./use-browser-portal.ts";

const suite = useBrowserPortal({ seeds: seedEverybody });

describe("each page", () => {
  it.for(CONSOLE_PAGES.map((page) => [page.name, page] as const))(
    "%s keeps WCAG 2.2 AA in light and dark, and fits a phone",
    async ([, wanted]) => {
      const { portal, people } = suite;
      const visitor = await suite.visit({ as: viewerOf(wanted, suite), width: PHONE_WIDTH });
      const { page } = visitor;
      await openConsolePage(visitor, wanted, { portal, people });
      await assertNoSideways(page);
      await assertAccessible(page);
      await page.setViewportSize({ width: DESK_WIDTH, height: 900 });
      await assertNoSideways(page);
    },
  );

  it.for([
    ["/users", "grace", "Users"],
    ["/accounts/acme", "grace", "Acme Dental"],
    ["/settings/sessions", "joan", "Sessions & browsers"],
    ["/security/user-authentication?account=acme", "ada", "User authentication"],
  ] as const)("%s is the same page when it is loaded again", async ([path, as, heading]) => {
    const { page, goTo } = await suite.visit({ as: suite.people[as] });
    await goTo(path);
    await expectHeading(page, heading);
    const address = page.url();
    await page.reload();
    await expectHeading(page, heading);
    if (page.url() !== address) throw new Error(`${address} became ${page.url()}`);
  });
});
