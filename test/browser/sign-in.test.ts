// Signing in and out in a browser: the form, its refusals, and what each page does without a user.

import { describe, expect, it } from "vitest";
import {
  expectFieldError,
  expectFocus,
  expectGone,
  expectHeading,
  expectPath,
} from "./expect-page.ts";
import { expectSeen, expectText, expectValue } from "./expect-page.ts";
import { signIn } from "./open-visitor.ts";
import { useBrowserPortal } from "./use-browser-portal.ts";

const REFUSED = "401 POST /postern/api/v1/sign-in";

const suite = useBrowserPortal();

describe("signing in", () => {
  it("leads from / to the sign-in page, and then to the console", async () => {
    const { page } = await suite.visit();
    await page.goto("/");
    await expectHeading(page, "Sign in");
    await signIn(page, suite.people.grace);
    await expectHeading(page, "Overview");
  });

  it("leads back to the page that was asked for", async () => {
    const { page, goTo } = await suite.visit();
    await goTo("/settings/sessions");
    await expectHeading(page, "Sign in");
    await signIn(page, suite.people.joan);
    await expectHeading(page, "Sessions & browsers");
    await expectPath(page, "/settings/sessions");
  });

  it("never leads to another origin", async () => {
    const { page, goTo } = await suite.visit();
    await goTo("/sign-in?returnTo=https%3A%2F%2Fevil.example%2Fpostern%2Fusers");
    await signIn(page, suite.people.joan);
    await expectHeading(page, "Profile");
    expect(new URL(page.url()).origin).toBe(suite.portal.origin);
  });

  it("says why it was refused, and keeps the address that was typed", async () => {
    const { page, goTo, expectRefusals } = await suite.visit();
    expectRefusals(REFUSED);
    const { email } = suite.people.joan;
    await goTo("/sign-in");
    await signIn(page, { email, password: "not the password" });
    await expectText(page.getByRole("alert"), /e-mail.*password|password.*e-mail/i);
    await expectValue(page.getByLabel("E-mail address"), email);
  });

  it("answers an unknown address with the same words", async () => {
    const { page, goTo, expectRefusals } = await suite.visit();
    expectRefusals(REFUSED);
    const words: string[] = [];
    for (const email of [suite.people.mary.email, "nobody@example.com"]) {
      await goTo("/sign-in");
      await signIn(page, { email, password: "not the password" });
      const alert = page.getByRole("alert").filter({ hasText: /\w/ });
      await expectSeen(alert);
      words.push(await alert.innerText());
    }
    expect(words[1]).toBe(words[0]);
  });

  it("asks for what is missing before anything is sent", async () => {
    const { page, goTo } = await suite.visit();
    await goTo("/sign-in");
    await page.getByRole("button", { name: "Sign in" }).click();
    await expectFieldError(page.getByLabel("E-mail address"), "Enter your e-mail address.");
    const password = page.getByLabel("Password", { exact: true });
    await expectFieldError(password, "Enter your password.");
    await expectFocus(page.getByLabel("E-mail address"));
  });

  it("works by keyboard alone", async () => {
    const { page, goTo } = await suite.visit();
    const { email, password } = suite.people.joan;
    await goTo("/sign-in");
    await expectFocus(page.getByLabel("E-mail address"));
    await page.keyboard.type(email);
    await page.keyboard.press("Tab");
    await expectFocus(page.getByLabel("Password", { exact: true }));
    await page.keyboard.type(password);
    await page.keyboard.press("Enter");
    await expectHeading(page, "Profile");
    await page.keyboard.press("Tab");
    expect(await page.evaluate("document.activeElement !== document.body")).toBe(true);
  });

  it("shows and hides the password", async () => {
    const { page, goTo } = await suite.visit();
    await goTo("/sign-in");
    const field = page.getByLabel("Password", { exact: true });
    await field.fill("as it is typed");
    await page.getByRole("button", { name: "Show the password" }).click();
    await expect.poll(() => field.getAttribute("type")).toBe("text");
    await page.getByRole("button", { name: "Hide the password" }).click();
    await expect.poll(() => field.getAttribute("type")).toBe("password");
  });
});

describe("signing out", () => {
  it("ends the session in every tab, and the way back shows nothing", async () => {
    const { page, context, goTo } = await suite.visit({ as: suite.people.ada });
    await goTo("/users");
    await expectHeading(page, "Users");
    const other = await context.newPage();
    await other.goto("/postern/settings/profile");
    await expectHeading(other, "Profile");

    await page.getByRole("button", { name: "Signed in as Ada Lovelace" }).click();
    await page.getByRole("menuitem", { name: "Sign out" }).click();
    await expectHeading(page, "You are signed out");
    await expectHeading(other, "You are signed out");

    await page.goBack();
    await expectHeading(page, "Sign in");
    await expectGone(page.getByText("Joan Clarke"));
  });
});

describe("addresses of pages", () => {
  it("stay what they are when the page is loaded again", async () => {
    const { page, goTo } = await suite.visit({ as: suite.people.grace });
    await goTo("/security/log-out-policy");
    await expectHeading(page, "Log-out policy");
    await page.reload();
    await expectHeading(page, "Log-out policy");
    await expectPath(page, "/security/log-out-policy");
  });

  it("that lead nowhere say so, to whoever asks", async () => {
    const { page, goTo } = await suite.visit({ as: suite.people.grace });
    await goTo("/no/such/page");
    await expectHeading(page, "There is no such page");
    await page.getByRole("link", { name: "Users" }).waitFor();
    const stranger = await suite.visit();
    await stranger.goTo("/no/such/page");
    await expectHeading(stranger.page, "There is no such page");
  });
});
