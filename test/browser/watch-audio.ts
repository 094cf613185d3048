// What a test asks a player's media element, and what it waits for.

import type { Page } from "playwright-core";
import { expect } from "vitest";

/** The part of a media element that is used here; suites have no types of the browser. */
export type MediaState = {
  readonly currentTime: number;
  readonly paused: boolean;
  readonly volume: number;
  readonly playbackRate: number;
};

export function readAudio(page: Page): Promise<MediaState> {
  return page.locator("audio").evaluate((element) => {
    const { currentTime, paused, volume, playbackRate } = element as HTMLAudioElement;
    return {
      currentTime,
      paused,
      volume,
      playbackRate,
    };
  });
}

/** It plays, and goes on. */
export async function expectPlaying(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Pause", exact: true }).waitFor();
  const { currentTime } = await readAudio(page);
  await expect.poll(async () => (await readAudio(page)).currentTime).toBeGreaterThan(currentTime);
}

export async function expectPaused(page: Page): Promise<void> {
  await expect.poll(async () => (await readAudio(page)).paused).toBe(true);
  await page.getByRole("button", { name: "Play", exact: true }).waitFor();
}

/** Somewhere between both, in seconds. */
export async function expectPlace(page: Page, from: number, to: number): Promise<void> {
  const place = async (): Promise<number> => (await readAudio(page)).currentTime;
  await expect.poll(place).toBeGreaterThanOrEqual(from);
  expect(await place()).toBeLessThanOrEqual(to);
}
