// The question before a change that would lock out whoever saves it: why, the way out, the phrase.
import type { Locator, Page } from "playwright-core";
import { expect, it } from "vitest";
import { LOCKOUT_OVERRIDE } from "../../src/api/change-safety-api.ts";
import { assertAccessible } from "./assert-accessible.ts";
import { expectGone, expectSeen, expectText } from "./expect-page.ts";
import { useBrowserPortal } from "./use-browser-portal.ts";

const suite = useBrowserPortal();
/** In Great Britain, as the small world of the tests has it. */
const HOME = "81.2.69.77";
const TITLE = "This would lock you out";

async function press(scope: Page | Locator, name: string): Promise<void> {
  await scope.getByRole("button", { name, exact: true }).click();
}

async function rangesOf(): Promise<readonly string[]> {
  const { entries } = await suite.portal.must("GET", "/api/v1/entries");
  return entries.map(({ action, range }: Record<string, string>) => `${action} ${range}`);
}

async function idOf(range: string): Promise<number> {
  const { entries } = await suite.portal.must("GET", `/api/v1/entries?covering=${range}`);
  return entries.find((entry: { readonly range: string }) => entry.range === range).id;
}

it("says why, lets one in first, and saves only what is meant", async () => {
  const visitor = await suite.visit({ as: suite.people.grace, clientAddress: HOME });
  const { page, expectRefusals } = visitor;
  await visitor.goTo("/security/address-lists");
  await page.getByRole("button", { name: "Add an address" }).first().click();
  const add = page.getByRole("dialog", { name: "Add to the address list" });
  const asked = page.getByRole("dialog", { name: TITLE });

  await add.getByLabel("Address, block or range").fill("81.2.69.0/24");
  expectRefusals("409 POST /postern/api/v1/entries");
  await press(add, "Deny it");
  await expectText(
    asked,
    `you would not get to the sign-in and the console from your address ${HOME}`,
  );
  await expectText(asked, "The deny entry 81.2.69.0/24 covers the address.");
  await assertAccessible(page);
  await press(asked, "Do not save");
  await expectGone(asked);
  await expectText(add, "It was not saved: it would have locked you out.");
  expect(await rangesOf()).toEqual([]);

  expectRefusals("409 POST /postern/api/v1/entries");
  await press(add, "Deny it");
  await press(asked, "Allow my address first");
  await expectText(page, "81.2.69.0/24 is on the list.");
  await expectGone(asked);
  expect((await rangesOf()).toSorted()).toEqual([`allow ${HOME}`, "deny 81.2.69.0/24"]);

  // The allow entry is what keeps them in now.
  await press(page, `Edit ${HOME}`);
  const edit = page.getByRole("dialog", { name: "Edit an entry" });
  await edit.getByRole("radio", { name: /^Deny/ }).check();
  expectRefusals(`409 PATCH /postern/api/v1/entries/${await idOf(HOME)}`);
  await press(edit, "Save");
  await expectSeen(asked);
  const phrase = asked.getByLabel(`Or type “${LOCKOUT_OVERRIDE}” to save it all the same`);
  await phrase.fill("let it");
  expect(await asked.getByRole("button", { name: "Save all the same" }).isDisabled()).toBe(true);
  await phrase.fill(LOCKOUT_OVERRIDE);
  const entries = "/postern/api/v1/entries";
  const waiting = "/postern/api/v1/unconfirmed-changes";
  expectRefusals(`403 GET ${entries}`, `403 GET ${waiting}`);
  const refused = [`${entries}?`, waiting].map((path) =>
    page.waitForResponse((answer) => answer.url().includes(path)),
  );
  await press(asked, "Save all the same");
  for (const answer of refused) expect((await answer).status()).toBe(403);
  // Nothing more is asked from here: it would be refused as well.
  await page.goto("about:blank");
  expect((await rangesOf()).toSorted()).toEqual(["deny 81.2.69.0/24", `deny ${HOME}`]);
  const { revisions } = await suite.portal.must("GET", "/api/v1/revisions?limit=1");
  expect(revisions[0].overrode).toMatch(/^It refuses whoever made it on /);
  expect(revisions[0].address).toBe(HOME);
});

it("is the only question about oneself in an import, once every line is accepted", async () => {
  const own = "198.51.100.77";
  const visitor = await suite.visit({ as: suite.people.grace, clientAddress: own });
  const { page, expectRefusals } = visitor;
  await visitor.goTo("/security/address-lists");
  await press(page, "Import");
  const many = page.getByRole("dialog", { name: "Import many" });
  const asked = page.getByRole("dialog", { name: TITLE });
  const list = many.getByLabel("List");
  await list.fill(`${own}\nsomewhere`);
  expectRefusals("422 POST /postern/api/v1/entries/import");
  await press(many, "Import");
  await expectText(many, "Nothing was stored: 1 line cannot be taken");
  expect(await page.getByRole("dialog").count()).toBe(1);

  await list.fill(`${own}\n198.51.100.78`);
  expectRefusals("409 POST /postern/api/v1/entries/import");
  await press(many, "Import");
  await expectText(asked, `from your address ${own}`);
  await press(asked, "Do not save");
  await expectGone(asked);
  await expectText(many, "It was not saved: it would have locked you out.");
  expect(await rangesOf()).not.toContain(`deny ${own}`);
});
