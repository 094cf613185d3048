// Overview in a browser: live, leading to Activity, and a place to release bans from.

import type { Locator, Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { checkPages } from "./check-pages.ts";
import { expectFocus, expectGone, expectHeading, expectPath } from "./expect-page.ts";
import { expectSeen, expectText } from "./expect-page.ts";
import { holdAnswers } from "./hold-answers.ts";
import type { Visitor } from "./open-visitor.ts";
import { EMPTY_OVERVIEW_PAGE, OVERVIEW_PAGES } from "./overview-pages.ts";
import { seedBan, seedTraffic } from "./seed-traffic.ts";
import { useBrowserPortal } from "./use-browser-portal.ts";

const suite = useBrowserPortal();

// First, while nobody has come.
describe("each state", () => {
  checkPages(suite, [EMPTY_OVERVIEW_PAGE]);
});

/** Japan is denied; everybody else may come. */
async function denyJapan(): Promise<void> {
  const value = { mode: "enforce", defaultAction: "allow", countries: { JP: "deny" } };
  const others = { unknown: "allow", private: "allow" };
  await suite.portal.must("PUT", "/api/v1/policy/country", { value: { ...value, ...others } });
}

async function comeFromJapan(times: number): Promise<void> {
  for (let count = 0; count < times; count += 1) {
    await suite.portal.ask("caddy", { clientAddress: "133.11.0.9", uri: `/${count}` });
  }
}

async function visitLive(path: string): Promise<Visitor> {
  const visitor = await suite.visit({ as: suite.people.grace });
  const { page, goTo } = visitor;
  await goTo(path);
  await expectHeading(page, "Overview");
  await expectSeen(page.getByRole("status").getByText("Live", { exact: true }));
  return visitor;
}

async function openLive(path = "/overview"): Promise<Page> {
  return (await visitLive(path)).page;
}

function japanOn(page: Page): Locator {
  return page.getByRole("link", { name: /^Japan: / });
}

/** How many requests the map says that came from there. */
async function readJapan(page: Page): Promise<number> {
  const label = (await japanOn(page).getAttribute("aria-label")) ?? "";
  return Number(/^Japan: (\d+) requests/.exec(label)?.[1]);
}

async function pressPause(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Pause" }).click();
  await expectSeen(page.getByRole("status").getByText("Paused", { exact: true }));
}

async function pressGoOn(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Go on" }).click();
}

const hideTab = (page: Page): Promise<void> => setVisibility(page, "hidden");
const showTab = (page: Page): Promise<void> => setVisibility(page, "visible");

/** Tabs that nobody sees are not hidden in a browser without a window. */
async function setVisibility(page: Page, state: "hidden" | "visible"): Promise<void> {
  await page.evaluate(`(() => {
    const get = () => "${state}";
    Object.defineProperty(document, "visibilityState", { configurable: true, get });
    document.dispatchEvent(new Event("visibilitychange"));
  })()`);
}

/** A page that is loaded again forgets it. */
async function markAsSame(page: Page): Promise<() => Promise<void>> {
  await page.evaluate("window.isSame = true");
  return async () => expect(await page.evaluate("window.isSame")).toBe(true);
}

describe("without being loaded again, the page", () => {
  it("shows who is refused, where from and why, within seconds", async () => {
    await denyJapan();
    const page = await openLive("/overview?period=1h");
    const assertSame = await markAsSame(page);
    await expectGone(japanOn(page));
    await comeFromJapan(3);
    await expectSeen(page.getByRole("link", { name: "Japan: 3 requests, 3 refused" }));
    const why = page.getByRole("region", { name: "Why" });
    await expectText(why.getByRole("listitem"), /Country not allowed.*3/);
    await comeFromJapan(2);
    await expectSeen(page.getByRole("link", { name: "Japan: 5 requests, 5 refused" }));
    await assertSame();
    const whole = await suite.portal.must("GET", "/api/v1/overview?period=1h");
    expect(whole.reasons).toContainEqual({
      reason: "country-denied",
      verdict: "refuse",
      requests: 5,
      byAccounts: 0,
    });
  });

  it("shows a ban as it falls, and releases it", async () => {
    const page = await openLive();
    const assertSame = await markAsSame(page);
    const banned = page.getByRole("region", { name: "Banned now" });
    await expectText(banned, "Nobody is banned");
    await seedBan(suite.portal, "133.11.0.31");
    const row = banned.getByRole("listitem").filter({ hasText: "133.11.0.31" });
    await expectText(row, "Failed authentication, everywhere");
    await expectText(row, /^(ends in )?(30:00|29:\d\d)$/);
    await row.getByRole("button", { name: "Release 133.11.0.31" }).click();
    const asking = page.getByRole("dialog", { name: "Release 133.11.0.31?" });
    await asking.getByRole("button", { name: "Release" }).click();
    await expectText(page, "133.11.0.31 was released.");
    await expectText(banned, "Nobody is banned");
    await assertSame();
    const { bans } = await suite.portal.must("GET", "/api/v1/bans?ended=true");
    expect(bans).toMatchObject([
      { range: "133.11.0.31", releasedBy: expect.stringContaining(suite.people.grace.email) },
    ]);
  });

  it.each([
    ["it is paused", pressPause, pressGoOn],
    ["its tab is hidden", hideTab, showTab],
  ] as const)("stands still while %s, and catches up", async (_when, leave, comeBack) => {
    await comeFromJapan(1);
    const { page, untilAnswered } = await visitLive("/overview?period=1h");
    await leave(page);
    // A page that missed a second while it was opened asks for the whole.
    await untilAnswered();
    const before = await readJapan(page);
    await comeFromJapan(2);
    const other = await openLive("/overview?period=1h");
    await expect.poll(() => readJapan(other)).toBe(before + 2);
    expect(await readJapan(page)).toBe(before);
    await comeBack(page);
    await expect.poll(() => readJapan(page)).toBe(before + 2);
  });

  it("shows nothing that is answered after it was paused", async () => {
    await comeFromJapan(1);
    const { page, context, untilAnswered } = await visitLive("/overview?period=1h");
    await hideTab(page);
    await untilAnswered();
    const before = await readJapan(page);
    await comeFromJapan(2);
    const held = await holdAnswers(context, /\/overview\?/);
    await showTab(page);
    await held.untilAsked();
    await pressPause(page);
    await held.letGo();
    await untilAnswered();
    expect(await readJapan(page)).toBe(before);
    await pressGoOn(page);
    await expect.poll(() => readJapan(page)).toBe(before + 2);
  });

  it("says so when it hears nothing, and still shows what it was told", async () => {
    const visitor = await suite.visit({ as: suite.people.grace });
    const { page, context, goTo, expectRefusals } = visitor;
    expectRefusals("503 GET /postern/api/v1/overview/live");
    await context.route(/\/overview\/live/, (route) => route.fulfill({ status: 503 }));
    await goTo("/overview?period=1h");
    await expectSeen(page.getByRole("status").getByText("Reconnecting", { exact: true }));
    await expectSeen(japanOn(page));
  });
});

describe("a mark leads to Activity with its filter:", () => {
  async function expectFilter(page: Page, filter: Readonly<Record<string, string>>): Promise<void> {
    await expectPath(page, "/activity");
    const { searchParams } = new URL(page.url());
    expect(Object.fromEntries(searchParams)).toEqual(filter);
  }

  it("a country's disc, by mouse", async () => {
    const page = await openLive();
    await page.locator('g[data-code="JP"] .postern-map-disc').click();
    await expectFilter(page, { period: "24h", group: "refusals", country: "JP" });
  });

  it("a country, by keyboard, with the arrows from another", async () => {
    await seedTraffic(suite.portal);
    const page = await openLive("/overview?account=acme");
    await page.goto("/postern/overview");
    const china = page.getByRole("link", { name: /^China: / });
    await china.focus();
    await expectText(page.locator(".postern-map-tip"), /^China: [\d,]+ requests, [\d,]+ refused$/);
    await page.keyboard.press("ArrowRight");
    const next = page.locator("a.postern-map-country:focus");
    await expectFocus(next);
    const code = (await next.getAttribute("data-code")) ?? "";
    expect(["JP", "KR"]).toContain(code);
    await page.keyboard.press("Enter");
    await expectFilter(page, { period: "24h", group: "refusals", country: code });
  });

  it("a reason, and a stretch of time in the table of the chart", async () => {
    const page = await openLive("/overview?period=7d");
    await page.getByRole("link", { name: "Over the hard limit" }).click();
    await expectFilter(page, { period: "7d", verdict: "refuse", reason: "over-hard-limit" });
    await page.goBack();
    const times = page.getByRole("radiogroup", { name: "How it went on: chart or table" });
    await times.getByText("Table").click();
    await page.getByRole("table").getByRole("link").first().click();
    await expectPath(page, "/activity");
    const { searchParams } = new URL(page.url());
    const [since, until] = ["since", "until"].map((name) => Date.parse(searchParams.get(name)!));
    expect(until! - since!).toBe(7_200_000);
    expect(searchParams.get("group")).toBe("refusals");
  });
});

describe("each chart", () => {
  it("has the figures of the answer in its table", async () => {
    const page = await openLive("/overview?period=24h");
    const where = page.getByRole("radiogroup", { name: "Where they come from: map or table" });
    await where.getByText("Table").click();
    const rows = page.getByRole("table", { name: "Countries by refusals" }).getByRole("row");
    const { countries } = await suite.portal.must("GET", "/api/v1/overview?period=24h");
    await expect.poll(() => rows.count()).toBe(countries.length + 1);
    const { refused } = countries.find(({ country }: Counted) => country === "NL");
    await expectText(rows.filter({ hasText: "Netherlands" }), refused.toLocaleString("en"));
  });

  it("keeps its period in the address of the page", async () => {
    const page = await openLive();
    const periods = page.getByRole("radiogroup", { name: "How far back" });
    await periods.getByText("7 days").click();
    await page.waitForURL(/\?period=7d$/);
    await expectText(page, "Counted every two hours.");
    await page.reload();
    await expectText(page, "Counted every two hours.");
  });
});

type Counted = { readonly country: string };

describe("each state with traffic", () => {
  checkPages(suite, OVERVIEW_PAGES, { actsLeaveNothing: true });
});
