// Allowed countries, anti-hacking and rate limits in a browser: what is set, and what holds then.

import type { Locator, Page } from "playwright-core";
import { beforeEach, describe, expect, it } from "vitest";
import { PLATFORM_POLICY_DEFAULT } from "../../src/core/network/network-policy.ts";
import { checkPages } from "./check-pages.ts";
import { expectFieldError, expectGone, expectText, expectValue } from "./expect-page.ts";
import { NETWORK_RULES_PAGES } from "./network-rules-pages.ts";
import { useBrowserPortal } from "./use-browser-portal.ts";

const suite = useBrowserPortal();

const COUNTRIES = "/security/allowed-countries";
const HACKING = "/security/anti-hacking";
const LIMITS = "/security/rate-limits";
const SAVED = "Saved. It holds from now on.";
const SAVED_MEANWHILE = "Somebody else saved meanwhile";

const JAPANESE = "133.11.0.9";
const BRITISH = "81.2.69.251";

async function rules(section: string, account?: string) {
  return (await suite.portal.must("GET", pathOf(section, account))).value;
}

async function setRules(section: string, change: object, account?: string): Promise<void> {
  const value = { ...(await rules(section, account)), ...change };
  await suite.portal.must("PUT", pathOf(section, account), { value });
}

function pathOf(section: string, account?: string): string {
  return `/api/v1/policy/${section}${account === undefined ? "" : `?account=${account}`}`;
}

/** Each test begins with what is there after installation. */
beforeEach(async () => {
  for (const section of ["country", "failed-authentication", "webchat-requests", "ban"] as const) {
    await setRules(section, PLATFORM_POLICY_DEFAULT[section]);
  }
  await setRules("country", PLATFORM_POLICY_DEFAULT.country, "acme");
});

async function openAs(who: "grace" | "ada", path: string, clientAddress?: string) {
  const visitor = await suite.visit({
    as: suite.people[who],
    ...(clientAddress === undefined ? {} : { clientAddress }),
  });
  await visitor.goTo(path);
  return visitor;
}

async function press(page: Page, name: string | RegExp): Promise<void> {
  await page.getByRole("button", { name, exact: true }).click();
}

async function choose(page: Page, ...names: readonly string[]): Promise<void> {
  for (const name of names) {
    await page.getByRole("checkbox", { name: `Choose ${name}`, exact: true }).click();
  }
}

async function batch(page: Page, action: "Allow" | "Deny" | "Default"): Promise<void> {
  const bar = page.getByRole("group", { name: "Chosen countries" });
  await bar.getByRole("button", { name: action }).click();
}

async function save(page: Page): Promise<void> {
  await press(page, "Save");
  await expectText(page, SAVED);
}

/** The test box, with its answer on the way. */
async function testAddress(page: Page, address: string): Promise<Locator> {
  await page.getByLabel("Address to test").fill(address);
  await press(page, "Test");
  return page.getByRole("region", { name: "Test an address" });
}

async function statusOf(clientAddress: string): Promise<number> {
  return (await suite.portal.ask("caddy", { clientAddress })).realStatus;
}

describe("allowed countries", () => {
  it("denies twenty in one batch, refuses who is in one, and the test box says so", async () => {
    const { page } = await openAs("grace", COUNTRIES);
    await page.getByRole("radio", { name: "Enforce" }).click();
    await choose(page, "all of South America");
    await press(page, /^Asia/);
    await choose(page, "Japan", "China", "India");
    await page.getByLabel("Search countries and regions").fill("korea");
    await page.getByRole("checkbox", { name: "Choose all 2 found" }).click();
    await page.getByLabel("Search countries and regions").fill("hongkong");
    await expectText(page, "No country or region has that in its name or code.");
    await page.getByLabel("Search countries and regions").fill("RU");
    await choose(page, "Russia");
    await expectText(page, "20 chosen");
    await batch(page, "Deny");
    await expectText(page, "21 changes not saved yet.");
    await save(page);

    const { mode, countries } = await rules("country");
    expect([mode, Object.keys(countries).length]).toEqual(["enforce", 20]);
    expect(await statusOf(JAPANESE)).toBe(403);
    expect(await statusOf(BRITISH)).toBe(200);
    const box = await testAddress(page, JAPANESE);
    await expectText(box, "Refused with 403");
    await expectText(box, "Country not allowed.");
    await expectText(box, "Japan (JP)");
    await expectText(box, "133.11.0.0/16");
    await testAddress(page, BRITISH);
    await expectText(box, "Passes");
    await testAddress(page, "133.11.0");
    await expectFieldError(page.getByLabel("Address to test"), "One IPv4 or IPv6 address, such as");
  });

  it("goes by continent, and back to the default in one press", async () => {
    const { page } = await openAs("grace", COUNTRIES);
    await page.getByRole("radio", { name: "Monitor" }).click();
    await choose(page, "all of Asia");
    await batch(page, "Deny");
    await expectText(page, "51 of 51 denied");
    await save(page);
    expect(await statusOf(JAPANESE)).toBe(200);
    const box = await testAddress(page, JAPANESE);
    await expectText(box, "Recorded only, as the rule is on monitor: Country not allowed.");
    await page.getByText("Denied 51", { exact: true }).click();
    await page.getByRole("checkbox", { name: "Choose all 51 found" }).click();
    await batch(page, "Default");
    await expectText(box, "What you have not saved yet lets this country pass.");
    await save(page);
    expect((await rules("country")).countries).toEqual({});
  });

  it("chooses on the map what the list shows chosen", async () => {
    const { page } = await openAs("grace", COUNTRIES);
    await page.getByText("Map", { exact: true }).click();
    await page.getByRole("button", { name: /^Brazil: Allowed/ }).press("Enter");
    await expectText(page, "1 chosen");
    await batch(page, "Deny");
    await page.getByRole("button", { name: "Brazil: Denied" }).waitFor();
    await expectText(page, "1 change not saved yet.");
  });

  it("tells the second of two editors what differs, and keeps what was chosen", async () => {
    const { page, expectRefusals } = await openAs("grace", COUNTRIES);
    await page.getByLabel("Search countries and regions").fill("Japan");
    await press(page, "Deny Japan");
    await setRules("country", { mode: "monitor", countries: { FR: "deny", DE: "deny" } });
    expectRefusals("412 PUT /postern/api/v1/policy/country");
    await press(page, "Save");
    const told = page.getByRole("alert").filter({ hasText: SAVED_MEANWHILE });
    await expectText(told, "Country protection: Off → Monitor");
    await expectText(told, "Germany and France: default (allowed) → denied");
    const japan = page.getByRole("button", { name: "Deny Japan" });
    expect(await japan.getAttribute("aria-pressed")).toBe("true");
    expect((await rules("country")).countries).toEqual({ DE: "deny", FR: "deny" });
    await press(page, "Keep mine and save it");
    await expectText(page, SAVED);
    expect(await rules("country")).toMatchObject({ mode: "off", countries: { JP: "deny" } });
  });

  it("let in who allows their own address first, and refuse the others from there", async () => {
    const { page } = await openAs("grace", COUNTRIES, BRITISH);
    await page.getByRole("radio", { name: "Enforce" }).click();
    await page.getByLabel("Search countries and regions").fill("uk");
    await press(page, "Deny United Kingdom");
    await expectText(page, "This would refuse you");
    await press(page, "Allow my address");
    await expectText(page, "no country rule holds for you");
    await press(page, "Save");
    const lately = page.getByRole("dialog");
    await expectText(lately, /^[\d,]+ requests? of .+ the country you newly deny: United Kingdom/);
    await lately.getByRole("button", { name: "Save" }).click();
    await expectText(page, SAVED);
    expect(await statusOf(BRITISH)).toBe(200);
    expect(await statusOf("81.2.69.252")).toBe(403);
    const { entries } = await suite.portal.must("GET", `/api/v1/entries?covering=${BRITISH}`);
    expect(entries).toMatchObject([{ range: BRITISH, action: "allow" }]);
  });

  it("of an account are set by its admin, who sees what the platform refuses anyway", async () => {
    await setRules("country", { mode: "enforce", countries: { RU: "deny", KP: "deny" } });
    const { page } = await openAs("ada", COUNTRIES);
    await expectText(page, "The platform refuses anyway");
    await expectText(page, "North Korea and Russia");
    await page.getByRole("radio", { name: "Enforce" }).click();
    await page.getByLabel("Search countries and regions").fill("russia");
    await expectText(page, "The platform refuses it anyway");
    await page.getByLabel("Search countries and regions").fill("japan");
    await press(page, "Deny Japan");
    await save(page);
    expect(await rules("country", "acme")).toMatchObject({ countries: { JP: "deny" } });
    expect((await rules("country")).countries).toEqual({ KP: "deny", RU: "deny" });
    await expectText(page, "These rules refuse (1 place): Japan.");
    await expectText(await testAddress(page, JAPANESE), "Refused with 403");
    const explained = await suite.portal.must("GET", `/api/v1/explain?address=${JAPANESE}`);
    expect(explained.verdict).toBe("pass");
  });
});

describe("anti-hacking", () => {
  it("sets every value of the guide, and is held to the server's bounds as one types", async () => {
    const { page } = await openAs("grace", HACKING);
    const interval = page.getByRole("textbox", { name: "Blacklist time interval" });
    await interval.fill("59");
    await expectFieldError(interval, "A whole number from 60 to 31536000.");
    await interval.fill("7200");
    await page.getByRole("switch", { name: "Longer for repeats" }).click();
    const longest = page.getByRole("textbox", { name: "Longest ban" });
    await longest.fill("3600");
    await expectFieldError(longest, "at least the blacklist time interval (7200 seconds)");
    expect(await page.getByRole("button", { name: "Save" }).isDisabled()).toBe(true);
    await longest.fill("28800");
    await expectText(page, "2 hours, then 4 hours, 8 hours, and no longer.");
    await page.getByRole("textbox", { name: "Failed authentications accepted" }).fill("5");
    await page.getByRole("textbox", { name: "Within seconds" }).first().fill("120");
    await page.getByRole("textbox", { name: "Web chat requests allowed" }).fill("30");
    await page.getByRole("radio", { name: "Only where it came from" }).click();
    await page.getByRole("textbox", { name: "IPv6 prefix length" }).fill("56");
    await expectText(page, "The 6th failed authentication from one address within 2 minutes");
    await save(page);
    expect(await rules("failed-authentication")).toEqual({
      mode: "enforce",
      offencesMax: 5,
      windowSeconds: 120,
    });
    expect((await rules("webchat-requests")).requestsMax).toBe(30);
    expect(await rules("ban")).toEqual({
      durationSeconds: 7200,
      escalation: { enabled: true, durationSecondsMax: 28_800 },
      scope: "surface",
      ipv6PrefixLength: 56,
    });
  });

  it("is saved as a whole or not at all, and the second of two editors is told", async () => {
    const { page, expectRefusals } = await openAs("grace", HACKING);
    const accepted = page.getByRole("textbox", { name: "Failed authentications accepted" });
    await accepted.fill("4");
    await page.getByRole("textbox", { name: "Blacklist time interval" }).fill("900");
    await setRules("ban", { durationSeconds: 600 });
    expectRefusals("412 PUT /postern/api/v1/policy");
    await press(page, "Save");
    await expectText(page, SAVED_MEANWHILE);
    await expectText(page, "Blacklist time interval: 1800 seconds → 600 seconds");
    expect((await rules("failed-authentication")).offencesMax).toBe(10);
    await expectValue(accepted, "4");
    await press(page, "Keep mine and save it");
    await expectText(page, SAVED);
    expect((await rules("failed-authentication")).offencesMax).toBe(4);
    expect((await rules("ban")).durationSeconds).toBe(900);
  });

  it("counts the hits of one address, says which ban it is under, and releases it", async () => {
    const address = "133.11.7.7";
    const report = { address, source: "pbx" };
    await suite.portal.must("POST", "/api/v1/reports", { ...report, count: 4 });
    const { page } = await openAs("grace", HACKING);
    await page.getByLabel("Address to count").fill(address);
    await press(page, "Show");
    await expectText(page, "4 of 10");
    await suite.portal.must("POST", "/api/v1/reports", { ...report, count: 7 });
    await press(page, "Show");
    await expectText(page, "Banned everywhere");
    expect(await statusOf(address)).toBe(403);
    await press(page, "Release it");
    await page.getByRole("dialog").getByRole("button", { name: "Release" }).click();
    await expectGone(page.getByText("Banned everywhere"));
    expect(await statusOf(address)).toBe(200);
  });

  it("is the platform's: an admin reads what holds for their account", async () => {
    const { page } = await openAs("ada", HACKING);
    await expectText(page, "Banned: more than 10 in 10 minutes.");
    await expectText(page, "Banned: more than 600 in 1 minute.");
    await expectGone(page.getByRole("radio"));
    await expectGone(page.getByRole("button", { name: "Save" }));
  });
});

describe("rate limits", () => {
  it("refuse one that is looser than the hard limit as it is typed, and say why", async () => {
    const { page } = await openAs("ada", LIMITS);
    const portal = page.getByRole("region", { name: "Portal" });
    const count = portal.getByLabel("Request Max Count");
    await portal.getByRole("radio", { name: "Enforce" }).click();
    await count.fill("601");
    await expectFieldError(count, "hard limit is 600 requests in 60 seconds (10 a second)");
    await expectText(page, "A number is not accepted; see above.");
    expect(await page.getByRole("button", { name: "Save" }).isDisabled()).toBe(true);
    await count.fill("600");
    await expectText(portal, "This is as loose as the hard limit");
    await portal.getByLabel("Request Ban Expiry").fill("90");
    await expectText(portal, "bans it from the portal of this account for 1 minute 30 seconds.");
    await save(page);
    const { audio, portal: saved } = await rules("rate-limits", "acme");
    expect(saved).toEqual({
      mode: "enforce",
      requestMaxCount: 600,
      requestMaxSeconds: 60,
      requestBanExpirySeconds: 90,
    });
    expect(audio).toEqual(PLATFORM_POLICY_DEFAULT["rate-limits"].audio);
  });

  it("of the platform are saved with who is exempt from the hard limit", async () => {
    const { page } = await openAs("grace", LIMITS);
    const api = page.getByRole("region", { name: "API" });
    await api.getByRole("radio", { name: "Monitor" }).click();
    await page.getByRole("switch", { name: "Allow entries are exempt" }).click();
    await expectText(page, "2 changes not saved yet.");
    await save(page);
    expect((await rules("rate-limits")).api.mode).toBe("monitor");
    expect(await rules("hard-limit")).toEqual({ exemptAllowEntries: true });
  });
});

describe("each page of network rules", () => {
  checkPages(suite, NETWORK_RULES_PAGES, { actsLeaveNothing: true });
});
