// Sessions in a browser: the list, ending one, the idle log-out with its warning, tabs, drafts.

import type { Page } from "playwright-core";
import { beforeAll, beforeEach, describe, it } from "vitest";
import { expectGone, expectHeading, expectSeen, expectText } from "./expect-page.ts";
import { expectValue } from "./expect-page.ts";
import { signIn } from "./open-visitor.ts";
import { addPerson } from "./seed-people.ts";
import type { Person } from "./seed-people.ts";
import { useBrowserPortal } from "./use-browser-portal.ts";

const MINUTE_MS = 60_000;

const suite = useBrowserPortal();
const people: Person[] = [];
let person: Person;
let personCount = 0;

const NAMES = ["Ida", "Eva", "Una", "Mia", "Zoe", "Amy", "Lea"];

beforeAll(async () => {
  await suite.portal.must("PUT", "/api/v1/identity-policies/log-out?account=acme", {
    value: { enabled: true, minutes: 15 },
  });
  for (const name of NAMES) {
    people.push(await addPerson(suite.portal, { name: `${name} Rhodes`, account: "acme" }));
  }
});

/** Somebody new for each test, whose sessions are only the test's own. */
beforeEach(() => {
  person = people[personCount]!;
  personCount += 1;
});

function warning(page: Page) {
  return page.getByRole("dialog", { name: "Are you still there?" });
}

describe("the list of sessions", () => {
  it("shows both browsers, and ending the other one signs it out", async () => {
    const here = await suite.visit({ as: person });
    const there = await suite.visit({ as: person, clientAddress: "133.11.4.5" });
    await there.goTo("/settings/profile");
    await expectHeading(there.page, "Profile");

    await here.goTo("/settings/sessions");
    const { page } = here;
    const sessions = page.getByRole("region", { name: "Sessions" });
    await expectText(sessions, "this one");
    await sessions.getByRole("button", { name: /133\.11\.4\.5/ }).click();
    await page.getByRole("dialog").getByRole("button", { name: "End the session" }).click();
    await expectGone(sessions.getByRole("button", { name: /133\.11\.4\.5/ }));
    await expectText(sessions, "this one");

    there.expectRefusals("401 GET /postern/api/v1/me/connections");
    await there.page.getByRole("link", { name: "Password" }).click();
    await expectHeading(there.page, "Your session was ended");
    await there.page.getByRole("link", { name: "Sign in again" }).click();
    await signIn(there.page, person);
    await expectHeading(there.page, "Password");
  });

  it("ends all others at once", async () => {
    const here = await suite.visit({ as: person });
    await suite.visit({ as: person, clientAddress: "133.11.4.6" });
    await suite.visit({ as: person, clientAddress: "133.11.4.7" });
    await here.goTo("/settings/sessions");
    const { page } = here;
    await page.getByRole("button", { name: "End all others" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "End them" }).click();
    await expectGone(page.getByRole("button", { name: "End all others" }));
    await expectText(page.getByRole("region", { name: "Sessions" }), "this one");
  });

  it("names browsers that are known, and forgets one", async () => {
    const { page, goTo } = await suite.visit({ as: person });
    await goTo("/settings/sessions");
    const browsers = page.getByRole("region", { name: "Known browsers" });
    await browsers.getByRole("button", { name: /Forget/ }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Forget it" }).click();
    await expectText(browsers, "No browser is known");
  });
});

describe("the idle log-out", () => {
  it("warns two minutes before, and staying signed in starts the minutes anew", async () => {
    const { page, goTo, turn } = await suite.visit({ as: person, hasTurnedClock: true });
    await goTo("/settings/profile");
    await expectHeading(page, "Profile");
    await turn(12 * MINUTE_MS);
    await expectGone(warning(page));
    await turn(1.5 * MINUTE_MS);
    await expectText(warning(page), "You will be signed out in");
    await warning(page).getByRole("button", { name: "Stay signed in" }).click();
    await expectGone(warning(page));

    await turn(12 * MINUTE_MS);
    await page.getByRole("link", { name: "Password" }).click();
    await expectHeading(page, "Password");
  });

  it("signs out when nobody answers, and signing in leads back", async () => {
    const { page, goTo, turn, expectRefusals } = await suite.visit({
      as: person,
      hasTurnedClock: true,
    });
    await goTo("/settings/profile");
    await expectHeading(page, "Profile");
    await page.getByLabel("Name", { exact: true }).fill("Typed and not yet saved");
    expectRefusals("401 GET /postern/api/v1/me");
    await turn(14 * MINUTE_MS);
    await expectSeen(warning(page));
    await turn(2 * MINUTE_MS);
    await expectHeading(page, "You were signed out");
    await page.getByRole("link", { name: "Sign in again" }).click();
    await signIn(page, person);
    await expectHeading(page, "Profile");
    await expectValue(page.getByLabel("Name", { exact: true }), "Typed and not yet saved");
    await expectText(page, "You were signed out before this was saved.");
  });

  it("is the same in every tab: one stays, all stay", async () => {
    const { page, context, goTo, turn } = await suite.visit({ as: person, hasTurnedClock: true });
    await goTo("/settings/profile");
    await expectHeading(page, "Profile");
    const other = await context.newPage();
    await other.goto("/postern/settings/password");
    await expectHeading(other, "Password");
    await turn(14 * MINUTE_MS);
    await expectSeen(warning(page));
    await expectSeen(warning(other));
    await warning(other).getByRole("button", { name: "Stay signed in" }).click();
    await expectGone(warning(other));
    await expectGone(warning(page));
  });
});

describe("a session that ended during a form", () => {
  it("keeps what was typed for its user, and nobody else", async () => {
    const { page, goTo, expectRefusals } = await suite.visit({ as: person });
    await goTo("/settings/profile");
    await page.getByLabel("Name", { exact: true }).fill("Kept for its user");
    await suite.portal.must("DELETE", `/api/v1/users/${person.id}/sessions`);
    expectRefusals("401 PATCH /postern/api/v1/me");
    await page.getByRole("button", { name: "Save" }).click();
    await expectHeading(page, "Your session was ended");
    await page.getByRole("link", { name: "Sign in again" }).click();
    await signIn(page, person);
    await expectHeading(page, "Profile");
    await expectValue(page.getByLabel("Name", { exact: true }), "Kept for its user");
    await page.getByRole("button", { name: "Save" }).click();
    await expectText(page, "Your name is saved.");
  });
});
