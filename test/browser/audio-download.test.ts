// The page of audio downloads in a browser: what is accepted, who loses by it, and what is asked.

import type { Locator, Page } from "playwright-core";
import { beforeAll, describe, expect, it } from "vitest";
import { modeOf, whitelistOf } from "./audio-download-pages.ts";
import {
  expectChecked,
  expectFieldError,
  expectGone,
  expectHeading,
  expectSeen,
  expectText,
  expectValue,
} from "./expect-page.ts";
import { OFFICE, OFFICE_ADDRESS, seedListeners, STRANGE_ADDRESS } from "./seed-listeners.ts";
import { useBrowserPortal } from "./use-browser-portal.ts";

const suite = useBrowserPortal();
const PATH = "/security/audio-download";
const SAVED = "Saved. It holds from now on.";

beforeAll(() => seedListeners(suite.portal, suite.people));

/** Each test begins with what a new account has. */
async function putBack(account: string): Promise<void> {
  const value = { mode: "user-authentication", whitelist: [], onlyShareable: false };
  await suite.portal.must("PUT", `/api/v1/audio-download?account=${account}`, { value });
}

let seatCount = 0;

/** At the office; one seat each, as the hard limit counts what a page loads. */
function nextSeat(): string {
  seatCount += 1;
  return `81.2.69.${128 + seatCount}`;
}

async function openAs(who: "ada" | "grace", clientAddress = nextSeat(), account = "acme") {
  await putBack(account);
  const visitor = await suite.visit({ as: suite.people[who], clientAddress });
  await visitor.goTo(`${PATH}?account=${account}`);
  await expectChecked(modeOf(visitor.page, "User authentication"), true);
  return visitor;
}

async function press(page: Page | Locator, name: string): Promise<void> {
  await page.getByRole("button", { name, exact: true }).click();
}

describe("the access mode", () => {
  it("shows the whitelist in the modes that use it, and saves it canonically", async () => {
    const { page } = await openAs("ada");
    await expectGone(whitelistOf(page));
    for (const mode of [
      "IP whitelist",
      "Both IP whitelist AND user authentication",
      "Either IP whitelist OR user authentication",
    ]) {
      await modeOf(page, mode).click();
      await expectSeen(whitelistOf(page));
    }
    await modeOf(page, "No security restrictions").click();
    await expectGone(whitelistOf(page));
    await modeOf(page, "Either IP whitelist OR user authentication").click();
    await whitelistOf(page).fill("81.2.69.128-81.2.69.255\n\n2001:DB8::1\n2001:db8::1");
    await expectText(page, "2 changes not saved yet.");
    await press(page, "Save");
    await expectText(page.getByRole("dialog"), "can listen without signing in");
    await press(page, "Save it");
    await expectText(page, SAVED);
    await page.reload();
    await expectChecked(modeOf(page, "Either IP whitelist OR user authentication"), true);
    await expectValue(whitelistOf(page), `${OFFICE}\n2001:db8::1`);
  });

  it("names every line that is not accepted, beside the field", async () => {
    const { page } = await openAs("ada");
    await modeOf(page, "IP whitelist").click();
    await expectFieldError(whitelistOf(page), "Enter at least one address");
    await whitelistOf(page).fill("81.2.69.1/24\n81.2.69.7\nthe office");
    await expectFieldError(whitelistOf(page), /Line 1: host bits set; write 81\.2\.69\.0\/24/);
    await expectFieldError(whitelistOf(page), "Line 3: ");
    await expectText(page, "The whitelist is not accepted yet; see above.");
    expect(await page.getByRole("button", { name: "Save", exact: true }).isDisabled()).toBe(true);
  });

  it("shows what is not accepted above the bar that saves, as it comes up", async () => {
    const { page } = await openAs("ada");
    await page.setViewportSize({ width: 1280, height: 900 });
    const bar = page.getByText("The whitelist is not accepted yet; see above.");
    await modeOf(page, "IP whitelist").click();
    await expectAbove(page.getByText("Enter at least one address"), bar);
    await whitelistOf(page).fill(Array.from({ length: 12 }, (_, line) => `nr ${line}`).join("\n"));
    await expectAbove(page.getByText("And 4 more lines."), bar);
  });

  it("shows beside the field which lines the server refused, until they are changed", async () => {
    const { page, context, expectRefusals } = await openAs("ada");
    const words = { code: "policy-refused", title: "The rule is not accepted", status: 400 };
    const errors = [{ path: "/value/whitelist", line: 2, message: "not one of yours" }];
    const body = JSON.stringify({ ...words, detail: "Line 2 is not accepted.", errors });
    await context.route(/\/audio-download\?/, (route) =>
      route.request().method() === "PUT"
        ? route.fulfill({ status: 400, contentType: "application/problem+json", body })
        : route.fallback(),
    );
    await modeOf(page, "IP whitelist").click();
    await whitelistOf(page).fill(`${OFFICE}\n133.11.0.0/16`);
    await press(page, "Save");
    expectRefusals("400 PUT /postern/api/v1/audio-download");
    await press(page, "Save it");
    await expectFieldError(whitelistOf(page), "Line 2: not one of yours");
    await expectText(page, "Line 2 is not accepted.");
    await expectGone(page.getByText("/value/whitelist"));
    await whitelistOf(page).fill(OFFICE);
    await expectGone(page.getByText("not one of yours"));
  });

  it("takes one's own address on the list", async () => {
    const seat = nextSeat();
    const { page } = await openAs("ada", seat);
    await modeOf(page, "IP whitelist").click();
    await press(page, "Add my address");
    await expectValue(whitelistOf(page), seat);
    await expectText(page, `Your address ${seat} is listed.`);
    expect(await page.getByRole("button", { name: "Add my address" }).isDisabled()).toBe(true);
  });

  it("asks about a very large network, once", async () => {
    const { page } = await openAs("ada");
    await modeOf(page, "IP whitelist").click();
    await whitelistOf(page).fill("80.0.0.0/6");
    await press(page, "Save");
    await expectText(page.getByRole("dialog"), "very large networks: 80.0.0.0/6");
    await press(page, "Save it");
    await expectText(page, SAVED);
    await whitelistOf(page).fill("80.0.0.0/6\n133.11.0.0/16");
    await press(page, "Save");
    await expectText(page, SAVED);
    await expectGone(page.getByRole("dialog"));
  });

  it("counts the numbers that are shareable, and leads to them", async () => {
    const { page } = await openAs("ada");
    await modeOf(page, "IP whitelist").click();
    await expectText(page, "0 of 2 numbers are marked shareable.");
    await page.getByRole("link", { name: "See and mark numbers" }).click();
    await page
      .getByRole("dialog")
      .getByRole("button", { name: "Leave without saving", exact: true })
      .click();
    await expectHeading(page, "Tracking numbers");
    await page.getByRole("table").getByRole("button").first().click();
    await page.getByRole("switch", { name: "Shareable" }).press("Space");
    await expectText(page, "The number is shareable.");
    await expectChecked(page.getByRole("switch", { name: "Shareable" }), true);
    await press(page, "Close");
    await expectText(page.getByRole("table"), "Shareable");
    await page.goBack();
    await modeOf(page, "IP whitelist").click();
    await expectText(page, "1 of 2 numbers is marked shareable.");
  });

  it("is not for agents, and not of other accounts", async () => {
    const agent = await suite.visit({ as: suite.people.joan });
    await agent.goTo(PATH);
    await expectText(agent.page.getByRole("main"), "only for admins and operators");
    const admin = await suite.visit({ as: suite.people.ada });
    admin.expectRefusals("404 GET /postern/api/v1/audio-download");
    await admin.goTo(`${PATH}?account=globex`);
    await expectText(admin.page, "This is not there");
    await expectGone(admin.page.getByRole("radio"));
  });
});

/** On the screen, and not behind the other. */
async function expectAbove(upper: Locator, lower: Locator): Promise<void> {
  await expectSeen(upper);
  await expect
    .poll(async () => {
      const [high, low] = [await upper.boundingBox(), await lower.boundingBox()];
      return high !== null && low !== null && high.y >= 0 && high.y + high.height <= low.y;
    })
    .toBe(true);
}

describe("the preview", () => {
  it("names who would lose access and why, and lets one cancel", async () => {
    const { page } = await openAs("ada");
    await modeOf(page, "Both IP whitelist AND user authentication").click();
    await whitelistOf(page).fill(OFFICE);
    const losers = page.getByRole("table", { name: "Would lose access" });
    await expectText(losers, "joan@example.com");
    await expectText(losers, "133.11.4.20");
    await expectText(losers, /granted the number → address not on the whitelist/);
    // At the office she goes on listening.
    await expectGone(losers.getByText(OFFICE_ADDRESS));
    await expectText(page, "2 users, at 2 addresses, with 5 requests");
    await press(page, "Save");
    await expectText(page.getByRole("dialog"), "2 visitors of the last days would lose access:");
    await press(page, "Cancel");
    await expectGone(page.getByRole("dialog"));
    await page.reload();
    await expectChecked(modeOf(page, "User authentication"), true);
  });

  it("says first that one would lose access oneself", async () => {
    const { page } = await openAs("ada", STRANGE_ADDRESS);
    await modeOf(page, "IP whitelist").click();
    await whitelistOf(page).fill(OFFICE);
    await expectText(page, "You would lose access yourself");
    await press(page, "Add my address");
    await expectGone(page.getByText("could not from where you are now"));
    await whitelistOf(page).fill(OFFICE);
    await press(page, "Save");
    const dialog = page.getByRole("dialog");
    await expectText(dialog, `your address ${STRANGE_ADDRESS} is not on the whitelist`);
  });

  it("names who would gain access when restrictions are taken away", async () => {
    const { page } = await openAs("ada");
    await modeOf(page, "No security restrictions").click();
    const gainers = page.getByRole("table", { name: "Would gain access" });
    await expectText(gainers, "Nobody signed in");
    await expectText(gainers, STRANGE_ADDRESS);
    await expectText(gainers, "not signed in → no restrictions");
    await press(page, "Save");
    await expectText(page.getByRole("dialog"), "Anyone who has a link can listen");
    await press(page, "Save it");
    await expectText(page, SAVED);
  });

  it("names five at first, and the others when it is asked to", async () => {
    const { portal, people } = suite;
    await seedListeners(portal, people, 9);
    const { page } = await openAs("ada");
    await modeOf(page, "No security restrictions").click();
    const rows = page.getByRole("table", { name: "Would gain access" }).getByRole("row");
    await expect.poll(() => rows.count()).toBe(1 + 5);
    await press(page, "Show all 10");
    await expect.poll(() => rows.count()).toBe(1 + 10);
    await expectGone(page.getByRole("button", { name: "Show all 10" }));
    await seedListeners(portal, people);
  });

  it("says so where nobody asked, and what takes nothing is saved unasked", async () => {
    const { page } = await openAs("grace", nextSeat(), "globex");
    await modeOf(page, "Both IP whitelist AND user authentication").click();
    await whitelistOf(page).fill(OFFICE);
    await expectText(page, "Nobody asked for a recording of this account in the last 7 days");
    await press(page, "Save");
    await expectText(page, SAVED);
  });
});

it("tells who saved meanwhile, and loses neither version unasked", async () => {
  const first = await openAs("ada");
  const other = await suite.visit({ as: suite.people.grace, clientAddress: nextSeat() });
  await other.goTo(`${PATH}?account=acme`);
  await modeOf(first.page, "Either IP whitelist OR user authentication").click();
  await whitelistOf(first.page).fill(OFFICE);
  await modeOf(other.page, "No security restrictions").click();
  await press(other.page, "Save");
  await press(other.page, "Save it");
  await expectText(other.page, SAVED);

  first.expectRefusals("412 PUT /postern/api/v1/audio-download");
  await press(first.page, "Save");
  await press(first.page, "Save it");
  await expectText(first.page, "Somebody else saved meanwhile");
  await expectText(first.page, "User authentication → No security restrictions");
  await expectValue(whitelistOf(first.page), OFFICE);
  await press(first.page, "Keep mine and save it");
  await expectText(first.page, SAVED);
  await other.page.reload();
  await expectChecked(modeOf(other.page, "Either IP whitelist OR user authentication"), true);
});

describe("the rate limits", () => {
  it("are held to the hard limit as one types, and saved by an admin", async () => {
    const { page } = await openAs("ada");
    const count = page.getByLabel("Request Max Count");
    await expectValue(count, "50");
    await count.fill("601");
    await expectFieldError(count, "hard limit is 600 requests in 60 seconds (10 a second)");
    await count.fill("20");
    await expectText(page, "The 21st recording that one address plays within 1 minute bans it");
    await expectText(page, "The access control is saved.");
    await expectText(page, "The rate limits are not saved yet.");
    const card = page.getByRole("region", { name: "HTTP rate limits" });
    await press(card, "Show preview");
    await expectText(card, /the last 24 hours/);
    await card.getByLabel("Go back unless I confirm it in time").check();
    await press(card, "Save rate limits for 10 minutes");
    await expectText(
      card,
      "Saved. It holds from now on, and goes back unless you confirm it above.",
    );
    await press(page, "Confirm: Rate limits of acme");
    await expectText(card, "Saved. It holds from now on.");
    const { value } = await suite.portal.must("GET", "/api/v1/policy/rate-limits?account=acme");
    expect(value.audio).toEqual({
      mode: "enforce",
      requestMaxCount: 20,
      requestMaxSeconds: 60,
      requestBanExpirySeconds: 3600,
    });
    expect(value.portal.mode).toBe("off");
  });

  it("leave what somebody else set for the portal meanwhile", async () => {
    const first = await openAs("ada");
    await expectValue(first.page.getByLabel("Request Max Seconds"), "60");
    const path = "/api/v1/policy/rate-limits?account=acme";
    const { value } = await suite.portal.must("GET", path);
    const portal = { ...value.portal, mode: "monitor" };
    await suite.portal.must("PUT", path, { value: { ...value, portal } });
    await first.page.getByRole("radio", { name: "Monitor" }).click();
    first.expectRefusals("412 PUT /postern/api/v1/policy/rate-limits");
    await press(first.page, "Save rate limits");
    await expectText(first.page, "Somebody else saved meanwhile");
    await press(first.page, "Keep mine and save it");
    await expectText(first.page, "Saved. It holds from now on.");
    const after = await suite.portal.must("GET", path);
    expect([after.value.audio.mode, after.value.portal.mode]).toEqual(["monitor", "monitor"]);
  });
});
