// An account that requires a second factor: its people set one up while they sign in.

import type { Page } from "playwright-core";
import { beforeAll, describe, expect, it } from "vitest";
import { assertAccessible, assertNoSideways } from "./assert-accessible.ts";
import { openAuthenticator } from "./authenticator.ts";
import type { Authenticator } from "./authenticator.ts";
import { expectFocus, expectGone, expectHeading, expectPath, expectText } from "./expect-page.ts";
import { PHONE_WIDTH, signIn } from "./open-visitor.ts";
import type { Visitor } from "./open-visitor.ts";
import { readQrCode } from "./read-qr-code.ts";
import { appField, beginSignIn, mailField, nextCode } from "./second-factor-sign-in.ts";
import { backupCodesIn, codeFromMail } from "./second-factor-steps.ts";
import { addPerson } from "./seed-people.ts";
import type { Person } from "./seed-people.ts";
import { useBrowserPortal } from "./use-browser-portal.ts";

const CHOOSE = "Set up a second factor";
const LINK = "Link the app to your account";
const CODE = "Enter the Authentication Code";

const suite = useBrowserPortal();

beforeAll(async () => {
  await suite.portal.must("PUT", "/api/v1/identity-policies/two-factor?account=globex", {
    value: { frequency: "every-login", required: { enabled: true } },
  });
});

function addMember(name: string): Promise<Person> {
  return addPerson(suite.portal, { name: `${name} Rhodes`, account: "globex" });
}

async function toChoice({ page, goTo }: Visitor, person: Person, path = "/sign-in"): Promise<Page> {
  await goTo(path);
  await signIn(page, person);
  await expectHeading(page, CHOOSE);
  return page;
}

const byApp = (page: Page) => page.getByRole("button", { name: /^Authenticator app/ });
const byMail = (page: Page) => page.getByRole("button", { name: /^E-mail/ });

async function scan(page: Page): Promise<Authenticator> {
  await expectHeading(page, LINK);
  await page.getByRole("img", { name: /QR code/ }).waitFor();
  return openAuthenticator(await readQrCode(page));
}

/** Without keeping the codes one is asked once. */
async function finish(page: Page): Promise<readonly string[]> {
  const codes = await backupCodesIn(page.getByRole("main"));
  await page.getByRole("button", { name: "Done" }).click();
  await expectText(page, "They cannot be shown again.");
  await page.getByRole("button", { name: "Done" }).click();
  return codes;
}

describe("an account that requires a second factor", () => {
  it("lets people link an app, and leads on to where they wanted to go", async () => {
    const person = await addMember("Ida");
    const visitor = await suite.visit({ width: PHONE_WIDTH });
    const page = await toChoice(visitor, person, "/settings/sessions");
    await expectPath(page, "/set-up-second-factor");
    await byApp(page).click();
    const app = await scan(page);
    await assertNoSideways(page);
    await assertAccessible(page);
    await page.getByRole("button", { name: "Next" }).click();
    await expectFocus(page.getByLabel("Code"));
    await page.keyboard.type(app.codeAt(suite.portal.nowMs()));
    await expectText(page, /successfully enabled/);
    await assertNoSideways(page);
    await assertAccessible(page);
    expect(await finish(page)).toHaveLength(10);
    await expectHeading(page, "Sessions & browsers");

    const again = await suite.visit();
    await beginSignIn(again, person);
    await appField(again.page).fill(nextCode(suite.portal, { app }));
    await expectHeading(again.page, "Profile");
  });

  it("lets people take codes by mail", async () => {
    const person = await addMember("Eva");
    const page = await toChoice(await suite.visit(), person);
    await byMail(page).click();
    await expectHeading(page, CODE);
    await page.getByLabel("Code").fill(await codeFromMail(suite.portal, person.email));
    await expectText(page, /successfully enabled/);
    await finish(page);
    await expectHeading(page, "Profile");

    const again = await suite.visit();
    await beginSignIn(again, person);
    await mailField(again.page).fill(await codeFromMail(suite.portal, person.email, 2));
    await expectHeading(again.page, "Profile");
  });

  it("asks anew after a reload, with a new secret, and goes back to the choice", async () => {
    const person = await addMember("Una");
    const page = await toChoice(await suite.visit(), person);
    await page.reload();
    await expectHeading(page, CHOOSE);
    await byApp(page).click();
    const before = await scan(page);
    await page.reload();
    const app = await scan(page);
    expect(app.secret).not.toBe(before.secret);
    await page.goBack();
    await expectHeading(page, CHOOSE);
    await byMail(page).click();
    await expectHeading(page, CODE);
    await page.getByRole("button", { name: "Choose another way" }).click();
    await byApp(page).click();
    const linked = await scan(page);
    await page.getByRole("button", { name: "Next" }).click();
    await page.getByLabel("Code").fill(linked.codeAt(suite.portal.nowMs()));
    await expectText(page, /successfully enabled/);
    await finish(page);
    await expectHeading(page, "Profile");
    await page.goBack();
    await expectGone(page.getByRole("heading", { name: CHOOSE }));
  });

  it("opens nothing else before, and can be given up", async () => {
    const person = await addMember("Mia");
    const visitor = await suite.visit();
    const page = await toChoice(visitor, person);
    await visitor.goTo("/settings/profile");
    await expectHeading(page, CHOOSE);
    await page.getByRole("button", { name: "Sign out instead" }).click();
    await expectHeading(page, "You are signed out");
  });

  it("asks for the new password first, then for the second factor", async () => {
    const person = await addMember("Zoe");
    const given = "given by the operator 9";
    await suite.portal.must("PUT", `/api/v1/users/${person.id}/password`, { newPassword: given });
    const { page, goTo } = await suite.visit();
    await goTo("/settings/sessions");
    await signIn(page, { email: person.email, password: given });
    await expectHeading(page, "Choose a new password");
    await page.getByLabel("Present password").fill(given);
    await page.getByLabel("New password", { exact: true }).fill("nine terns on the jetty");
    await page.getByRole("button", { name: "Change password" }).click();
    await expectHeading(page, CHOOSE);
    await goTo("/change-password");
    await expectHeading(page, CHOOSE);
    await byMail(page).click();
    await page.getByLabel("Code").fill(await codeFromMail(suite.portal, person.email));
    await expectText(page, /successfully enabled/);
    await finish(page);
    await expectHeading(page, "Sessions & browsers");
  });

  it("works by keyboard alone", async () => {
    const person = await addMember("Amy");
    const page = await toChoice(await suite.visit(), person);
    await page.keyboard.press("Tab");
    await expectFocus(byApp(page));
    await page.keyboard.press("Tab");
    await expectFocus(byMail(page));
    await page.keyboard.press("Enter");
    await expectFocus(page.getByLabel("Code"));
    await page.keyboard.type(await codeFromMail(suite.portal, person.email));
    await expectText(page, /successfully enabled/);
  });
});
