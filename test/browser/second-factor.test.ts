// Signing in with a second factor in a browser: app, mail, backup code, and browsers that skip it.

import type { Page } from "playwright-core";
import { beforeAll, describe, expect, it } from "vitest";
import { assertAccessible } from "./assert-accessible.ts";
import { expectChecked, expectFieldError, expectFocus, expectGone } from "./expect-page.ts";
import { expectHeading, expectPath, expectSeen, expectText, expectValue } from "./expect-page.ts";
import { signIn } from "./open-visitor.ts";
import { appField, ASKED, beginSignIn, mailField } from "./second-factor-sign-in.ts";
import { nextCode, wrongCode } from "./second-factor-sign-in.ts";
import { codeFromMail } from "./second-factor-steps.ts";
import { seedFactors } from "./seed-factors.ts";
import type { SeededFactors } from "./seed-factors.ts";
import { addPerson } from "./seed-people.ts";
import type { Person } from "./seed-people.ts";
import { useBrowserPortal } from "./use-browser-portal.ts";

const WRONG = "403 POST /postern/api/v1/sign-in/second-factor";

const suite = useBrowserPortal();

/** Each test has a person of its own, so that nobody's wrong codes count for another. */
type Owner = SeededFactors & { readonly person: Person };
const owners: Record<string, Owner> = {};

async function addOwner(name: string, ...methods: ("app" | "email")[]): Promise<Owner> {
  const person = await addPerson(suite.portal, { name: `${name} Rhodes`, account: "acme" });
  return { person, ...(await seedFactors(suite.portal, person, methods)) };
}

beforeAll(async () => {
  owners["app"] = await addOwner("Ida", "app");
  owners["email"] = await addOwner("Eva", "email");
  owners["both"] = await addOwner("Una", "app", "email");
  owners["trust"] = await addOwner("Mia", "app");
});

function ownerOf(name: string): Owner {
  const owner = owners[name];
  if (owner === undefined) throw new Error(`nobody is called ${name}`);
  return owner;
}

describe("a code of the app", () => {
  it("is sent as soon as its six digits are there, and leads where one wanted to go", async () => {
    const owner = ownerOf("app");
    const page = await beginSignIn(await suite.visit(), owner.person, "/settings/sessions");
    await expectPath(page, "/second-factor");
    await expectText(page.getByRole("main"), "Postern");
    await expectFocus(appField(page));
    await page.keyboard.type(nextCode(suite.portal, owner));
    await expectHeading(page, "Sessions & browsers");
  });

  it("is taken with the spaces it is shown with", async () => {
    const owner = ownerOf("app");
    const page = await beginSignIn(await suite.visit(), owner.person);
    const code = nextCode(suite.portal, owner);
    await appField(page).fill(` ${code.slice(0, 3)} ${code.slice(3)} `);
    await expectHeading(page, "Profile");
  });

  it("is refused beside the field when it is wrong, which stays focused", async () => {
    const owner = ownerOf("app");
    const visitor = await suite.visit();
    visitor.expectRefusals(WRONG);
    const page = await beginSignIn(visitor, owner.person);
    const wrong = wrongCode(suite.portal, owner);
    await page.keyboard.type(wrong);
    await expectFieldError(appField(page), /not right.*4 more tries/i);
    await expectFocus(appField(page));
    await expectValue(appField(page), wrong);
    await assertAccessible(page);
    await page.keyboard.type(nextCode(suite.portal, owner));
    await expectHeading(page, "Profile");
  });

  it("signs in once, not a second time", async () => {
    const owner = ownerOf("app");
    const code = nextCode(suite.portal, owner);
    const first = await beginSignIn(await suite.visit(), owner.person);
    await appField(first).fill(code);
    await expectHeading(first, "Profile");
    const visitor = await suite.visit();
    visitor.expectRefusals(WRONG);
    const page = await beginSignIn(visitor, owner.person);
    await appField(page).fill(code);
    await expectFieldError(appField(page), /used before/i);
  });

  it("asks for six digits before anything is sent", async () => {
    const page = await beginSignIn(await suite.visit(), ownerOf("app").person);
    await page.keyboard.type("123");
    await page.keyboard.press("Enter");
    await expectFieldError(appField(page), "Enter six digits.");
  });

  it("stays in the field while the server cannot be reached, and is sent again", async () => {
    const owner = ownerOf("app");
    const { page, context, goTo } = await suite.visit();
    await goTo("/sign-in");
    await signIn(page, owner.person);
    await expectHeading(page, ASKED);
    const code = nextCode(suite.portal, owner);
    // Without the console's complaint about a request that never left.
    await context.route(/sign-in\/second-factor$/, (route) => route.abort("aborted"));
    await appField(page).fill(code);
    await expectText(page.getByRole("alert"), /cannot be reached/);
    await expectValue(appField(page), code);
    await context.unroute(/sign-in\/second-factor$/);
    await page.getByRole("button", { name: "Go on" }).click();
    await expectHeading(page, "Profile");
  });
});

describe("a code by mail", () => {
  it("is sent by itself where it is the only method, and not again by a reload", async () => {
    const { person } = ownerOf("email");
    const page = await beginSignIn(await suite.visit(), person);
    await expectText(page, /A code was sent to e.*@example\.com/);
    const code = await codeFromMail(suite.portal, person.email, 2);
    await page.reload();
    await expectText(page, /A code was sent to/);
    await expectFocus(mailField(page));
    await expectText(page, /Good for another 9 minutes|Good for another 10 minutes/);
    await mailField(page).fill(code);
    await expectHeading(page, "Profile");
  });

  it("is sent anew after half a minute, and voids the one before", async () => {
    const { person } = ownerOf("email");
    const visitor = await suite.visit({ hasTurnedClock: true });
    visitor.expectRefusals(WRONG);
    const page = await beginSignIn(visitor, person);
    await expectText(page, /A code was sent to/);
    const first = await codeFromMail(suite.portal, person.email, 3);
    const again = page.getByRole("button", { name: /^Send another code/ });
    await expect.poll(() => again.getAttribute("aria-disabled")).toBe("true");
    await visitor.turn(31_000);
    await expect.poll(() => again.getAttribute("aria-disabled")).toBe("false");
    await again.click();
    await expectText(page, "Only the newest one is good.");
    const second = await codeFromMail(suite.portal, person.email, 4);
    if (first !== second) {
      await mailField(page).fill(first);
      await expectFieldError(mailField(page), /not right/);
    }
    await mailField(page).fill(second);
    await expectHeading(page, "Profile");
  });
});

describe("several methods", () => {
  it("offer the app first, then what was used last in this browser", async () => {
    const owner = ownerOf("both");
    const { person } = owner;
    const visitor = await suite.visit();
    const page = await beginSignIn(visitor, person);
    await expectFocus(appField(page));
    const choice = page.getByRole("radiogroup", { name: "Second factor" });
    await choice.getByText("E-mail").click();
    await expectGone(appField(page));
    await page.getByRole("button", { name: "Send a code" }).click();
    await expectFocus(mailField(page));
    await mailField(page).fill(await codeFromMail(suite.portal, person.email, 2));
    await expectHeading(page, "Profile");

    await visitor.context.clearCookies();
    await beginSignIn(visitor, person);
    await expectChecked(choice.getByRole("radio", { name: "E-mail" }), true);
    await choice.getByText("App").click();
    await appField(page).fill(nextCode(suite.portal, owner));
    await expectHeading(page, "Profile");
  });

  it("can be chosen and used by keyboard alone", async () => {
    const owner = ownerOf("both");
    const page = await beginSignIn(await suite.visit(), owner.person);
    await expectFocus(appField(page));
    await page.keyboard.press("Shift+Tab");
    const choice = page.getByRole("radiogroup", { name: "Second factor" });
    await expectFocus(choice.getByRole("radio", { name: "App" }));
    await page.keyboard.press("ArrowRight");
    await expectFocus(choice.getByRole("radio", { name: "E-mail" }));
    await expectSeen(page.getByRole("button", { name: "Send a code" }));
    await page.keyboard.press("ArrowLeft");
    await page.keyboard.press("Tab");
    await expectFocus(appField(page));
    await page.keyboard.type(nextCode(suite.portal, owner));
    await expectHeading(page, "Profile");
  });

  it("stay chosen when the page is loaded again", async () => {
    const page = await beginSignIn(await suite.visit(), ownerOf("both").person);
    await page.getByRole("radiogroup").getByText("E-mail").click();
    await expectSeen(page.getByRole("button", { name: "Send a code" }));
    await page.reload();
    await expectSeen(page.getByRole("button", { name: "Send a code" }));
  });
});

describe("a backup code", () => {
  it("opens once in place of the app, with hyphen and in capitals too", async () => {
    const owner = ownerOf("app");
    const [code = ""] = owner.backupCodes;
    const page = await beginSignIn(await suite.visit(), owner.person);
    await page.getByRole("button", { name: "Use a backup code" }).click();
    const field = page.getByLabel("Backup code");
    await expectFocus(field);
    await page.reload();
    await expectFocus(field);
    await page.goBack();
    await expectSeen(appField(page));
    await page.goForward();
    await field.fill(code.toUpperCase());
    await page.keyboard.press("Enter");
    await expectHeading(page, "Profile");

    const again = await suite.visit();
    again.expectRefusals(WRONG);
    await beginSignIn(again, owner.person);
    await again.page.getByRole("button", { name: "Use a backup code" }).click();
    await again.page.getByLabel("Backup code").fill(code);
    await again.page.keyboard.press("Enter");
    await expectFieldError(again.page.getByLabel("Backup code"), /used before|not right/i);
  });
});

describe("14 days skip", () => {
  const tick = (page: Page) => page.getByRole("checkbox", { name: /^Trust this browser/ });

  it("skips the code in the browser that is trusted, and nowhere else", async () => {
    const owner = ownerOf("trust");
    const before = await beginSignIn(await suite.visit(), owner.person);
    await expectGone(tick(before));
    await suite.portal.must("PUT", "/api/v1/identity-policies/two-factor?account=acme", {
      value: { frequency: "14-days-skip", required: { enabled: false } },
    });
    const visitor = await suite.visit();
    const page = await beginSignIn(visitor, owner.person);
    await expectChecked(tick(page), false);
    await page.getByText("Trust this browser for 14 days").click();
    await appField(page).fill(nextCode(suite.portal, owner));
    await expectHeading(page, "Profile");

    await visitor.context.clearCookies({ name: "postern-session" });
    await visitor.goTo("/sign-in");
    await signIn(page, owner.person);
    await expectHeading(page, "Profile");

    await beginSignIn(await suite.visit(), owner.person);

    await visitor.context.clearCookies();
    await beginSignIn(visitor, owner.person);
    await appField(page).fill(nextCode(suite.portal, owner));
    await expectHeading(page, "Profile");
  });

  it("ends after 14 days", async () => {
    const owner = ownerOf("trust");
    const visitor = await suite.visit();
    const page = await beginSignIn(visitor, owner.person);
    await page.getByText("Trust this browser for 14 days").click();
    await appField(page).fill(nextCode(suite.portal, owner));
    await expectHeading(page, "Profile");
    suite.portal.advance(14 * 86_400_000 + 60_000);
    await visitor.context.clearCookies({ name: "postern-session" });
    await beginSignIn(visitor, owner.person);
  });
});

describe("a sign-in that waits for its code", () => {
  it("opens no other page, and is not asked who it is", async () => {
    const visitor = await suite.visit();
    visitor.expectRefusals("403 GET /postern/api/v1/me");
    const page = await beginSignIn(visitor, ownerOf("app").person);
    await visitor.goTo("/settings/profile");
    await expectHeading(page, ASKED);
    await expectPath(page, "/second-factor");
  });

  it("is finished in one tab, and the other goes on too", async () => {
    const owner = ownerOf("app");
    const { page, context, goTo } = await suite.visit();
    await beginSignIn({ page, goTo }, owner.person, "/settings/sessions");
    const other = await context.newPage();
    await other.goto("/postern/second-factor");
    await expectHeading(other, ASKED);
    await appField(page).fill(nextCode(suite.portal, owner));
    await expectHeading(page, "Sessions & browsers");
    await expectHeading(other, "Profile");
  });

  it("is given up by signing out", async () => {
    const page = await beginSignIn(await suite.visit(), ownerOf("app").person);
    await page.getByRole("button", { name: "Sign out instead" }).click();
    await expectHeading(page, "You are signed out");
  });

  it("ends after twenty minutes with words on the sign-in page", async () => {
    const visitor = await suite.visit({ hasTurnedClock: true });
    visitor.expectRefusals("401 GET /postern/api/v1/sign-in/second-factor");
    const page = await beginSignIn(visitor, ownerOf("app").person);
    await visitor.turn(18 * 60_000 + 10_000);
    await expectText(page, /This sign-in ends in 1 minute/);
    await visitor.turn(2 * 60_000);
    await expectHeading(page, "Sign in");
    await expectText(page, /not finished in time/);
  });

  it("that has ended elsewhere leads back to the sign-in page", async () => {
    const owner = ownerOf("app");
    const visitor = await suite.visit();
    visitor.expectRefusals("401 POST /postern/api/v1/sign-in/second-factor");
    const page = await beginSignIn(visitor, owner.person);
    await suite.portal.must("DELETE", `/api/v1/users/${owner.person.id}/sessions`);
    await appField(page).fill(nextCode(suite.portal, owner));
    await expectHeading(page, "Sign in");
    await expectText(page, /or it was ended elsewhere/);
  });
});

describe("whoever is signed in", () => {
  it("is led on from the page that asks for the code", async () => {
    const visitor = await suite.visit({ as: suite.people.joan });
    visitor.expectRefusals("409 GET /postern/api/v1/sign-in/second-factor");
    await visitor.goTo("/second-factor");
    await expectHeading(visitor.page, "Profile");
  });
});
