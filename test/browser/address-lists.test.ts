// The page of address lists in a browser: entries, imports and bans, and a million of them.

import type { Locator, Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { ADDRESS_LISTS_PAGES } from "./address-lists-pages.ts";
import { checkPages } from "./check-pages.ts";
import {
  expectFieldError,
  expectFocus,
  expectGone,
  expectSeen,
  expectText,
  expectValue,
} from "./expect-page.ts";
import { addressOfEntry, banByReports, MILLION, writeMillionEntries } from "./seed-entries.ts";
import { useBrowserPortal } from "./use-browser-portal.ts";

const suite = useBrowserPortal({ prepare: writeMillionEntries });
const PATH = "/security/address-lists";

async function openAs(who: "ada" | "grace", search = "") {
  const visitor = await suite.visit({ as: suite.people[who] });
  await visitor.goTo(`${PATH}${search}`);
  await expectSeen(visitor.page.getByRole("tab", { name: "Manual" }));
  return visitor;
}

async function press(scope: Page | Locator, name: string | RegExp): Promise<void> {
  await scope.getByRole("button", { name, exact: true }).click();
}

function searchOf(page: Page): Locator {
  return page.getByRole("searchbox", { name: "Search" });
}

/** The page's own button; where there are no entries yet, they are offered one more. */
async function pressAdd(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Add an address" }).first().click();
}

/** What the gate answers a visitor with that address now. */
async function askFrom(clientAddress: string): Promise<number> {
  return (await suite.portal.ask("nginx", { clientAddress })).realStatus;
}

async function entriesOf(account: string): Promise<readonly string[]> {
  const path = `/api/v1/entries?account=${account}`;
  const { entries } = await suite.portal.must("GET", path);
  return (entries as readonly { range: string; action: string }[]).map(
    ({ range, action }) => `${range} ${action}`,
  );
}

describe("an entry", () => {
  it("is added, edited and deleted, and the gate does what it says each time", async () => {
    const { page } = await openAs("grace");
    const dialog = page.getByRole("dialog");
    expect(await askFrom("203.0.113.9")).toBe(200);
    await pressAdd(page);
    const range = dialog.getByLabel("Address, block or range");
    await range.fill("203.0.113.9/24");
    await press(dialog, "203.0.113.0/24");
    await expectValue(range, "203.0.113.0/24");
    await dialog.getByLabel("Note (optional)").fill("scanners");
    await expectText(dialog, "256 addresses");
    await press(dialog, "Deny it");
    await expectText(page, "203.0.113.0/24 is on the list.");
    expect(await askFrom("203.0.113.9")).toBe(403);

    await searchOf(page).fill("203.0.113.9");
    await expectText(page, "1 entry covers 203.0.113.9");
    await press(page, "Edit 203.0.113.0/24");
    await dialog.getByLabel("Address, block or range").fill("203.0.113.128/25");
    await press(dialog, "Save");
    await expectText(page, "203.0.113.128/25 is saved. It holds from now on.");
    expect([await askFrom("203.0.113.9"), await askFrom("203.0.113.200")]).toEqual([200, 403]);
    await expectText(page, "No entry covers 203.0.113.9");

    await searchOf(page).fill("203.0.113.200");
    await press(page, "Edit 203.0.113.128/25");
    await press(dialog, "Delete");
    await press(page.getByRole("dialog", { name: "Delete 203.0.113.128/25?" }), "Delete it");
    await expectText(page, "203.0.113.128/25 is deleted. It holds no longer.");
    expect(await askFrom("203.0.113.200")).toBe(200);
  });

  it("says what is accepted, and finds the one that is there already", async () => {
    const { page, expectRefusals } = await openAs("grace");
    const dialog = page.getByRole("dialog");
    await pressAdd(page);
    const range = dialog.getByLabel("Address, block or range");
    await press(dialog, "Deny it");
    await expectFieldError(range, "Write an address (203.0.113.7), a block");
    await range.fill("010.0.0.1");
    await expectFieldError(range, "no leading zeros");
    await range.fill("10.0.0.1/24");
    await expectFieldError(
      range,
      "is not accepted (host bits set): write 10.0.0.0/24 or 10.0.0.1.",
    );
    const there = addressOfEntry(7);
    await range.fill(there);
    expectRefusals("409 POST /postern/api/v1/entries");
    await press(dialog, "Deny it");
    await expectText(dialog, `${there} is on the list already`);
    await press(dialog, "Show that entry");
    await expectText(page, `1 entry covers ${there}`);
    await expectText(page.getByRole("table"), "list entry 7");
  });

  it("asks again about very many addresses, and about one's own", async () => {
    const { page, expectRefusals } = await openAs("ada");
    const dialog = page.getByRole("dialog");
    await pressAdd(page);
    await dialog.getByLabel("Address, block or range").fill("96.0.0.0/6");
    await press(dialog, "Deny it");
    const asked = page.getByRole("dialog", { name: "Deny 96.0.0.0/6?" });
    await expectText(asked, "96.0.0.0/6 is very wide: 67,108,864 addresses.");
    await press(asked, "Cancel");
    await expectGone(asked);
    expect(await entriesOf("acme")).toEqual([]);
    await dialog.getByLabel("Address, block or range").fill("80.0.0.0/7");
    await expectText(dialog, "You are in it");
    await press(dialog, "Deny it");
    expectRefusals("409 POST /postern/api/v1/entries");
    await press(page.getByRole("dialog", { name: "Deny 80.0.0.0/7?" }), "Deny them");
    const lockout = page.getByRole("dialog", { name: "This would lock you out" });
    await press(lockout, "Do not save");
    await expectGone(lockout);
    expect(await entriesOf("acme")).toEqual([]);
  });

  it("shows the second of two editors what the first one saved, and loses neither", async () => {
    const { entry } = await suite.portal.must("POST", "/api/v1/entries", {
      range: "192.0.2.0/24",
      action: "deny",
      note: "old",
      account: "acme",
    });
    const first = await openAs("ada");
    const second = await openAs("grace", "?account=acme");
    for (const { page } of [first, second]) await press(page, "Edit 192.0.2.0/24");
    await first.page.getByRole("dialog").getByLabel("Note (optional)").fill("from Ada");
    await press(first.page.getByRole("dialog"), "Save");
    await expectText(first.page, "192.0.2.0/24 is saved.");

    const dialog = second.page.getByRole("dialog");
    await dialog.getByRole("radio", { name: "Allow" }).click();
    second.expectRefusals(`412 PATCH /postern/api/v1/entries/${entry.id}`);
    const refused = second.page.waitForResponse((answer) => answer.status() === 412);
    await press(dialog, "Save");
    await refused;
    await expectText(dialog, "Somebody else saved meanwhile");
    await expectText(dialog, "Note: old → from Ada");
    expect(await entriesOf("acme")).toEqual(["192.0.2.0/24 deny"]);
    await press(dialog, "Keep mine and save it");
    await expectText(second.page, "192.0.2.0/24 is saved.");
    expect(await entriesOf("acme")).toEqual(["192.0.2.0/24 allow"]);
    await suite.portal.must("DELETE", `/api/v1/entries/${entry.id}?account=acme`);
  });
});

it("tells who an entry touches before it is saved and before it is deleted", async () => {
  const { portal, people } = suite;
  const office = "133.11.7.7";
  await suite.visit({ as: people.joan, clientAddress: office });
  const touches = "/api/v1/entries/touches?range=133.11.7.0/24";
  await expect.poll(async () => (await portal.must("GET", touches)).users.count).toBe(1);
  const { page } = await openAs("ada");
  await pressAdd(page);
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Address, block or range").fill("133.11.7.0/24");
  await expectText(dialog, "1 user was signed in from here: Joan Clarke.");
  await expectText(dialog, "1 session is open from here.");
  await press(dialog, "Deny it");
  await expectText(page, "133.11.7.0/24 is on the list.");
  await page.getByLabel("Choose 133.11.7.0/24").check();
  await press(page, "Delete 1 entry");
  await expectText(page.getByRole("dialog"), "Last 24 hours: 1 user, 1 open session");
  await press(page, "Delete it");
  await expectText(page, "133.11.7.0/24 is deleted.");
});

describe("many at once", () => {
  it("shows whom a list concerns before it is imported, and bad lines before that", async () => {
    const touches = "/api/v1/entries/touches?range=133.11.9.0/24";
    expect(await askFrom("133.11.9.7")).toBe(200);
    // Visits are written when their minute is over.
    suite.portal.advance(61_000);
    const seen = async () => (await suite.portal.must("GET", touches)).requests;
    await expect.poll(seen, { timeout: 20_000 }).toBe(1);
    const { page, expectRefusals } = await openAs("grace");
    await page.getByRole("button", { name: "Import", exact: true }).click();
    const dialog = page.getByRole("dialog");
    await press(dialog, "Show preview");
    await expectText(dialog, "Paste at least one line.");
    const list = dialog.getByLabel("List");
    await list.fill("133.11.9.0/33");
    expectRefusals("422 POST /postern/api/v1/entries/import/changes");
    await press(dialog, "Show preview");
    await expectText(dialog, "Nothing was stored: 1 line cannot be taken");
    await list.fill("133.11.9.0/24\n198.51.100.77 # nobody");
    await press(dialog, "Show preview");
    await expectText(dialog, "2 entries would be added to the list.");
    await expectText(dialog, /would be decided differently: from 1 address\.$/);
    await list.fill("198.51.100.77");
    await expectGone(dialog.getByText("2 entries would be added"));
    await expectText(dialog, "Press Show preview to see whom the list concerns.");
    const many = Array.from({ length: 10_001 }, (_, n) => `10.0.${n >> 8}.${n & 255}`);
    await dialog.getByRole("tab", { name: "File" }).click();
    const chooser = page.waitForEvent("filechooser");
    await press(dialog, /^File/);
    const buffer = Buffer.from(many.join("\n"));
    await (await chooser).setFiles({ name: "many.txt", mimeType: "text/plain", buffer });
    await press(dialog, "Show preview");
    await expectText(dialog, "10,001 entries would be added to the list. So many are not");
    await expectText(dialog, "postern entry import FILE --dry-run");
    await expectSeen(dialog.getByLabel("Go back unless I confirm it in time"));
    const covering = "/api/v1/entries?covering=198.51.100.77";
    expect((await suite.portal.must("GET", covering)).total).toBe(0);
  });

  it("names bad lines by their numbers, stores nothing, and keeps what was pasted", async () => {
    const { page, expectRefusals } = await openAs("ada");
    await page.getByRole("button", { name: "Import", exact: true }).click();
    const dialog = page.getByRole("dialog");
    const list = dialog.getByLabel("List");
    const pasted = "198.51.100.1 # one\n198.51.100.0/33\n\n198.51.100.2\nsomewhere\n198.51.100.3";
    await list.fill(pasted);
    await expectText(dialog, "5 lines.");
    expectRefusals("422 POST /postern/api/v1/entries/import");
    await press(dialog, "Import");
    await expectText(dialog, "Nothing was stored: 2 lines cannot be taken");
    await expectText(dialog, "198.51.100.0/33");
    await expectValue(list, pasted);
    expect(await entriesOf("acme")).toEqual([]);
    await press(dialog, "Line 5");
    const chosen = await list.evaluate((area) => [
      (area as HTMLTextAreaElement).selectionStart,
      (area as HTMLTextAreaElement).selectionEnd,
    ]);
    expect(pasted.slice(chosen[0], chosen[1])).toBe("somewhere");
    await list.fill(pasted.replace("/33", "/32").replace("somewhere", "198.51.100.4"));
    await dialog.getByRole("radio", { name: "Allow" }).click();
    await press(dialog, "Import");
    await expectText(dialog, "5 entries added");
    await press(dialog, "Done");
    await expectText(page, "5 entries.");
    expect((await entriesOf("acme")).toSorted()).toEqual(
      [0, 1, 2, 3, 4].map((last) => `198.51.100.${last} allow`),
    );
  });

  it("takes a file, and deletes what is chosen after naming it", async () => {
    const { page } = await openAs("ada");
    await expectText(page, "5 entries.");
    await page.getByRole("button", { name: "Import", exact: true }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("tab", { name: "File" }).click();
    const chooser = page.waitForEvent("filechooser");
    await press(dialog, /^File/);
    const buffer = Buffer.from("range,action,note\n198.51.100.9,deny,=1+1\n198.51.100.1,allow,\n");
    await (await chooser).setFiles({ name: "list.csv", mimeType: "text/csv", buffer });
    await press(dialog, "Import");
    await expectText(dialog, "1 entry added");
    await expectText(dialog, "1 line more was on the list already.");
    await press(dialog, "Done");
    await expectText(page, "6 entries.");
    for (const last of [9, 1]) await page.getByLabel(`Choose 198.51.100.${last}`).check();
    await press(page, "Delete 2 entries");
    const named = page.getByRole("dialog");
    await expectText(named, "198.51.100.9");
    await expectText(named, "What a deny entry kept out may ask again");
    await expectText(named, "What an allow entry exempted falls under bans");
    await press(named, "Delete 2 entries");
    await expectText(page, "4 entries.");
    await page.getByLabel("Choose all 4").click();
    await expectText(page, "4 entries chosen.");
    await press(page, "Delete 4 entries");
    await press(page.getByRole("dialog"), "Delete 4 entries");
    await expectText(page, "No entries yet");
    expect(await entriesOf("acme")).toEqual([]);
  });
});

it("releases one ban and makes another permanent", async () => {
  await banByReports(suite.portal, ["198.18.0.1", "198.18.0.2"]);
  const { page } = await openAs("grace", "?tab=automatic");
  const bans = page.getByRole("table", { name: "Bans in force" });
  await expectText(bans, "Failed authentication");
  await expectText(bans, /^\d+:\d\d$/);
  expect([await askFrom("198.18.0.1"), await askFrom("198.18.0.2")]).toEqual([403, 403]);
  await press(page, "Release 198.18.0.1");
  const asked = page.getByRole("dialog", { name: "Release 198.18.0.1?" });
  await press(asked, "Cancel");
  await expectGone(asked);
  expect(await askFrom("198.18.0.1")).toBe(403);
  await press(page, "Release 198.18.0.1");
  await press(asked, "Release");
  await expectText(page, "198.18.0.1 was released");
  await expectGone(bans.getByText("198.18.0.1"));
  await expectFocus(page.getByRole("button", { name: "Release 198.18.0.2" }));
  await press(page, "Make the ban of 198.18.0.2 permanent");
  await press(page.getByRole("dialog"), "Make it permanent");
  await expectText(page, "Nobody is banned");
  await expectFocus(page.getByRole("region", { name: "Bans" }));
  expect([await askFrom("198.18.0.1"), await askFrom("198.18.0.2")]).toEqual([200, 403]);
  await page.getByRole("tab", { name: "Manual" }).click();
  await searchOf(page).fill("198.18.0.2");
  await expectText(page, "1 entry covers 198.18.0.2");
  await expectText(page.getByRole("table"), "No end");
});

it("changes when a ban ends", async () => {
  await banByReports(suite.portal, ["198.18.0.3"]);
  const { page } = await openAs("grace", "?tab=automatic");
  await press(page, "Change the end of the ban of 198.18.0.3");
  await press(page.getByRole("dialog"), "7 days");
  await press(page.getByRole("dialog"), "Save");
  await expectText(page, "The ban of 198.18.0.3 is changed.");
  await expectText(page.getByRole("table"), /^[67] days/);
});

describe("each page about address lists", () => {
  checkPages(useBrowserPortal(), ADDRESS_LISTS_PAGES, { actsLeaveNothing: true });
});

describe("the mode", () => {
  it("lets everybody through while the lists are off", async () => {
    const denied = addressOfEntry(12);
    const { page } = await openAs("grace");
    expect(await askFrom(denied)).toBe(403);
    await page.getByRole("radio", { name: "Off" }).click();
    await press(page, "Save");
    await expectText(page, "Saved. It holds from now on.");
    expect(await askFrom(denied)).toBe(200);
    await page.getByRole("radio", { name: "Enforce" }).click();
    await press(page, "Save");
    await expect.poll(() => askFrom(denied)).toBe(403);
  });
});

describe("a million entries", () => {
  it("are scrolled to the middle and to the end, and are searched", async () => {
    const { page } = await openAs("grace");
    const list = page.getByRole("table", { name: "Entries" });
    await expectText(list, addressOfEntry(0));
    await page.getByLabel(`Choose ${addressOfEntry(0)}`, { exact: true }).check();
    await expectInView(page.getByRole("button", { name: "Delete 1 entry" }));
    await press(page, "Choose none");
    // Those of the tests before stand after them in the order of addresses.
    await expectText(page, /^1,000,00\d entries\.$/);
    await scrollTo(list, 0.5);
    await expectText(list, /^list entry (499|500)\d{3}$/);
    await list.focus();
    await page.keyboard.press("PageDown");
    await expectText(list, /^list entry (499|500)\d{3}$/);
    await page.keyboard.press("End");
    await expectSeen(list.locator('[aria-rowindex="1000001"]'));
    await page.keyboard.press("Home");
    await expectText(list, addressOfEntry(0));
    expect(await list.getByRole("row").count()).toBeLessThan(30);

    const search = searchOf(page);
    const middle = addressOfEntry(MILLION / 2);
    await search.fill(middle);
    await expectText(page, `1 entry covers ${middle}`);
    await expectText(list, "list entry 500000");
    await search.fill("list entry 77777");
    await expectText(page, /^11 entries with “list entry 77777”/);
    await search.fill("11.22.227.");
    await expectText(page, /^8[56] entries with “11\.22\.227\.”/);
    await expectText(list, /^11\.22\.227\.\d+$/);
    await page.getByRole("combobox", { name: "Order" }).click();
    await page.getByRole("option", { name: "Newest first" }).click();
    await search.fill("");
    await expectText(page, /^1,000,00\d entries\.$/);
    await expectGone(list.getByText("list entry 0", { exact: true }));
  });
});

/** Nothing has to be scrolled before it can be pressed. */
async function expectInView(button: Locator): Promise<void> {
  const { y, height } = (await button.boundingBox())!;
  expect(y).toBeGreaterThanOrEqual(0);
  expect(y + height).toBeLessThanOrEqual(button.page().viewportSize()!.height);
}

async function scrollTo(list: Locator, share: number): Promise<void> {
  await list.evaluate(
    (box: { scrollTop: number; scrollHeight: number; clientHeight: number }, part) => {
      box.scrollTop = (box.scrollHeight - box.clientHeight) * part;
    },
    share,
  );
}
