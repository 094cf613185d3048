// Around second factors in a browser: proof, pause and lock, trusted browsers, rules, the admin.

import type { BrowserContext } from "playwright-core";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { expectGone, expectHeading, expectSeen, expectText } from "./expect-page.ts";
import { expectFieldError, expectFocus } from "./expect-page.ts";
import { newestMailTo } from "./outbox.ts";
import { addPerson } from "./seed-people.ts";
import type { Person } from "./seed-people.ts";
import { card, codeFromMail, dialog, finish, giveApp, linkApp } from "./second-factor-steps.ts";
import {
  mustPost,
  openTwoFactor,
  postAsPage,
  proveByPassword,
  typeCode,
} from "./second-factor-steps.ts";
import { TIME_STEP_MS } from "./second-factor-steps.ts";
import { useBrowserPortal } from "./use-browser-portal.ts";

const suite = useBrowserPortal();
const people: Person[] = [];
let person: Person;

const NAMES = ["Ida", "Eva", "Una", "Mia", "Zoe", "Amy", "Lea", "Kim"];
const MINUTE_MS = 60_000;
const PROOF = "POST /postern/api/v1/me/proof";

beforeAll(async () => {
  for (const name of NAMES) {
    people.push(await addPerson(suite.portal, { name: `${name} Rhodes`, account: "globex" }));
  }
});

beforeEach(() => {
  person = people.shift()!;
});

async function setRules(value: Readonly<Record<string, unknown>>): Promise<void> {
  await suite.portal.must("PUT", "/api/v1/identity-policies/two-factor?account=globex", { value });
}

describe("the proof of who is there", () => {
  it("is asked for again after ten minutes, and nothing changes without it", async () => {
    const visitor = await suite.visit({ as: person, hasTurnedClock: true });
    const { page, turn } = visitor;
    await giveApp(visitor, person, suite.portal);
    await openTwoFactor(visitor);
    const turnOff = card(page, "Authenticator app").getByRole("button", { name: "Turn off" });
    await turn(10 * MINUTE_MS);
    await turnOff.click();
    await page.getByRole("dialog").getByRole("button", { name: "Turn off" }).click();
    const asking = dialog(page, "Show that it is you");
    await asking.getByRole("button", { name: "Cancel" }).click();
    await expectText(page, "You did not show that it is you, so nothing was changed.");
    await expectSeen(turnOff);

    await turnOff.click();
    await page.getByRole("dialog").getByRole("button", { name: "Turn off" }).click();
    await proveByPassword(page, person);
    await expectText(page, "Authenticator app is off.");
  });

  it("takes a wrong password for none, and says so beside the field", async () => {
    const visitor = await suite.visit({ as: person });
    const { page, expectRefusals } = visitor;
    await openTwoFactor(visitor);
    await card(page, "Authenticator app").getByRole("button", { name: "Set up" }).click();
    const asking = dialog(page, "Show that it is you");
    const field = asking.getByLabel("Password", { exact: true });
    expectRefusals(`403 ${PROOF}`);
    await field.fill("not my password");
    await field.press("Enter");
    await expectFieldError(field, /password/);
    await expectFocus(field);
    await proveByPassword(page, person);
    await linkApp(page);
  });

  it("may be a code of the app, a mailed one or a backup code", async () => {
    const { portal } = suite;
    const visitor = await suite.visit({ as: person });
    const { page } = visitor;
    const { app, codes } = await giveApp(visitor, person, portal);
    await openTwoFactor(visitor);
    await card(page, "E-mail authentication").getByRole("button", { name: "Set up" }).click();
    await typeCode(page, await codeFromMail(portal, person.email));
    await finish(page, false);

    const ways = [
      ["app", async () => app.codeAt(portal.nowMs())],
      ["backup-code", async () => codes[0]!.toUpperCase()],
      [
        "email",
        async () => {
          await page.getByRole("button", { name: "Send the code" }).click();
          return codeFromMail(portal, person.email, 2);
        },
      ],
    ] as const;
    for (const [way, readCode] of ways) {
      portal.advance(11 * MINUTE_MS);
      await page.reload();
      await card(page, "Authenticator app").getByRole("button", { name: "Reset" }).click();
      const asking = dialog(page, "Show that it is you");
      await asking.getByLabel("Show it with").selectOption(way);
      const code = await readCode();
      const field = asking.getByRole("textbox", { name: /code/i });
      await field.fill(code);
      if (way === "backup-code") await field.press("Enter");
      const linking = dialog(page, "Link the app to your account");
      await linking.getByRole("button", { name: "Close" }).click();
      await expectGone(linking);
    }
  });

  it("pauses after three wrong codes, with a countdown, and locks after five", async () => {
    const { portal } = suite;
    const visitor = await suite.visit({ as: person, hasTurnedClock: true });
    const { page, turn, expectRefusals } = visitor;
    const { app } = await giveApp(visitor, person, portal);
    await turn(11 * MINUTE_MS);
    await openTwoFactor(visitor);
    await card(page, "Authenticator app").getByRole("button", { name: "Reset" }).click();
    const asking = dialog(page, "Show that it is you");
    await asking.getByLabel("Show it with").selectOption("app");
    const field = asking.getByRole("textbox", { name: "Code" });
    expectRefusals(`403 ${PROOF}`, `429 ${PROOF}`, `401 ${PROOF}`);

    async function tryWrong(attempt: number): Promise<void> {
      const answered = page.waitForResponse((answer) => answer.url().endsWith("/me/proof"));
      await field.fill("");
      await field.fill(wrongCode(app.codeAt(portal.nowMs()), attempt));
      await answered;
    }

    for (let attempt = 1; attempt <= 3; attempt += 1) await tryWrong(attempt);
    await expectText(asking, "Please try again in five minutes.");
    await expectText(asking, "Then you may try 2 more codes.");
    await expect.poll(() => field.isDisabled()).toBe(true);
    await turn(5 * MINUTE_MS + 1000);
    await expectGone(asking.getByText("Please try again in five minutes."));
    await tryWrong(4);
    await expectText(asking, "Then you may try one more code.");
    await turn(5 * MINUTE_MS + 1000);
    await expectGone(asking.getByText("Please try again in five minutes."));
    await tryWrong(5);
    await expectGone(asking);
    await expectHeading(page, "Codes are locked");
    await newestMailTo(portal, person.email, { saying: /are locked/ });

    const admin = await suite.visit({ as: suite.people.grace });
    await admin.goTo(`/users/${person.id}`);
    const theirs = card(admin.page, "Two-factor");
    await expectText(theirs, /locked, taken again/);
    await theirs.getByRole("button", { name: "Take codes again" }).click();
    await admin.page.getByRole("dialog").getByRole("button", { name: "Take codes again" }).click();
    await expectGone(theirs.getByText(/locked, taken again/));
  });
});

/** Another one than the right one, and another each time. */
function wrongCode(right: string, attempt: number): string {
  return String((Number(right) + 111_111 * attempt) % 1_000_000).padStart(6, "0");
}

describe("trusted browsers", () => {
  it("are listed with their end, this one marked, and ended one by one or all", async () => {
    const { portal } = suite;
    await setRules({ frequency: "14-days-skip", required: { enabled: false } });
    const visitor = await suite.visit({ as: person, hasTurnedClock: true });
    const { page, context, turn } = visitor;
    const { app } = await giveApp(visitor, person, portal);
    await openTwoFactor(visitor);
    const trusted = card(page, "Trusted browsers");
    await expectText(trusted, "No browser is trusted");
    const other = await suite.visit({ clientAddress: "133.11.4.7" });
    for (const browser of [context, other.context]) {
      await turn(TIME_STEP_MS);
      await trust(browser, app.codeAt(portal.nowMs()));
    }

    await page.reload();
    await expectText(trusted, "this one");
    await expectText(trusted, /in 1[34] days/);
    await trusted.getByRole("button", { name: /133\.11\.4\.7/ }).click();
    await page.getByRole("dialog").getByRole("button", { name: "End the trust" }).click();
    await expectGone(trusted.getByRole("button", { name: /133\.11\.4\.7/ }));
    expect(await nextStage(other.context)).toBe("second-factor");

    await turn(TIME_STEP_MS);
    await trust(other.context, app.codeAt(portal.nowMs()));
    await page.reload();
    await trusted.getByRole("button", { name: "End all" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "End the trust in all" }).click();
    await expectText(trusted, "No browser is trusted");
    expect(await nextStage(other.context)).toBe("second-factor");
  });

  async function nextStage(context: BrowserContext): Promise<string> {
    const { email, password } = person;
    return (await mustPost<{ next: string }>(context, "/sign-in", { email, password })).next;
  }

  async function trust(context: BrowserContext, code: string): Promise<void> {
    expect(await nextStage(context)).toBe("second-factor");
    const body = { method: "app", code, trustBrowser: true };
    await mustPost(context, "/sign-in/second-factor", body);
  }
});

describe("an account that requires a second factor", () => {
  it("says so, and keeps the last method on", async () => {
    const visitor = await suite.visit({ as: person });
    const { page } = visitor;
    await giveApp(visitor, person, suite.portal);
    await setRules({ frequency: "every-login", required: { enabled: true } });
    await openTwoFactor(visitor);
    await expectText(page, /Your account requires a second factor: the last method/);
    const app = card(page, "Authenticator app");
    await expectText(app, "To turn this one off, set up another one first.");
    await expectGone(app.getByRole("button", { name: "Turn off" }));
    await setRules({ frequency: "every-login", required: { enabled: false } });
  });
});

describe("recent sign-ins", () => {
  it("tell of a stranger who knew the password, and of wrong codes", async () => {
    const { portal, people: seeded } = suite;
    const theirs = await suite.visit({ as: person });
    const { app } = await giveApp(theirs, person, portal);
    const { email, password } = person;
    const stranger = await suite.visit({ clientAddress: "133.11.9.9" });
    await mustPost(stranger.context, "/sign-in", { email, password });
    const { page, goTo } = await suite.visit({ as: seeded.grace });
    await goTo(`/users/${person.id}`);
    const signIns = card(page, "Recent sign-ins");
    await expectText(signIns, "Right password, not finished");
    const wrong = { method: "app", code: wrongCode(app.codeAt(portal.nowMs()), 1) };
    const refused = await postAsPage(stranger.context, "/sign-in/second-factor", wrong);
    expect(refused.status()).toBe(403);
    await page.reload();
    await expectText(signIns, "Wrong code");

    // One that was finished is told once.
    portal.advance(TIME_STEP_MS);
    const right = { method: "app", code: app.codeAt(portal.nowMs()) };
    await mustPost(stranger.context, "/sign-in/second-factor", right);
    await page.reload();
    await expectSeen(signIns.getByText("Signed in").nth(1));
    await expectGone(signIns.getByText("Right password, not finished"));
  });
});

describe("an admin", () => {
  it("resets the second factors of somebody who lost their phone", async () => {
    const { portal, people: seeded } = suite;
    const theirs = await suite.visit({ as: person });
    await giveApp(theirs, person, portal);
    const { page, goTo } = await suite.visit({ as: seeded.grace });
    await goTo(`/users/${person.id}`);
    const factors = card(page, "Two-factor");
    await expectText(factors, "Authenticator app");
    await factors.getByRole("button", { name: "Reset two-factor" }).click();
    const asking = page.getByRole("dialog");
    await expectText(asking, /The password alone signs/);
    await asking.getByRole("button", { name: "Reset two-factor" }).click();
    await expectSeen(factors.getByText("Off", { exact: true }));
    await newestMailTo(portal, person.email, { saying: /reset by an administrator/ });
    const { email, password } = person;
    const again = await suite.visit();
    const { next } = await mustPost<{ next: string }>(again.context, "/sign-in", {
      email,
      password,
    });
    expect(next).toBe("none");
  });
});
