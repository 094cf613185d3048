// Wrong codes in a browser, as the guide warns of them: pauses after three and four, shut at five.

import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { assertAccessible } from "./assert-accessible.ts";
import { expectFieldError, expectFocus, expectGone } from "./expect-page.ts";
import { expectHeading, expectSeen, expectText, expectValue } from "./expect-page.ts";
import { signIn } from "./open-visitor.ts";
import { newestMailTo } from "./outbox.ts";
import { appField, beginSignIn, nextCode, wrongCode } from "./second-factor-sign-in.ts";
import { seedFactors } from "./seed-factors.ts";
import type { SeededFactors } from "./seed-factors.ts";
import { addPerson } from "./seed-people.ts";
import type { Person } from "./seed-people.ts";
import { useBrowserPortal } from "./use-browser-portal.ts";

const SEND = "POST /postern/api/v1/sign-in/second-factor";
const MINUTE_MS = 60_000;

const suite = useBrowserPortal();

type Owner = SeededFactors & { readonly person: Person };

async function addOwner(name: string): Promise<Owner> {
  const person = await addPerson(suite.portal, { name: `${name} Rhodes`, account: "acme" });
  return { person, ...(await seedFactors(suite.portal, person, ["app"])) };
}

async function tryWrong(page: Page, owner: Owner, count: number): Promise<void> {
  for (let attempt = 1; attempt <= count; attempt += 1) {
    const answered = page.waitForResponse(
      (answer) => answer.request().method() === "POST" && answer.url().endsWith("/second-factor"),
    );
    await appField(page).fill("");
    await appField(page).fill(wrongCode(suite.portal, owner));
    await answered;
  }
}

const warning = (page: Page) =>
  page.getByText("Please try again in five minutes.", { exact: true });

describe("wrong codes", () => {
  it("bring a pause after the third and the fourth, and a lock after the fifth", async () => {
    const owner = await addOwner("Ida");
    const visitor = await suite.visit({ hasTurnedClock: true });
    visitor.expectRefusals(`403 ${SEND}`, `429 ${SEND}`, `401 ${SEND}`);
    const page = await beginSignIn(visitor, owner.person);

    await tryWrong(page, owner, 2);
    await expectFieldError(appField(page), /3 more tries/);
    await expectGone(warning(page));
    await tryWrong(page, owner, 1);
    await expectSeen(warning(page));
    await expectText(page, /Then you may try 2 more codes/);
    await expectText(page, /4 minutes \d+ seconds|5 minutes/);
    expect(await appField(page).isDisabled()).toBe(true);
    await assertAccessible(page);

    await page.reload();
    await expectSeen(warning(page));
    expect(await appField(page).isDisabled()).toBe(true);

    await visitor.turn(2 * MINUTE_MS);
    await expectSeen(warning(page));
    await visitor.turn(3 * MINUTE_MS + 1_000);
    await expectGone(warning(page));
    await expectFocus(appField(page));
    await expectValue(appField(page), "");
    await expectText(page, /2 more tries are left/);

    await tryWrong(page, owner, 1);
    await expectSeen(warning(page));
    await expectText(page, /Then you may try one more code/);
    await visitor.turn(5 * MINUTE_MS + 1_000);
    await expectGone(warning(page));
    await expectText(page, /One more try is left/);
    await tryWrong(page, owner, 1);
    await expectHeading(page, "Codes are locked");
    await expectText(page, /29 minutes \d+ seconds|30 minutes/);
    await assertAccessible(page);
    await newestMailTo(suite.portal, owner.person.email, { saying: /lock|wrong codes/i });
    await page.reload();
    await expectHeading(page, "Codes are locked");

    await page.getByRole("link", { name: "Back to sign in" }).click();
    await signIn(page, owner.person);
    await expectHeading(page, "Codes are locked");
    await expectText(page, /ask your administrator/);
    await expectGone(appField(page));
    await page.getByRole("button", { name: "Sign out and come back later" }).click();
    await expectHeading(page, "You are signed out");

    await visitor.turn(31 * MINUTE_MS);
    await beginSignIn(visitor, owner.person);
    await appField(page).fill(nextCode(suite.portal, owner));
    await expectHeading(page, "Profile");
  });

  it("count for the user: a pause in one browser is one in every other", async () => {
    const owner = await addOwner("Eva");
    const here = await suite.visit();
    here.expectRefusals(`403 ${SEND}`, `429 ${SEND}`);
    await tryWrong(await beginSignIn(here, owner.person), owner, 3);
    await expectSeen(warning(here.page));
    const there = await suite.visit();
    await beginSignIn(there, owner.person);
    await expectSeen(warning(there.page));
    await there.page.getByRole("button", { name: "Use a backup code" }).click();
    expect(await there.page.getByLabel("Backup code").isDisabled()).toBe(true);
  });

  it("are forgotten with a right one", async () => {
    const owner = await addOwner("Una");
    const visitor = await suite.visit();
    visitor.expectRefusals(`403 ${SEND}`);
    const page = await beginSignIn(visitor, owner.person);
    await tryWrong(page, owner, 2);
    await appField(page).fill(nextCode(suite.portal, owner));
    await expectHeading(page, "Profile");
    const again = await suite.visit();
    again.expectRefusals(`403 ${SEND}`);
    await beginSignIn(again, owner.person);
    await tryWrong(again.page, owner, 1);
    await expectFieldError(appField(again.page), /4 more tries/);
  });
});
