// What people do when a sign-in asks for a second factor, for suites about signing in.

import type { Locator, Page } from "playwright-core";
import { expectHeading } from "./expect-page.ts";
import { signIn } from "./open-visitor.ts";
import type { Visitor } from "./open-visitor.ts";
import { TIME_STEP_MS } from "./second-factor-steps.ts";
import type { SeededFactors } from "./seed-factors.ts";
import type { Person } from "./seed-people.ts";
import type { BrowserPortal } from "./start-browser-portal.ts";

type Owner = Pick<SeededFactors, "app">;
type Turned = Pick<BrowserPortal, "nowMs" | "advance">;

export const ASKED = "Confirm that it is you";

/** From the sign-in page to the page that asks for the second factor. */
export async function beginSignIn(
  { page, goTo }: Pick<Visitor, "page" | "goTo">,
  person: Person,
  path = "/sign-in",
): Promise<Page> {
  await goTo(path);
  await signIn(page, person);
  await expectHeading(page, ASKED);
  return page;
}

export function appField(page: Page): Locator {
  return page.getByLabel("Code from the app");
}

export function mailField(page: Page): Locator {
  return page.getByLabel("Code from the mail");
}

/** A code that has not been used: time goes on by as much as an app shows one. */
export function nextCode(portal: Turned, { app }: Owner): string {
  if (app === null) throw new Error("has no app");
  portal.advance(TIME_STEP_MS);
  return app.codeAt(portal.nowMs());
}

const FAR_STEPS = 130;

/** None of the codes that the app shows now, an hour ago or in an hour. */
export function wrongCode(portal: Turned, { app }: Owner): string {
  if (app === null) throw new Error("has no app");
  const near = new Set<string>();
  for (let step = -FAR_STEPS; step <= FAR_STEPS; step += 1) {
    near.add(app.codeAt(portal.nowMs() + step * TIME_STEP_MS));
  }
  for (let number = 0; ; number += 1) {
    const code = String(number).padStart(6, "0");
    if (!near.has(code)) return code;
  }
}
