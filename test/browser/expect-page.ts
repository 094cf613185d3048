// What suites expect to see on a page; each waits until it is so, never for a time.

import type { Locator, Page } from "playwright-core";
import { expect } from "vitest";

type Scope = Page | Locator;

/** The page's own heading: what has it, is there. */
export async function expectHeading(page: Page, name: string | RegExp): Promise<void> {
  await page.getByRole("heading", { level: 1, name }).waitFor();
}

export async function expectText(scope: Scope, text: string | RegExp): Promise<void> {
  await scope.getByText(text).first().waitFor();
}

export async function expectSeen(locator: Locator): Promise<void> {
  await locator.first().waitFor();
}

export async function expectGone(locator: Locator): Promise<void> {
  await locator.first().waitFor({ state: "hidden" });
}

export async function expectValue(field: Locator, value: string): Promise<void> {
  await expect.poll(() => field.inputValue()).toBe(value);
}

export async function expectChecked(box: Locator, isChecked: boolean): Promise<void> {
  await expect.poll(() => box.isChecked()).toBe(isChecked);
}

/** @param path below /postern */
export async function expectPath(page: Page, path: string): Promise<void> {
  await page.waitForURL(({ pathname }) => pathname === `/postern${path}`);
}

export async function expectFocus(locator: Locator): Promise<void> {
  await expect
    .poll(() => locator.evaluate((element) => element.ownerDocument.activeElement === element))
    .toBe(true);
}

/** The sentence that a field is refused with, as assistive technology is told it. */
export async function expectFieldError(field: Locator, message: string | RegExp): Promise<void> {
  const text = (): Promise<string> => field.evaluate(describeFault);
  if (typeof message === "string") await expect.poll(text).toContain(message);
  else await expect.poll(text).toMatch(message);
}

/** The part of the browser's own interface that is used here; suites have no types of it. */
type PageElement = {
  readonly textContent: string | null;
  readonly getAttribute: (name: string) => string | null;
  readonly ownerDocument: { readonly getElementById: (id: string) => PageElement | null };
};

/** Runs in the page, so that it uses nothing from outside. */
function describeFault(element: PageElement): string {
  if (element.getAttribute("aria-invalid") !== "true") return "not marked as invalid";
  const ids = (element.getAttribute("aria-describedby") ?? "").split(" ");
  return ids.map((id) => element.ownerDocument.getElementById(id)?.textContent ?? "").join(" ");
}
