// Who is told of a waiting change: others soon and before they save, its maker also afterwards.
import { describe, expect, it } from "vitest";
import { expectGone, expectSeen, expectText } from "./expect-page.ts";
import type { Visitor } from "./open-visitor.ts";
import { changeCountry } from "./unconfirmed-pages.ts";
import { denyCountry, press } from "./press-country.ts";
import { useBrowserPortal } from "./use-browser-portal.ts";

const suite = useBrowserPortal();

const MINUTE_MS = 60_000;
const COUNTRY = "PUT /postern/api/v1/policy/country";
const AS_BEFORE = /^These rules were changed meanwhile, and are again as they were when you began/;
const WENT_BACK = /^Allowed countries: the change went back at \d\d:\d\d: nobody confirmed it\.$/;

async function countries(): Promise<object> {
  return (await suite.portal.must("GET", "/api/v1/policy/country")).value.countries;
}

async function openCountries(): Promise<Visitor> {
  const visitor = await suite.visit({ as: suite.people.grace, hasTurnedClock: true });
  await visitor.goTo("/security/allowed-countries");
  return visitor;
}

describe("whoever edits the same", () => {
  it("sees within ten seconds that a change waits, and saves once it has gone back", async () => {
    const { page, turn, expectRefusals } = await openCountries();
    await denyCountry(page, "Japan");
    await changeCountry(suite.portal, "FJ", 1);
    await turn(10_000);
    const told = page.getByText(/^Allowed countries, changed by .+: goes back in /);
    // The browser's clock runs on: what is asked twice a minute must not do.
    await told.first().waitFor({ timeout: 12_000 });
    expectRefusals(`409 ${COUNTRY}`);
    await press(page, "Save");
    await expectText(page, /^Not saved yet: a change that .+ made of the same waits to be confirm/);
    await turn(MINUTE_MS);
    await expectText(page, AS_BEFORE);
    await expectGone(page.getByText(/^Not saved yet:/));
    await press(page, "Save");
    await expectText(page, "Saved. It holds from now on.");
    await expectGone(page.getByText("again as they were when you began"));
    expect(await countries()).toEqual({ JP: "deny" });
  });

  it("is asked what to keep of what stays, until that has gone too", async () => {
    const { page, expectRefusals } = await openCountries();
    const { value } = await suite.portal.must("GET", "/api/v1/policy/country");
    await denyCountry(page, "Peru");
    await changeCountry(suite.portal, "FJ", null);
    expectRefusals(`412 ${COUNTRY}`);
    await press(page, "Save");
    await expectText(page, "Somebody else saved meanwhile");
    await suite.portal.must("PUT", "/api/v1/policy/country", { value });
    await press(page, "Keep mine and save it");
    await expectText(page, AS_BEFORE);
    await expectGone(page.getByText("Somebody else saved meanwhile"));
    await press(page, "Save");
    await expectText(page, "Saved. It holds from now on.");
    expect(await countries()).toEqual({ JP: "deny", PE: "deny" });
  });
});

it("tells its maker, in each browser once, that it went back while nobody looked", async () => {
  const { context, page, turn, goTo } = await openCountries();
  await denyCountry(page, "Chile");
  await page.getByLabel("Go back unless I confirm it in time").check();
  await press(page, "Save for 10 minutes");
  await expectText(page, "and goes back unless you confirm it above.");
  await page.goto("about:blank");
  await turn(11 * MINUTE_MS);
  expect(await countries()).toEqual({ JP: "deny", PE: "deny" });

  await goTo("/users");
  await expectText(page.getByRole("alert"), WENT_BACK);
  await page.getByRole("link", { name: "See History" }).click();
  await expectSeen(page.getByRole("heading", { name: "History", level: 1 }));
  await press(page, "I have read it: Allowed countries");
  await expectGone(page.getByText(WENT_BACK));
  await page.reload();
  await expectSeen(page.getByRole("heading", { name: "History", level: 1 }));
  const asked = page.waitForResponse((answer) => answer.url().endsWith("/unconfirmed-changes"));
  await turn(10_000);
  await asked;
  await expectGone(page.getByText(WENT_BACK));
  await context.close();

  const elsewhere = await suite.visit({ as: suite.people.grace });
  await elsewhere.goTo("/users");
  await expectText(elsewhere.page.getByRole("alert"), WENT_BACK);
});
