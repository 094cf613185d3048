// Too many wrong passwords, and the way back in: by mail, by an admin, in the browser.

import { describe, it } from "vitest";
import {
  expectFieldError,
  expectGone,
  expectHeading,
  expectSeen,
  expectText,
} from "./expect-page.ts";
import { signIn } from "./open-visitor.ts";
import type { Visitor } from "./open-visitor.ts";
import { linkFromMail, newestMailTo } from "./outbox.ts";
import { lockOut } from "./seed-people.ts";
import { useBrowserPortal } from "./use-browser-portal.ts";

const REFUSED = "401 POST /postern/api/v1/sign-in";

const suite = useBrowserPortal();

async function tryPassword({ page }: Visitor, email: string, password: string): Promise<void> {
  const answered = page.waitForResponse((response) => response.url().endsWith("/api/v1/sign-in"));
  await signIn(page, { email, password });
  await answered;
}

describe("six wrong passwords", () => {
  it("lock the user, who gets back in by the link of a mail", async () => {
    const { joan } = suite.people;
    const visitor = await suite.visit();
    const { page, goTo, expectRefusals } = visitor;
    expectRefusals(REFUSED);
    await goTo("/sign-in");
    for (let attempt = 1; attempt <= 6; attempt += 1) {
      await tryPassword(visitor, joan.email, `wrong ${attempt}`);
    }
    await expectText(page, "Not sure of the password?");
    await tryPassword(visitor, joan.email, joan.password);
    await expectSeen(page.getByRole("alert").filter({ hasText: /\w/ }));
    await newestMailTo(suite.portal, joan.email, { saying: /lock/i });

    await page.getByRole("link", { name: "Choose a new password" }).click();
    await expectHeading(page, "Choose a new password");
    await page.getByRole("button", { name: "Send the link" }).click();
    await expectHeading(page, "Look into your mail");

    const link = await linkFromMail(suite.portal, joan.email);
    await page.goto(link);
    await expectHeading(page, "Choose a new password");
    await expectText(page, joan.email);
    const password = "three herons over the weir";
    await page.getByLabel("New password", { exact: true }).fill(password);
    await page.getByRole("button", { name: "Save the password" }).click();
    await expectHeading(page, "Your password is saved");
    await page.getByRole("link", { name: "Sign in" }).click();
    await signIn(page, { email: joan.email, password });
    await expectHeading(page, "Profile");
    await newestMailTo(suite.portal, joan.email, { saying: /changed/i });

    const again = await suite.visit();
    again.expectRefusals("404 POST /postern/api/v1/password-links/look");
    await again.page.goto(link);
    await expectHeading(again.page, "This link does not work");
  });

  it("end the sessions that are open", async () => {
    const { mary } = suite.people;
    const { page, goTo, expectRefusals } = await suite.visit({ as: mary });
    await goTo("/settings/profile");
    await expectHeading(page, "Profile");
    await lockOut(suite.portal.origin, mary);
    expectRefusals("401 GET /postern/api/v1/me/connections");
    await page.getByRole("link", { name: "Password" }).click();
    await expectHeading(page, "You are locked out");
  });

  it("are taken back by an admin, who releases the user", async () => {
    const { mary, grace } = suite.people;
    await lockOut(suite.portal.origin, mary);
    const { page, goTo } = await suite.visit({ as: grace });
    await goTo(`/users/${mary.id}`);
    await expectHeading(page, "Mary Jackson");
    await page.getByRole("button", { name: /release/i }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("button", { name: /release/i }).click();
    await expectGone(page.getByRole("button", { name: /release/i }));

    const released = await suite.visit();
    await released.goTo("/sign-in");
    await signIn(released.page, mary);
    await expectHeading(released.page, "Profile");
  });
});

describe("a link", () => {
  it("that is cut short says so", async () => {
    const { page, goTo } = await suite.visit();
    await goTo("/reset-password#token=tooshort");
    await expectHeading(page, "This link does not work");
  });

  it("refuses a password that does not keep the rules, beside the field", async () => {
    const { ada } = suite.people;
    const { page, expectRefusals } = await suite.visit();
    const { url } = await suite.portal.must("POST", `/api/v1/users/${ada.id}/password-link`);
    await page.goto(url);
    const field = page.getByLabel("New password", { exact: true });
    await field.fill("short");
    await page.getByRole("button", { name: "Save the password" }).click();
    await expectFieldError(field, "Still missing: at least 8 characters.");
    expectRefusals("422 POST /postern/api/v1/password-resets");
    await field.fill("password1234");
    await page.getByRole("button", { name: "Save the password" }).click();
    await expectFieldError(field, /common/i);
    await expectHeading(page, "Choose a new password");
  });

  it("that expired while the page was open says so when it is used", async () => {
    const { ada } = suite.people;
    const { page, expectRefusals } = await suite.visit();
    const { url } = await suite.portal.must("POST", `/api/v1/users/${ada.id}/password-link`);
    await page.goto(url);
    await page.getByLabel("New password", { exact: true }).fill("four otters in the rain");
    suite.portal.advance(31 * 60_000);
    expectRefusals("404 POST /postern/api/v1/password-resets");
    await page.getByRole("button", { name: "Save the password" }).click();
    await expectSeen(page.getByRole("alert").filter({ hasText: /link/i }));
  });
});
