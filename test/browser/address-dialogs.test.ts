// The dialogs of the address lists in a browser: what was typed stays, and what they tell is whole.

import type { Locator, Page } from "playwright-core";
import { beforeAll, describe, expect, it } from "vitest";
import {
  expectChecked,
  expectFieldError,
  expectGone,
  expectHeading,
  expectSeen,
  expectText,
  expectValue,
} from "./expect-page.ts";
import type { OpenVisitor, Visitor } from "./open-visitor.ts";
import { PHONE_WIDTH, signIn } from "./open-visitor.ts";
import { useBrowserPortal } from "./use-browser-portal.ts";
import { writeStore } from "./write-store.ts";

const suite = useBrowserPortal();
const PATH = "/security/address-lists";

const MINUTE_MS = 60_000;

async function openAs(who: "ada" | "grace", search = "", more: OpenVisitor = {}): Promise<Visitor> {
  const visitor = await suite.visit({ as: suite.people[who], ...more });
  await visitor.goTo(`${PATH}${search}`);
  await expectSeen(visitor.page.getByRole("tab", { name: "Manual" }));
  return visitor;
}

async function press(scope: Page | Locator, name: string): Promise<void> {
  await scope.getByRole("button", { name, exact: true }).first().click();
}

function rangeOf(page: Page): Locator {
  return page.getByLabel("Address, block or range");
}

const question = (page: Page): Locator =>
  page.getByRole("dialog", { name: "Close without saving?" });

describe("what was typed", () => {
  beforeAll(async () => {
    await suite.portal.must("PUT", "/api/v1/identity-policies/log-out?account=acme", {
      value: { enabled: true, minutes: 15 },
    });
  });

  /** Nobody does anything for as long as a session lasts; then she is back. */
  async function signOutAndIn({ page, turn, expectRefusals }: Visitor): Promise<void> {
    // What the page asks for every minute is refused at last, as everything is.
    const asked = ["me", "overview", "unconfirmed-changes"];
    expectRefusals(...asked.map((name) => `401 GET /postern/api/v1/${name}`));
    await turn(14 * MINUTE_MS);
    await expectText(page, "You will be signed out in");
    await turn(2 * MINUTE_MS);
    await expectHeading(page, "You were signed out");
    await page.getByRole("link", { name: "Sign in again" }).click();
    await signIn(page, suite.people.ada);
    await expectHeading(page, "Address lists");
    await expectText(page.getByRole("dialog"), "What you had typed is back");
  }

  it("of a new entry comes back with its dialog after a sign-in, once", async () => {
    const visitor = await openAs("ada", "", { hasTurnedClock: true });
    const { page } = visitor;
    await press(page, "Add an address");
    await rangeOf(page).fill("203.0.113.0/24");
    await page.getByLabel("Note (optional)").fill("scanners");
    await expectText(page.getByRole("dialog"), "256 addresses");
    await signOutAndIn(visitor);
    await expectValue(rangeOf(page), "203.0.113.0/24");
    await expectValue(page.getByLabel("Note (optional)"), "scanners");
    await press(page.getByRole("dialog"), "Deny it");
    await expectText(page, "203.0.113.0/24 is on the list.");
    await page.reload();
    await expectText(page, "1 entry.");
    await expectGone(page.getByRole("dialog"));
  });

  it("of an entry that is edited comes back too", async () => {
    const visitor = await openAs("ada", "", { hasTurnedClock: true });
    const { page } = visitor;
    await press(page, "Edit 203.0.113.0/24");
    await page.getByLabel("Note (optional)").fill("scanners, again");
    await signOutAndIn(visitor);
    await expectValue(page.getByLabel("Note (optional)"), "scanners, again");
    await press(page.getByRole("dialog"), "Save");
    await expectText(page, "203.0.113.0/24 is saved.");
  });

  it("of an import comes back too", async () => {
    const visitor = await openAs("ada", "", { hasTurnedClock: true });
    const { page } = visitor;
    await press(page, "Import");
    await page.getByRole("textbox", { name: "List" }).fill("198.51.100.1\n198.51.100.2");
    await page.getByRole("dialog").getByRole("radio", { name: "Allow" }).click();
    await signOutAndIn(visitor);
    await expectValue(page.getByRole("textbox", { name: "List" }), "198.51.100.1\n198.51.100.2");
    await expectChecked(page.getByRole("dialog").getByRole("radio", { name: "Allow" }), true);
  });

  it.each(["Add an address", "Import"])("is asked about before “%s” is closed", async (name) => {
    const { page } = await openAs("grace");
    const dialog = page.getByRole("dialog", {
      name: name === "Import" ? "Import many" : "Add to the address list",
    });
    await press(page, name);
    await expectSeen(dialog);
    await page.keyboard.press("Escape");
    await expectGone(dialog);
    await press(page, name);
    const field = name === "Import" ? dialog.getByLabel("List") : rangeOf(page);
    await field.fill("203.0.113.99");
    await page.keyboard.press("Escape");
    await expectSeen(question(page));
    await page.keyboard.press("Escape");
    await expectGone(question(page));
    await expectValue(field, "203.0.113.99");
    await page.mouse.click(3, 3);
    await press(question(page), "Go on");
    await expectGone(question(page));
    await expectValue(field, "203.0.113.99");
    await press(dialog, "Cancel");
    await press(question(page), "Close without saving");
    await expectGone(dialog);
    await press(page, name);
    await expectValue(field, "");
  });

  it("is asked about before an edited entry is closed", async () => {
    const { page } = await openAs("ada");
    await press(page, "Edit 203.0.113.0/24");
    await page.getByLabel("Note (optional)").fill("lost");
    await page.keyboard.press("Escape");
    await press(question(page), "Close without saving");
    await expectGone(page.getByRole("dialog"));
  });

  it("is not cut: a note that is too long is told", async () => {
    const { page } = await openAs("grace");
    await press(page, "Add an address");
    await rangeOf(page).fill("203.0.113.98");
    const note = page.getByLabel("Note (optional)");
    await note.fill("x".repeat(5000));
    await expectFieldError(note, "At most 500 characters; these are 5,000.");
    expect(await note.inputValue()).toHaveLength(5000);
  });
});

describe("a ban of an account", () => {
  async function banAtAcme(): Promise<void> {
    const { accounts } = await suite.portal.must("GET", "/api/v1/accounts");
    const acme = (accounts as readonly { id: string; code: string }[]).find(
      ({ code }) => code === "acme",
    )!;
    const nowMs = suite.portal.nowMs();
    await writeStore(suite.portal, (trx) =>
      trx
        .insertInto("network_ban")
        .values({
          owner: acme.id,
          family: 4,
          range_start: "5219393a",
          range_end: "5219393a",
          holds: "audio",
          cause: "rate-limit",
          decision_id: null,
          note: "",
          created_at: nowMs,
          ends_at: nowMs + 3_600_000,
          released_at: null,
          released_by: null,
        })
        .execute(),
    );
  }

  it("is found by a block, and says what it becomes when it is made permanent", async () => {
    await banAtAcme();
    const { page } = await openAs("grace", "?tab=automatic");
    await expectText(page, "Audio of acme");
    const search = page.getByRole("searchbox", { name: "Search" });
    await search.fill("0.0.0.0/0");
    await expectText(page, "1 shown, that is all");
    await search.fill("2001:db8::/32");
    await expectText(page, "No ban holds within 2001:db8::/32");
    await search.fill("82.25.57.58/24");
    await expectText(page, "write 82.25.57.0/24 or 82.25.57.58.");
    await search.fill("82.25.57.0/24");
    await press(page, "Make the ban of 82.25.57.58 permanent");
    const dialog = page.getByRole("dialog", { name: "Deny 82.25.57.58 for good?" });
    await expectText(dialog, "among the manual ones of the account acme.");
    await expectText(dialog, "It widens: from audio to everything of acme.");
    await expectText(dialog, "Nobody came from there in the last 24 hours.");
    await press(dialog, "Show preview");
    await expectSeen(dialog.getByRole("heading", { name: "Preview" }));
    await press(dialog, "Make it permanent");
    await expectText(page, "by an entry among the manual ones of acme.");
    const { entries } = await suite.portal.must("GET", "/api/v1/entries?account=acme");
    const kept = expect.objectContaining({ range: "82.25.57.58", action: "deny" });
    expect(entries).toContainEqual(kept);
  });
});

describe("what is told", () => {
  it("of a search for an address that is not well written", async () => {
    const { page, goTo, expectRefusals } = await openAs("grace");
    await page.getByRole("searchbox", { name: "Search" }).fill("1.2.3.4/24");
    await expectText(page, "write 1.2.3.0/24 or 1.2.3.4.");
    await goTo("/activity");
    const sought = page.getByLabel("Address or decision id");
    for (const [text, words] of [
      ["1.2.3.4/24", "write 1.2.3.0/24 or 1.2.3.4."],
      ["01.2.3.4", "no leading zeros"],
      ["zzz", "a decision id: 20 letters"],
    ] as const) {
      await sought.fill(text);
      await press(page, "Find");
      await expectText(page, words);
    }
    const refused = ["400 GET /postern/api/v1/events", "400 GET /postern/api/v1/events/tail"];
    expectRefusals(...refused);
    await goTo("/activity?address=zzz");
    await expectText(page, "“zzz” is no address: write an address (203.0.113.7)");
  });

  it("of a file that is empty, and of one with a header of other columns", async () => {
    const { page, expectRefusals } = await openAs("grace");
    await press(page, "Import");
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("tab", { name: "File" }).click();
    await press(dialog, "Import");
    await expectText(dialog, "Choose a file.");
    async function choose(text: string): Promise<void> {
      const chooser = page.waitForEvent("filechooser");
      await dialog.getByRole("button", { name: /^File/ }).click();
      const file = { name: "list.csv", mimeType: "text/csv", buffer: Buffer.from(text) };
      await (await chooser).setFiles(file);
      await press(dialog, "Import");
    }
    await choose("");
    await expectText(dialog, "This file is empty.");
    expectRefusals("422 POST /postern/api/v1/entries/import");
    await choose("address,action,note\n203.0.113.9,deny,x\n");
    await expectText(dialog, "no column of it is named “range”");
    await choose("foo <b>bar</b>,deny\n01.2.3.4,deny\n");
    await expectText(dialog, /“foo <b>bar<\/b>” is not accepted .* write an address/);
    await expectText(dialog, /“01\.2\.3\.4” is not accepted \(ipv4.* write an address/);
  });

  it("of an address that the account allows and the platform denies", async () => {
    const denied = { range: "198.18.7.7", action: "deny" };
    const { entry } = await suite.portal.must("POST", "/api/v1/entries", denied);
    const { page } = await openAs("ada");
    await press(page, "Add an address");
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("radio", { name: "Allow" }).click();
    await rangeOf(page).fill("198.18.7.8");
    await expectText(dialog, "Nobody came from there");
    await expectGone(dialog.getByText("The platform refuses this address"));
    await rangeOf(page).fill("198.18.7.7");
    await expectText(dialog, "The platform refuses this address now (on the deny list)");
    await suite.portal.must("DELETE", `/api/v1/entries/${entry.id}`);
  });
});

it("shows a short list whole on a phone, and half a row of a longer one", async () => {
  async function hiddenRows(): Promise<number> {
    const { page } = await openAs("ada", "", { width: PHONE_WIDTH });
    const list = page.getByRole("table", { name: "Entries" });
    await expectSeen(list.getByRole("row").nth(1));
    return list.evaluate(
      (box: { scrollHeight: number; clientHeight: number }) =>
        (box.scrollHeight - box.clientHeight) / 88,
    );
  }
  async function addTo(count: number): Promise<void> {
    const { total } = await suite.portal.must("GET", "/api/v1/entries?account=acme");
    for (let index = total as number; index < count; index += 1) {
      const range = `192.0.2.${index}`;
      await suite.portal.must("POST", "/api/v1/entries", {
        range,
        action: "deny",
        account: "acme",
      });
    }
  }
  await addTo(11);
  expect(await hiddenRows()).toBe(0);
  await addTo(13);
  expect(await hiddenRows()).toBeCloseTo(6.5, 1);
});
