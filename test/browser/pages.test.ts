// Pages in every state: readable for everybody, on a phone, and the same when loaded again.

import { describe, it } from "vitest";
import { checkPages } from "./check-pages.ts";
import { PAGES_WITHOUT_FACTORS } from "./console-pages.ts";
import { expectHeading } from "./expect-page.ts";
import { seedEverybody } from "./seed-people.ts";
import { useBrowserPortal } from "./use-browser-portal.ts";

const suite = useBrowserPortal({ seeds: seedEverybody });

describe("each page", () => {
  checkPages(suite, PAGES_WITHOUT_FACTORS, { actsLeaveNothing: true });

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
