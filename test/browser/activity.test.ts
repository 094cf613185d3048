// Uses Activity as operators and admins do: watches, finds, explains, releases, allows, exports.

import { readFileSync } from "node:fs";
import { parse } from "csv-parse/sync";
import { describe, expect, it } from "vitest";
import { ACTIVITY_PAGES } from "./activity-pages.ts";
import { checkPages } from "./check-pages.ts";
import { expectFieldError, expectGone, expectSeen, expectText } from "./expect-page.ts";
import type { Visitor } from "./open-visitor.ts";
import { activityOf, MARKUP } from "./seed-activity.ts";
import { addPerson } from "./seed-people.ts";
import { useBrowserPortal } from "./use-browser-portal.ts";

const suite = useBrowserPortal();

describe("each state of Activity", () => {
  checkPages(suite, ACTIVITY_PAGES, { actsLeaveNothing: true });
});

async function openActivity(as: "grace" | "ada", query = ""): Promise<Visitor> {
  await activityOf(suite.portal);
  const visitor = await suite.visit({ as: suite.people[as] });
  await visitor.goTo(`/activity${query}`);
  await expectText(visitor.page, "Live");
  return visitor;
}

/** The rows as they are read, without their heads; all at once, as they come and go. */
async function rowsOf({ page }: Visitor): Promise<readonly string[]> {
  const rows = page.getByRole("table", { name: "Events" }).getByRole("row");
  const texts = await rows.evaluateAll((all) => all.map((row) => (row as HTMLElement).innerText));
  return texts.slice(1).map((text) => text.replaceAll(/\s+/g, " ").trim());
}

describe("what happens", () => {
  it("shows a ban as it falls, explains it, releases it, and lets the visitor pass", async () => {
    const { portal } = suite;
    const visitor = await openActivity("grace");
    const { page } = visitor;
    const address = "133.11.50.7";
    expect((await rowsOf(visitor)).join()).not.toContain(address);
    for (let attempt = 1; attempt <= 11; attempt += 1) {
      const report = { address, source: "pbx", fingerprint: `attempt-${attempt}` };
      await portal.must("POST", "/api/v1/reports", report);
    }
    const row = page.getByRole("row").filter({ hasText: address });
    await row.getByRole("button", { name: "Address banned" }).click();
    const drawer = page.getByRole("dialog", { name: "Ban" });
    await expectText(drawer, "Failed authentication");
    await expectText(drawer, "Would be refused with 403");
    await expectText(drawer, /^Under a ban until /);
    expect((await portal.ask("caddy", { clientAddress: address })).realStatus).toBe(403);
    await drawer.getByRole("button", { name: "Release the ban" }).click();
    const asked = page.getByRole("dialog", { name: "Release this ban?" });
    await asked.getByRole("button", { name: "Release the ban" }).click();
    await expectSeen(drawer.getByText("Would pass", { exact: true }));
    expect((await portal.ask("caddy", { clientAddress: address })).realStatus).toBe(200);
    await page.keyboard.press("Escape");
    await expectSeen(page.getByRole("button", { name: "Ban released" }));
  });

  it("keeps new lines back while somebody reads, and shows them when asked to", async () => {
    const { portal } = suite;
    const visitor = await openActivity("grace", "?group=refusals");
    const { page } = visitor;
    await page.getByRole("button", { name: "Refused: on the deny list" }).first().focus();
    const before = await rowsOf(visitor);
    await portal.ask("caddy", { clientAddress: "133.11.7.77" });
    await expectSeen(page.getByRole("button", { name: "Show 1 new event" }));
    expect(await rowsOf(visitor)).toEqual(before);
    await page.getByRole("button", { name: "Show 1 new event" }).click();
    await expect.poll(async () => (await rowsOf(visitor))[0]).toContain("133.11.7.77");
    await page.getByRole("button", { name: "Pause" }).click();
    await portal.ask("caddy", { clientAddress: "133.11.7.78" });
    await expectText(page, "Paused");
    await page.getByRole("button", { name: "Go on" }).click();
    await expect.poll(async () => (await rowsOf(visitor))[0]).toContain("133.11.7.78");
  });
});

describe("one decision", () => {
  it("is found by the id on the visitor's page, and its address allowed there", async () => {
    const { portal } = suite;
    const visitor = await openActivity("grace");
    const { page } = visitor;
    const visit = { clientAddress: "133.11.7.90", headers: { accept: "text/html" } };
    const refused = await portal.ask("caddy", visit);
    const id = /<p class="id">([a-z2-7]{20})<\/p>/.exec(refused.text)?.[1] ?? "";
    await page.getByLabel("Address or decision id").fill(` ${id} `);
    await page.getByRole("button", { name: "Find" }).click();
    const drawer = page.getByRole("dialog", { name: "Decision explained" });
    await expectText(drawer, "Refused with 403");
    const steps = drawer.getByRole("list", { name: "Steps of the decision" });
    await expectText(steps, "The deny entry 133.11.7.0/24 covers the address.");
    await page.reload();
    await expectText(steps, "The deny entry 133.11.7.0/24 covers the address.");
    expect(new URL(page.url()).searchParams.get("decision")).toBe(id);
    await drawer.getByRole("button", { name: "Allow this address…" }).click();
    const note = await drawer.getByLabel("Note").inputValue();
    expect(note).toBe(`Allowed after decision ${id}`);
    await drawer.getByRole("button", { name: "Allow 133.11.7.90" }).click();
    await expectSeen(drawer.getByText("Would pass", { exact: true }));
    // What was decided then stays as it was.
    await expectText(drawer, "Refused with 403");
    expect((await portal.ask("caddy", visit)).realStatus).toBe(200);
    const { entries } = await portal.must("GET", "/api/v1/entries?covering=133.11.7.90");
    expect(entries).toContainEqual(
      expect.objectContaining({ range: "133.11.7.90", action: "allow", account: null, note }),
    );
    await page.goBack();
    await expectGone(drawer);
    expect(page.url()).toMatch(/\/postern\/activity$/);
  });

  it("says what is accepted where the search is none, and that an id leads nowhere", async () => {
    const { page, expectRefusals } = await openActivity("grace");
    const field = page.getByLabel("Address or decision id");
    await field.fill("not an address");
    await page.getByRole("button", { name: "Find" }).click();
    await expectFieldError(field, "Give an address such as 203.0.113.7");
    const id = "a".repeat(20);
    expectRefusals(`404 GET /postern/api/v1/decisions/${id}`);
    await field.fill(id);
    await page.getByRole("button", { name: "Find" }).click();
    await expectText(page.getByRole("dialog"), "No decision that you may see has this id.");
  });
});

describe("the filters", () => {
  it("stand in the address bar and survive a reload", async () => {
    const visitor = await openActivity("grace");
    const { page } = visitor;
    await page.getByText("Refusals", { exact: true }).click();
    await page.getByRole("button", { name: "More filters" }).click();
    await page.getByRole("combobox", { name: "Reason" }).fill("rate lim");
    await page.getByRole("option", { name: "Over the rate limit" }).click();
    const found = [expect.stringMatching(/^Refused: over the rate limit Audio .* acme$/)];
    await expect.poll(() => rowsOf(visitor)).toEqual(found);
    await page.reload();
    await expect.poll(() => rowsOf(visitor)).toEqual(found);
    const { searchParams } = new URL(page.url());
    expect(Object.fromEntries(searchParams)).toEqual({
      group: "refusals",
      reason: "over-rate-limit",
    });
    await page.getByRole("button", { name: "Without Reason: Over the rate limit" }).click();
    await page.getByLabel("Address or decision id").fill("133.11.7.0/24");
    await page.getByRole("button", { name: "Find" }).click();
    await expect
      .poll(async () => (await rowsOf(visitor)).every((row) => row.includes(" 133.11.7.")))
      .toBe(true);
    await page.getByRole("button", { name: "Clear the filters" }).click();
    await expectGone(page.getByRole("button", { name: "Clear the filters" }));
    expect(new URL(page.url()).search).toBe("");
  });
});

describe("what comes from strangers", () => {
  it("is text wherever it is shown, and no markup", async () => {
    const { portal, people } = suite;
    const { denied } = await activityOf(portal);
    await portal.must("PATCH", `/api/v1/users/${people.mary.id}`, { name: MARKUP });
    const visitor = await openActivity("grace");
    const { page } = visitor;
    await expectText(page, MARKUP);
    await page.getByRole("button", { name: "User changed" }).first().click();
    await expectText(page.getByRole("dialog"), MARKUP);
    await visitor.goTo(`/activity?decision=${denied.decisionId}`);
    await expectText(page.getByRole("dialog"), `curl/8.5 ${MARKUP}`);
    await visitor.goTo(`/activity?account=${encodeURIComponent(MARKUP)}`);
    visitor.expectRefusals("400 GET /postern/api/v1/events", "400 GET /postern/api/v1/events/tail");
    await expectText(page, "This could not be loaded");
    expect(await page.evaluate("window.name")).toBe("");
    expect(await page.locator('img[src="x"]').count()).toBe(0);
  });

  it("is no formula in a spreadsheet", async () => {
    const { portal } = suite;
    const formula = await addPerson(portal, { name: "=1+1 Formula", account: "acme" });
    await suite.visit({ as: formula });
    const { page } = await openActivity("grace", "?kind=sign-in");
    await page.getByRole("button", { name: "Export" }).click();
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("menuitem", { name: "CSV, for spreadsheets" }).click(),
    ]);
    const rows: string[][] = parse(readFileSync(await download.path(), "utf8"));
    const cells = rows.flat().filter((cell) => cell.includes("=1+1@example.com"));
    expect(cells.length).toBeGreaterThan(0);
    expect(cells.filter((cell) => cell.startsWith("="))).toEqual([]);
    expect(cells).toContainEqual(expect.stringMatching(/^'=1\+1@example\.com/));
    expect(new Set(rows.slice(1).map((row) => row[1]))).toEqual(new Set(["sign-in"]));
  });
});

describe("an admin", () => {
  it("sees what is of their accounts, and nothing else", async () => {
    const { portal } = suite;
    const { denied, limited } = await activityOf(portal);
    const visitor = await openActivity("ada", "?group=refusals");
    const { page, expectRefusals, goTo } = visitor;
    await expect.poll(async () => (await rowsOf(visitor)).length).toBeGreaterThan(0);
    const rows = await rowsOf(visitor);
    expect(rows.filter((row) => !/ acme( \d+)?$/.test(row))).toEqual([]);
    await goTo(`/activity?decision=${limited.decisionId}`);
    const drawer = page.getByRole("dialog", { name: "Decision explained" });
    await expectText(drawer, "Would be refused with 403");
    await drawer.getByRole("button", { name: "Release the ban" }).click();
    const asked = page.getByRole("dialog", { name: "Release this ban?" });
    await asked.getByRole("button", { name: "Release the ban" }).click();
    await expectSeen(drawer.getByText("Would pass", { exact: true }));
    expectRefusals(`404 GET /postern/api/v1/decisions/${denied.decisionId}`);
    await goTo(`/activity?decision=${denied.decisionId}`);
    await expectText(page.getByRole("dialog"), "No decision that you may see has this id.");
    expectRefusals("404 GET /postern/api/v1/events", "404 GET /postern/api/v1/events/tail");
    await goTo("/activity?account=globex");
    await expectText(page, "This is not there");
  });
});
