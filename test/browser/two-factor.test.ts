// User settings, Two-factor in a browser, as the guide says it: set up, reset and turn off.

import type { Page } from "playwright-core";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { expectFieldError, expectFocus, expectGone, expectHeading } from "./expect-page.ts";
import { expectSeen, expectText } from "./expect-page.ts";
import { newestMailTo } from "./outbox.ts";
import { readQrCode } from "./read-qr-code.ts";
import { addPerson } from "./seed-people.ts";
import type { Person } from "./seed-people.ts";
import { card, codeFromMail, dialog, finish, linkApp } from "./second-factor-steps.ts";
import {
  openTwoFactor,
  postAsPage,
  proveByPassword,
  setUpApp,
  typeCode,
} from "./second-factor-steps.ts";
import { TIME_STEP_MS } from "./second-factor-steps.ts";
import { openAuthenticator } from "./authenticator.ts";
import { useBrowserPortal } from "./use-browser-portal.ts";

const suite = useBrowserPortal();
const people: Person[] = [];
let person: Person;

const NAMES = ["Ida", "Eva", "Una", "Mia", "Zoe", "Amy", "Lea", "Kim", "Noa", "Liv"];
const MINUTE_MS = 60_000;

beforeAll(async () => {
  for (const name of NAMES) {
    people.push(await addPerson(suite.portal, { name: `${name} Rhodes`, account: "acme" }));
  }
});

/** Somebody new for each test, who has no second factor yet. */
beforeEach(() => {
  person = people.shift()!;
});

function emailCard(page: Page) {
  return card(page, "E-mail authentication");
}

function appCard(page: Page) {
  return card(page, "Authenticator app");
}

async function setUpEmail(page: Page): Promise<void> {
  await emailCard(page).getByRole("button", { name: "Set up" }).click();
  await proveByPassword(page, person);
  await typeCode(page, await codeFromMail(suite.portal, person.email));
}

describe("e-mail authentication", () => {
  it("is set up with the six digits that were mailed, and ends in Done", async () => {
    const visitor = await suite.visit({ as: person });
    const { page, goTo } = visitor;
    await goTo("/settings/profile");
    await page.getByRole("link", { name: "Two-factor", exact: true }).click();
    await expectHeading(page, "Two-factor");
    await expectText(emailCard(page), "Off");
    await setUpEmail(page);
    await expectText(
      page.getByRole("dialog"),
      "The e-mail authentication is successfully enabled with your account.",
    );
    expect(await finish(page, true)).toHaveLength(10);
    await expectSeen(emailCard(page).getByRole("button", { name: "Reset" }));
    await newestMailTo(suite.portal, person.email, { saying: /Codes by e-mail were set up/ });
  });

  it("is reset with a new code, and turned off", async () => {
    const visitor = await suite.visit({ as: person });
    const { page } = visitor;
    await openTwoFactor(visitor);
    await setUpEmail(page);
    await finish(page, true);
    await emailCard(page).getByRole("button", { name: "Reset" }).click();
    await typeCode(page, await codeFromMail(suite.portal, person.email, 2));
    await expectText(
      page.getByRole("dialog"),
      "The e-mail authentication is successfully reset with your account.",
    );
    await finish(page, false);
    await emailCard(page).getByRole("button", { name: "Turn off" }).click();
    const asking = dialog(page, "Turn off E-mail authentication?");
    await expectText(asking, /backup codes are deleted/);
    await asking.getByRole("button", { name: "Turn off" }).click();
    await expectText(page, "E-mail authentication is off.");
    await expectSeen(emailCard(page).getByRole("button", { name: "Set up" }));
    await newestMailTo(suite.portal, person.email, { saying: /e-mail were turned off/ });
  });
});

describe("the authenticator app", () => {
  it("is linked by the QR code on the screen, which says what the text says", async () => {
    const { portal } = suite;
    const visitor = await suite.visit({ as: person });
    const { page } = visitor;
    await openTwoFactor(visitor);
    await appCard(page).getByRole("button", { name: "Set up" }).click();
    await proveByPassword(page, person);
    const linking = dialog(page, "Link the app to your account");
    await linking.getByRole("img", { name: /QR code/ }).waitFor();
    const uri = await readQrCode(page);
    await page.emulateMedia({ colorScheme: "dark" });
    expect(await readQrCode(page)).toBe(uri);
    const app = openAuthenticator(uri);
    expect(app.label).toBe(person.email);
    const shown = await linking.locator("code").textContent();
    expect(shown?.replaceAll(" ", "")).toBe(app.secret);
    await linking.getByRole("button", { name: "Next" }).click();
    await typeCode(page, app.codeAt(portal.nowMs()));
    await expectText(
      page.getByRole("dialog"),
      "The authenticator app authentication is successfully enabled with your account.",
    );
    expect(await finish(page, true)).toHaveLength(10);
    await expectSeen(appCard(page).getByRole("button", { name: "Reset" }));
  });

  it("is reset, and its old code stays good until the new one is confirmed", async () => {
    const { portal } = suite;
    const visitor = await suite.visit({ as: person });
    const { page, context } = visitor;
    const { app: old } = await setUpApp(visitor, person, portal);
    await appCard(page).getByRole("button", { name: "Reset" }).click();
    const next = await linkApp(page);
    expect(next.secret).not.toBe(old.secret);
    portal.advance(TIME_STEP_MS);
    const oldCode = { method: "app", code: old.codeAt(portal.nowMs()) };
    const before = await postAsPage(context, "/me/proof", oldCode);
    expect(before.status()).toBe(200);
    await typeCode(page, next.codeAt(portal.nowMs()));
    await expectText(
      page.getByRole("dialog"),
      "The authenticator app authentication is successfully reset with your account.",
    );
    await finish(page, false);
    portal.advance(TIME_STEP_MS);
    const laterCode = { method: "app", code: old.codeAt(portal.nowMs()) };
    const after = await postAsPage(context, "/me/proof", laterCode);
    expect(after.status()).toBe(403);
  });

  it("is turned off", async () => {
    const visitor = await suite.visit({ as: person });
    const { page } = visitor;
    await setUpApp(visitor, person, suite.portal);
    await appCard(page).getByRole("button", { name: "Turn off" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Turn off" }).click();
    await expectText(page, "Authenticator app is off.");
    await expectSeen(appCard(page).getByRole("button", { name: "Set up" }));
  });

  it("is set up by the keyboard alone", async () => {
    const { portal } = suite;
    const visitor = await suite.visit({ as: person });
    const { page } = visitor;
    await openTwoFactor(visitor);
    const { keyboard } = page;
    const setUp = appCard(page).getByRole("button", { name: "Set up" });
    await tabTo(page, setUp);
    await keyboard.press("Enter");
    await expectFocus(dialog(page, "Show that it is you").getByLabel("Password", { exact: true }));
    await keyboard.type(person.password);
    await keyboard.press("Enter");
    const next = page.getByRole("button", { name: "Next" });
    await expectFocus(next);
    const app = openAuthenticator(await readQrCode(page));
    await keyboard.press("Enter");
    await expectFocus(page.getByRole("dialog").getByLabel("Code"));
    await keyboard.type(app.codeAt(portal.nowMs()));
    await expectText(page.getByRole("dialog"), /successfully enabled/);
    await tabTo(page, page.getByRole("dialog").getByRole("button", { name: "Done" }));
    await keyboard.press("Enter");
    await keyboard.press("Enter");
    await expectGone(page.getByRole("dialog"));
    await expectFocus(appCard(page).getByRole("button", { name: "Reset" }));
  });
});

/** So many elements before it would be a mistake of the page. */
const TABS_MAX = 60;

async function tabTo(page: Page, wanted: ReturnType<Page["locator"]>): Promise<void> {
  for (let count = 0; count < TABS_MAX; count += 1) {
    await page.keyboard.press("Tab");
    if ((await wanted.and(page.locator(":focus")).count()) > 0) return;
  }
  throw new Error(`not reached by ${TABS_MAX} presses of Tab`);
}

describe("a set-up that does not succeed", () => {
  it("says beside the field that a code is wrong, and begins anew after five", async () => {
    const { portal } = suite;
    const visitor = await suite.visit({ as: person });
    const { page, expectRefusals } = visitor;
    await openTwoFactor(visitor);
    await appCard(page).getByRole("button", { name: "Set up" }).click();
    await proveByPassword(page, person);
    const first = await linkApp(page);
    const field = dialog(page, "Enter the Authentication Code").getByLabel("Code");
    const confirm = "POST /postern/api/v1/me/two-factor/app/confirm";
    expectRefusals(`403 ${confirm}`, `409 ${confirm}`);
    const right = first.codeAt(portal.nowMs());
    for (let attempt = 1; attempt <= 5; attempt += 1) {
      const answered = page.waitForResponse((answer) => answer.url().endsWith("/confirm"));
      await field.fill("");
      await field.fill(wrongCode(right, attempt));
      await answered;
      if (attempt === 1) await expectFieldError(field, "4 tries are left");
    }
    await page.getByRole("button", { name: "Start again" }).click();
    const second = await linkApp(page);
    expect(second.secret).not.toBe(first.secret);
    await typeCode(page, second.codeAt(portal.nowMs()));
    await expectText(page.getByRole("dialog"), /successfully enabled/);
    await finish(page, true);
  });

  it("has ended after ten minutes", async () => {
    const visitor = await suite.visit({ as: person, hasTurnedClock: true });
    const { page, turn, expectRefusals } = visitor;
    await openTwoFactor(visitor);
    await emailCard(page).getByRole("button", { name: "Set up" }).click();
    await proveByPassword(page, person);
    const code = await codeFromMail(suite.portal, person.email);
    await turn(10 * MINUTE_MS + 1000);
    expectRefusals("409 POST /postern/api/v1/me/two-factor/email/confirm");
    await typeCode(page, code);
    await proveByPassword(page, person);
    await page.getByRole("button", { name: "Start again" }).click();
    await typeCode(page, await codeFromMail(suite.portal, person.email, 2));
    await expectText(page.getByRole("dialog"), /successfully enabled/);
    await finish(page, true);
  });
});

/** Another one than the right one, and another each time. */
function wrongCode(right: string, attempt: number): string {
  return String((Number(right) + 111_111 * attempt) % 1_000_000).padStart(6, "0");
}
