// Keeps what a page asks from the portal until a test lets it go, as a slow network does.
import type { BrowserContext, Route } from "playwright-core";
import { expect } from "vitest";

export type HeldAnswers = {
  /** Resolves when the page has asked. */
  readonly untilAsked: () => Promise<void>;
  /** What was asked is answered now, and from now on at once. */
  readonly letGo: () => Promise<void>;
};

export async function holdAnswers(context: BrowserContext, address: RegExp): Promise<HeldAnswers> {
  const held: Route[] = [];
  await context.route(address, (route) => void held.push(route));
  return {
    untilAsked: async () => {
      await expect.poll(() => held.length).toBeGreaterThan(0);
    },
    letGo: async () => {
      await Promise.all(held.map((route) => route.continue()));
      await context.unroute(address);
    },
  };
}
