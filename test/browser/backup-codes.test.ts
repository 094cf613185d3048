// Backup codes in a browser: shown once, kept in three ways, counted, warned of, made anew.

import { readFileSync } from "node:fs";
import type { Page } from "playwright-core";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { expectGone, expectSeen, expectText } from "./expect-page.ts";
import { addPerson } from "./seed-people.ts";
import type { Person } from "./seed-people.ts";
import { backupCodesIn, card, dialog, giveApp, linkApp } from "./second-factor-steps.ts";
import {
  mustPost,
  openTwoFactor,
  postAsPage,
  proveByPassword,
  typeCode,
} from "./second-factor-steps.ts";
import { useBrowserPortal } from "./use-browser-portal.ts";

const suite = useBrowserPortal();
const people: Person[] = [];
let person: Person;

const NAMES = ["Ida", "Eva", "Una", "Mia"];

beforeAll(async () => {
  for (const name of NAMES) {
    people.push(await addPerson(suite.portal, { name: `${name} Rhodes`, account: "acme" }));
  }
});

/** Somebody new for each test, who has no second factor yet. */
beforeEach(() => {
  person = people.shift()!;
});

function codesCard(page: Page) {
  return card(page, "Backup codes");
}

describe("backup codes that were made with the first method", () => {
  it("are copied, downloaded and printed, and nothing else is printed", async () => {
    const { portal } = suite;
    const visitor = await suite.visit({ as: person });
    const { page, context } = visitor;
    await context.grantPermissions(["clipboard-read", "clipboard-write"]);
    await openTwoFactor(visitor);
    await card(page, "Authenticator app").getByRole("button", { name: "Set up" }).click();
    await proveByPassword(page, person);
    const app = await linkApp(page);
    await typeCode(page, app.codeAt(portal.nowMs()));
    const open = page.getByRole("dialog");
    const codes = await backupCodesIn(open);
    expect(new Set(codes).size).toBe(10);
    for (const code of codes) expect(code).toMatch(/^[a-z2-9]{5}-[a-z2-9]{5}$/);

    const downloading = page.waitForEvent("download");
    await open.getByRole("button", { name: "Download" }).click();
    const file = await downloading;
    expect(file.suggestedFilename()).toBe("backup-codes.txt");
    const lines = readFileSync(await file.path(), "utf8").split("\r\n");
    expect(lines.filter((line) => codes.includes(line))).toEqual(codes);

    await open.getByRole("button", { name: "Copy", exact: true }).click();
    await expectText(open, "Copied");
    const copied = await page.evaluate<string>("navigator.clipboard.readText()");
    expect(copied.split("\n")).toEqual(codes);

    await page.evaluate("window.print = () => { window.isPrinted = true; }");
    await open.getByRole("button", { name: "Print" }).click();
    expect(await page.evaluate<boolean>("window.isPrinted")).toBe(true);
    await page.emulateMedia({ media: "print" });
    const printed = await page.evaluate<string>("document.body.innerText");
    for (const code of codes) expect(printed).toContain(code);
    expect(printed).not.toContain("Authenticator app");
    expect(printed).not.toContain("Done");
    await page.emulateMedia({ media: "screen" });

    // Kept in all ways: closing asks no more.
    await page.keyboard.press("Escape");
    await expectGone(open);
    await expectText(codesCard(page), "10 of 10 codes are left");
  });

  it("are not lost by accident: closing asks once", async () => {
    const { portal } = suite;
    const visitor = await suite.visit({ as: person });
    const { page } = visitor;
    await openTwoFactor(visitor);
    await card(page, "Authenticator app").getByRole("button", { name: "Set up" }).click();
    await proveByPassword(page, person);
    const app = await linkApp(page);
    await typeCode(page, app.codeAt(portal.nowMs()));
    const open = page.getByRole("dialog");
    const codes = await backupCodesIn(open);
    await page.mouse.click(5, 5);
    await page.keyboard.press("Escape");
    await expectText(open, "They cannot be shown again.");
    expect(await backupCodesIn(open)).toEqual(codes);
    await page.keyboard.press("Escape");
    await expectGone(open);
  });

  it("are counted down, warned of, and made anew", async () => {
    const { portal } = suite;
    const visitor = await suite.visit({ as: person });
    const { page, context } = visitor;
    const { codes } = await giveApp(visitor, person, portal);
    await openTwoFactor(visitor);
    await expectSeen(codesCard(page).getByText("10 left"));
    for (const code of codes.slice(0, 8)) {
      await mustPost(context, "/me/proof", { method: "backup-code", code });
    }
    await page.reload();
    await expectText(codesCard(page), "2 of 10 codes are left");
    await expectText(codesCard(page), "Make new ones before they run out.");

    await codesCard(page).getByRole("button", { name: "Make new codes" }).click();
    const asking = dialog(page, "Make new backup codes?");
    await expectText(asking, "The 2 old ones that are left do not work any more.");
    await asking.getByRole("button", { name: "Make new codes" }).click();
    const shown = dialog(page, "Your new backup codes");
    const anew = await backupCodesIn(shown);
    expect(anew).toHaveLength(10);
    expect(anew.filter((code) => codes.includes(code))).toEqual([]);
    await shown.getByRole("button", { name: "Done" }).click();
    await shown.getByRole("button", { name: "Done" }).click();
    await expectGone(shown);
    await expectText(codesCard(page), "10 of 10 codes are left");
    const old = { method: "backup-code", code: codes[9] };
    const tried = await postAsPage(context, "/me/proof", old);
    expect(tried.status()).toBe(403);
  });
});
