// Hears recordings as people do who follow a link: signed in or not, by mouse and by keyboard.

import { readFileSync } from "node:fs";
import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import type { RecordingAnswer } from "../../src/api/recordings-api.ts";
import { readSample } from "../audio/audio-samples.ts";
import { assertAccessible } from "./assert-accessible.ts";
import { expectGone, expectHeading, expectPath, expectSeen, expectText } from "./expect-page.ts";
import { signIn } from "./open-visitor.ts";
import {
  addRecording,
  libraryOf,
  seedLibrary,
  setAccessMode,
  writeWav,
} from "./seed-recordings.ts";
import { useBrowserPortal } from "./use-browser-portal.ts";
import { expectPaused, expectPlace, expectPlaying, readAudio } from "./watch-audio.ts";

const suite = useBrowserPortal({ seeds: seedLibrary });

function frontDesk() {
  const { portal, people } = suite;
  return libraryOf(portal, people.numbers);
}

/** Of joan's number: half an hour, of which a browser fetches only the beginning by itself. */
function addLong(): Promise<RecordingAnswer> {
  const number = suite.people.numbers[0]!.number;
  return addRecording(suite.portal, { account: "acme", number, wav: writeWav([[1800, 0.3]]) });
}

/** What was not fetched yet has to be asked for. */
async function clickFarOn(page: Page): Promise<void> {
  const line = page.getByRole("slider", { name: "Position" });
  const { width = 0 } = (await line.boundingBox()) ?? {};
  await line.click({ position: { x: width * 0.8, y: 10 } });
}

const pathOf = ({ link }: RecordingAnswer): string => `/recordings/${link}`;
const audioOf = (recording: RecordingAnswer): string => `/postern${pathOf(recording)}/audio`;

describe("a link", () => {
  it("leads through the sign-in, and then plays by itself", async () => {
    const { portal, people } = suite;
    const { minute } = await frontDesk();
    const { page, goTo } = await suite.visit();
    await goTo(pathOf(minute));
    await expectHeading(page, "Sign in");
    await signIn(page, people.joan);
    await expectHeading(page, "+61 255 501 234");
    await expectPath(page, pathOf(minute));
    await expectPlaying(page);
    await expectText(page, "Call with no caller number");
    await expectText(page, "Signed in as joan@example.com");
    await expect
      .poll(async () => {
        const { plays } = await portal.must("GET", `/api/v1/recordings/${minute.id}/plays`);
        return plays.map(({ email }: { readonly email: string | null }) => email);
      })
      .toEqual(["joan@example.com"]);
    await page.getByRole("link", { name: "All recordings" }).click();
    await expectHeading(page, "Recordings");
  });

  it("says who is signed in where it may not be heard, and lets another sign in", async () => {
    const { people } = suite;
    const { radio } = await frontDesk();
    const { page, goTo, expectRefusals } = await suite.visit();
    expectRefusals(`404 GET /postern/api/v1/recording-links/${radio.link}`);
    await goTo(pathOf(radio));
    await expectHeading(page, "Sign in");
    await signIn(page, people.joan);
    await expectHeading(page, "You cannot hear this recording");
    await expectText(page, "give them this number:");
    expect(await page.locator("code").innerText()).toMatch(/^[0-9a-z-]{8,}$/i);
    await expectText(page, "Signed in as joan@example.com");
    await assertAccessible(page);
    await page.getByRole("button", { name: "Sign in as somebody else" }).click();
    await page.getByRole("link", { name: "Sign in again" }).click();
    await signIn(page, people.ada);
    await expectPath(page, pathOf(radio));
    await expectPlaying(page);
  });

  it("plays at once to whoever is signed in, with its waveform", async () => {
    const { radio } = await frontDesk();
    const { page, goTo } = await suite.visit({ as: suite.people.ada });
    await goTo(pathOf(radio));
    await expectPlaying(page);
    await expectSeen(page.locator(".postern-time-line canvas"));
    await expectText(page, "Call from +44 207 946 0234");
  });

  it("is open to anybody where the account asks for nothing", async () => {
    const { portal, people } = suite;
    const { bookings } = await frontDesk();
    await setAccessMode(portal, "globex", "no-restrictions");
    const { page, goTo } = await suite.visit();
    await goTo(pathOf(bookings));
    await expectPlaying(page);
    await expectHeading(page, "+44 207 946 0123");
    expect(await page.getByText("Signed in as").count()).toBe(0);
    expect(await page.getByRole("link", { name: "All recordings" }).count()).toBe(0);
    await setAccessMode(portal, "globex", "user-authentication");
    expect(people.numbers[2]?.number).toBe(bookings.number);
  });

  it("shows the name another system gave it as text, whatever it says", async () => {
    const { portal, people } = suite;
    const name = "<svg onload=document.title=1>\u202egpj.mp3";
    const number = people.numbers[0]!.number;
    const recording = await addRecording(portal, { account: "acme", number, name });
    const { page, goTo } = await suite.visit({ as: people.joan });
    await goTo(pathOf(recording));
    await expectText(page.locator("bdi"), "<svg onload=document.title=1>");
    expect(await page.title()).toBe("Recording on +61 255 501 234");
  });

  it("waits for a click where the browser makes no sound without one", async () => {
    const { frontDesk: recording } = await frontDesk();
    const { page, context, goTo } = await suite.visit({ as: suite.people.joan });
    // Chromium without windows lets everything play; with windows it asks for this (HTML 6.4.1).
    await context.addInitScript(`{
      let isTouched = false;
      addEventListener("pointerdown", () => { isTouched = true; }, { capture: true });
      const play = HTMLMediaElement.prototype.play;
      HTMLMediaElement.prototype.play = function () {
        return isTouched
          ? play.call(this)
          : Promise.reject(new DOMException("no touch yet", "NotAllowedError"));
      };
    }`);
    let asked = 0;
    page.on("request", (request) => {
      if (request.url().endsWith("/audio")) asked += 1;
    });
    await goTo(pathOf(recording));
    await expectText(page, "Your browser does not start sound by itself.");
    expect(asked).toBe(0);
    await page.getByRole("button", { name: "Play the recording" }).click();
    await expectPlaying(page);
    await expectGone(page.getByText("Your browser does not start sound by itself."));
  });
});

describe("the player", () => {
  it("is played by keys, and leaves fields their own", async () => {
    const { minute } = await frontDesk();
    const { page, goTo } = await suite.visit({ as: suite.people.joan });
    await goTo(pathOf(minute));
    await expectPlaying(page);
    await page.keyboard.press("Space");
    await expectPaused(page);
    await page.keyboard.press("Home");
    await expectPlace(page, 0, 0);
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("ArrowRight");
    await expectPlace(page, 10, 10);
    await page.keyboard.press("ArrowLeft");
    await expectPlace(page, 5, 5);
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ArrowDown");
    await expect.poll(async () => (await readAudio(page)).volume).toBeCloseTo(0.8, 5);
    await page.keyboard.press("ArrowUp");
    await expect.poll(async () => (await readAudio(page)).volume).toBeCloseTo(0.9, 5);
    await page.getByLabel("Speed").focus();
    await page.keyboard.press("ArrowDown");
    await expect.poll(async () => (await readAudio(page)).playbackRate).toBe(1.25);
    await expectPlace(page, 5, 5);
    await page.getByRole("button", { name: "Play", exact: true }).focus();
    await page.keyboard.press("Space");
    await expectPlaying(page);
    await page.getByRole("slider", { name: "Position" }).press("End");
    await expectPlace(page, 59, 61);
    await expectPaused(page);
    await page.getByRole("button", { name: "Keyboard" }).click();
    await expectText(page, "5 seconds back or on");
    await assertAccessible(page);
  });

  it("goes where its time line is clicked", async () => {
    const { minute } = await frontDesk();
    const { page, goTo } = await suite.visit({ as: suite.people.joan });
    await goTo(pathOf(minute));
    await expectPlaying(page);
    await page.keyboard.press("Space");
    const line = page.getByRole("slider", { name: "Position" });
    const { width = 0 } = (await line.boundingBox()) ?? {};
    await line.click({ position: { x: width / 2, y: 10 } });
    await expectPlace(page, 29, 31);
    expect(await line.getAttribute("aria-valuetext")).toMatch(/^(29|30) seconds of (1 minute|59)/);
  });

  it("jumps over silences when it is told to", async () => {
    const { portal, people } = suite;
    const number = people.numbers[0]!.number;
    const wav = writeWav([
      [3, 0.4],
      [9, 0],
      [2, 0.4],
    ]);
    const recording = await addRecording(portal, { account: "acme", number, wav });
    const { page, goTo } = await suite.visit({ as: people.joan });
    await goTo(pathOf(recording));
    await expectPlaying(page);
    await page.getByRole("switch", { name: "Skip silence (0:08)" }).click();
    await page.evaluate(`(() => {
      globalThis.places = [];
      const audio = document.querySelector("audio");
      audio.addEventListener("timeupdate", () => globalThis.places.push(audio.currentTime));
    })()`);
    await expectPaused(page);
    const places = await page.evaluate<readonly number[]>("globalThis.places");
    expect(places.at(-1)).toBeGreaterThan(13);
    expect(places.filter((place) => place > 4 && place < 11)).toEqual([]);
  });

  it("saves the file under the name the server gives it", async () => {
    const { frontDesk: recording } = await frontDesk();
    const { page, goTo } = await suite.visit({ as: suite.people.joan });
    await goTo(pathOf(recording));
    await expectPlaying(page);
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("link", { name: "Download (54 kB)" }).click(),
    ]);
    expect(download.suggestedFilename()).toMatch(/\.wav$/);
    expect(download.suggestedFilename()).not.toBe("audio.wav");
    expect(readFileSync(await download.path())).toEqual(readSample("pcm"));
  });
});

describe("what is taken back while it plays", () => {
  it("ends the listening of whoever loses the number", async () => {
    const { portal, people } = suite;
    const long = await addLong();
    const { page, goTo, expectRefusals } = await suite.visit({ as: people.joan });
    expectRefusals(`404 GET ${audioOf(long)}`);
    await goTo(pathOf(long));
    await expectPlaying(page);
    const path = `/api/v1/tracking-numbers/${people.numbers[0]!.id}/grants/${people.joan.id}`;
    await portal.must("DELETE", path);
    await clickFarOn(page);
    try {
      await expectText(page, "You cannot hear this recording");
      await expectText(page, "give them this number:");
      const said = await page.locator("code").innerText();
      const decided = `/api/v1/decisions/${said}`;
      await expect
        .poll(async () => (await portal.must("GET", decided)).reason)
        .toBe("number-not-granted");
    } finally {
      await portal.must("PUT", path);
    }
    expect((await readAudio(page)).paused).toBe(true);
    expect(await page.getByRole("button", { name: "Play", exact: true }).isDisabled()).toBe(true);
    expect(await page.getByRole("link", { name: /^Download/ }).count()).toBe(0);
  });

  it("leads whoever is signed out to the sign-in, and back", async () => {
    const { people } = suite;
    const long = await addLong();
    const { page, context, goTo, expectRefusals } = await suite.visit({ as: people.joan });
    expectRefusals(`401 GET ${audioOf(long)}`);
    await goTo(pathOf(long));
    await expectPlaying(page);
    await context.clearCookies();
    await clickFarOn(page);
    await expectHeading(page, "Sign in");
    await signIn(page, people.joan);
    await expectPath(page, pathOf(long));
    await expectPlaying(page);
  });

  it("says that the address is refused now", async () => {
    const { portal, people } = suite;
    const long = await addLong();
    const clientAddress = "81.2.69.253";
    const { page, goTo, expectRefusals } = await suite.visit({ as: people.joan, clientAddress });
    expectRefusals(`403 GET ${audioOf(long)}`);
    await goTo(pathOf(long));
    await expectPlaying(page);
    await portal.must("POST", "/api/v1/entries", { range: clientAddress, action: "deny" });
    await clickFarOn(page);
    await expectText(page, "This recording cannot be heard from here");
    expect((await readAudio(page)).paused).toBe(true);
  });
});
