// Uses the library as agents, admins and operators do: finds, hears, sends, adds and deletes.

import { describe, expect, it } from "vitest";
import { AUDIO_SAMPLES } from "../audio/audio-samples.ts";
import { expectFieldError, expectGone, expectHeading, expectText } from "./expect-page.ts";
import { addRecording, libraryOf, seedLibrary } from "./seed-recordings.ts";
import { useBrowserPortal } from "./use-browser-portal.ts";
import type { Visitor } from "./open-visitor.ts";
import { expectPlaying, readAudio } from "./watch-audio.ts";

const suite = useBrowserPortal({ seeds: seedLibrary });

function library() {
  const { portal, people } = suite;
  return libraryOf(portal, people.numbers);
}

/** The rows as they are read, without their heads; all at once, as they come and go. */
async function rowsOf({ page }: Visitor): Promise<readonly string[]> {
  const rows = page.getByRole("table", { name: "Recordings" }).getByRole("row");
  const texts = await rows.evaluateAll((all) => all.map((row) => (row as HTMLElement).innerText));
  return texts.slice(1).map((text) => text.replaceAll(/\s+/g, " "));
}

async function expectCallers(visitor: Visitor, callers: readonly RegExp[]): Promise<void> {
  await expect.poll(() => rowsOf(visitor)).toEqual(callers.map((c) => expect.stringMatching(c)));
}

const FRONT_DESK = /\+44 207 946 0123 Call back tomorrow/;
const RADIO = /\+44 207 946 0234/;
const MINUTE = /no caller number minute\.mp3/;
const BOOKINGS = /\+81 335 551 000/;

describe("the library", () => {
  it("lists to agents what is on their numbers, and nothing else", async () => {
    await library();
    const visitor = await suite.visit({ as: suite.people.joan });
    const { page, goTo } = visitor;
    await goTo("/recordings");
    await expectHeading(page, "Recordings");
    await expectCallers(visitor, [FRONT_DESK, MINUTE]);
    expect(await page.getByRole("button", { name: "Add a recording" }).count()).toBe(0);
    await page.getByRole("table").getByRole("button").first().click();
    const panel = page.getByRole("dialog");
    await expectText(panel, "Call back tomorrow");
    expect(await panel.getByText("Who listened").count()).toBe(0);
    expect(await panel.getByRole("button", { name: "Delete recording" }).count()).toBe(0);
  });

  it("finds by number, caller, date and length, and keeps the filter in its address", async () => {
    await library();
    const visitor = await suite.visit({ as: suite.people.grace });
    const { page, goTo } = visitor;
    await goTo("/recordings");
    await expectCallers(visitor, [FRONT_DESK, RADIO, MINUTE, BOOKINGS]);
    const search = page.getByRole("searchbox", { name: "Search" });
    await search.fill("radio camp");
    await expectCallers(visitor, [RADIO]);
    await search.fill("");
    await page.getByRole("button", { name: "More filters" }).click();
    await page.getByRole("searchbox", { name: "Number" }).fill("+61 255 501 234");
    await expectCallers(visitor, [FRONT_DESK, MINUTE]);
    await page.getByRole("searchbox", { name: "Number" }).fill("");
    await page.getByRole("searchbox", { name: "Caller" }).fill("946 02");
    await expectCallers(visitor, [RADIO]);
    await page.getByRole("searchbox", { name: "Caller" }).fill("");
    const day = new Date(suite.portal.nowMs() - 3 * 86_400_000).toISOString().slice(0, 10);
    await page.getByLabel("To", { exact: true }).fill(day);
    await expectCallers(visitor, [BOOKINGS]);
    await page.getByLabel("To", { exact: true }).fill("");
    await page.getByLabel("From", { exact: true }).fill(day);
    await expectCallers(visitor, [FRONT_DESK, RADIO, MINUTE]);
    await page.getByRole("combobox", { name: "Length" }).click();
    await page.getByRole("option", { name: "30 seconds to 5 minutes" }).click();
    await expectCallers(visitor, [MINUTE]);
    await page.reload();
    await expectCallers(visitor, [MINUTE]);
    expect(new URL(page.url()).searchParams.get("from")).toBe(day);
    await page.getByRole("searchbox", { name: "Search" }).fill("nothing is called this");
    await expectText(page, "No recording found");
    await page.getByRole("button", { name: "Clear the search" }).last().click();
    await expectCallers(visitor, [FRONT_DESK, RADIO, MINUTE, BOOKINGS]);
  });

  it("is narrowed to one account by operators", async () => {
    await library();
    const visitor = await suite.visit({ as: suite.people.grace });
    const { page, goTo } = visitor;
    await goTo("/recordings");
    await page.getByRole("combobox", { name: "Account" }).click();
    await page.getByRole("option", { name: /globex/ }).click();
    await expectCallers(visitor, [BOOKINGS]);
  });

  it("shows the next ones when it is asked to", async () => {
    const { portal, people } = suite;
    const number = people.numbers[2]!.number;
    const added: string[] = [];
    for (let caller = 100; caller < 160; caller += 1) {
      const words = { account: "globex", number, caller: `+3310000${caller}` };
      const { id } = await addRecording(portal, { ...words, sample: "opus" });
      added.push(id);
    }
    const visitor = await suite.visit({ as: people.grace });
    const { page, goTo } = visitor;
    await goTo("/recordings");
    await expectText(page, "50 shown");
    await page.getByRole("button", { name: "Show more" }).click();
    await expectText(page, "64 shown, that is all");
    expect(new Set(await rowsOf(visitor)).size).toBe(64);
    for (const id of added) await portal.must("DELETE", `/api/v1/recordings/${id}`);
  });
});

describe("one recording", () => {
  it("is heard beside the list, and counts as heard only then", async () => {
    const { portal } = suite;
    const { radio } = await library();
    const visitor = await suite.visit({ as: suite.people.ada });
    const { page, goTo } = visitor;
    let asked = 0;
    page.on("request", (request) => {
      if (request.url().endsWith("/audio")) asked += 1;
    });
    await goTo("/recordings");
    await page.getByRole("row", { name: RADIO }).getByRole("button").click();
    const panel = page.getByRole("dialog");
    await expectText(panel, "Nobody has listened to it yet.");
    await expectText(panel, "Users who sign in and are granted the number.");
    await expectText(panel, "Nobody is granted the number; admins of acme hear all");
    expect([asked, (await readAudio(page)).paused]).toEqual([0, true]);
    await panel.getByRole("button", { name: "Play", exact: true }).click();
    await expectPlaying(page);
    const path = `/api/v1/recordings/${radio.id}/plays`;
    await expect.poll(async () => (await portal.must("GET", path)).plays.length).toBe(1);
    await page.keyboard.press("Escape");
    await expectGone(panel);
    await page.getByRole("row", { name: RADIO }).getByRole("button").click();
    await expectText(page.getByRole("dialog").locator("li"), "ada@example.com");
    await expectText(page.getByRole("dialog").locator("li"), "United Kingdom");
  });

  it("has a link to send, and a page", async () => {
    const { frontDesk } = await library();
    const { page, context, goTo } = await suite.visit({ as: suite.people.ada });
    await context.grantPermissions(["clipboard-read", "clipboard-write"]);
    await goTo("/recordings");
    await page.getByRole("row", { name: FRONT_DESK }).getByRole("button").click();
    const panel = page.getByRole("dialog");
    await expectText(panel, "Granted the number: Joan Clarke");
    await panel.getByRole("button", { name: "Copy the link" }).click();
    await expectText(panel, "Copied");
    expect(await page.evaluate("navigator.clipboard.readText()")).toBe(frontDesk.url);
    expect(frontDesk.url).toBe(`${suite.portal.origin}/postern/recordings/${frontDesk.link}`);
    await panel.getByRole("link", { name: "Open its page" }).click();
    await expectHeading(page, "+61 255 501 234");
    await expectPlaying(page);
  });

  it("is deleted after a question, and its link leads nowhere", async () => {
    const { portal, people } = suite;
    const number = people.numbers[1]!.number;
    const words = { account: "acme", number, caller: "+4930123456" };
    const recording = await addRecording(portal, words);
    const visitor = await suite.visit({ as: people.ada });
    const { page, goTo, expectRefusals } = visitor;
    expectRefusals(`404 GET /postern/api/v1/recording-links/${recording.link}`);
    await goTo("/recordings");
    await page
      .getByRole("row", { name: /\+49 301/ })
      .getByRole("button")
      .click();
    const panel = page.getByRole("dialog");
    const other = await visitor.context.newPage();
    await other.goto("/postern/recordings");
    await other
      .getByRole("row", { name: /\+49 301/ })
      .getByRole("button")
      .click();
    await expectText(other.getByRole("dialog"), "Who may hear it");
    await expectText(other.getByRole("dialog"), "and operators those of every account.");
    await panel.getByRole("button", { name: "Delete recording" }).click();
    const asking = page.getByRole("dialog", { name: "Delete this recording?" });
    await expectText(asking, /The call from \+49 301 234 56 on \+61 255 501 235/);
    await expectText(asking, /Nobody has listened to it\. It cannot be brought back/);
    await asking.getByRole("button", { name: "Delete recording" }).click();
    await expectText(page, "The recording was deleted.");
    await expectGone(page.getByRole("row", { name: /\+49 301/ }));
    await other.getByRole("link", { name: "Open its page" }).click();
    await expectHeading(other, "You cannot hear this recording");
    await other.getByRole("link", { name: "All recordings" }).click();
    await expectHeading(other, "Recordings");
  });
});

describe("a new recording", () => {
  it("is added with its number, caller and time", async () => {
    const { portal, people } = suite;
    const visitor = await suite.visit({ as: people.ada });
    const { page, goTo } = visitor;
    await goTo("/recordings");
    await page.getByRole("button", { name: "Add a recording" }).click();
    const adding = page.getByRole("dialog", { name: "Add a recording" });
    await adding.getByRole("button", { name: "Add recording" }).click();
    await expectText(adding, "Choose an audio file.");
    const number = adding.getByRole("combobox", { name: "Tracking number" });
    await expectFieldError(number, "Choose the number it was made on.");
    await adding.locator("input[type=file]").setInputFiles(AUDIO_SAMPLES.aac.path);
    await number.fill("radio");
    await page.getByRole("option", { name: /Radio campaign/ }).click();
    await adding.getByLabel("Caller").fill("+390612345678");
    await adding.getByLabel("Recorded at").fill("2026-03-04T09:30");
    await adding.getByRole("button", { name: "Add recording" }).click();
    await expectText(page, "The recording on +61 255 501 235 was added.");
    await expectGone(adding);
    const row = page.getByRole("row", { name: /\+39 061 234/ });
    await expectText(row, "4 Mar 2026, 09:30");
    const { recordings } = await portal.must("GET", "/api/v1/recordings?caller=%2B3906");
    expect(recordings).toMatchObject([
      {
        format: "m4a",
        name: "voicemail.m4a",
        number: "+61255501235",
        createdBy: expect.stringContaining("ada@example.com"),
      },
    ]);
    await portal.must("DELETE", `/api/v1/recordings/${recordings[0].id}`);
  });

  it("that is no audio is refused with what is taken", async () => {
    const { page, goTo, expectRefusals } = await suite.visit({ as: suite.people.ada });
    expectRefusals("422 POST /postern/api/v1/recordings");
    await goTo("/recordings");
    await page.getByRole("button", { name: "Add a recording" }).click();
    const adding = page.getByRole("dialog", { name: "Add a recording" });
    const junk = { name: "call.mp3", mimeType: "audio/mpeg", buffer: Buffer.alloc(5000, "text ") };
    await adding.locator("input[type=file]").setInputFiles(junk);
    await adding.getByRole("combobox", { name: "Tracking number" }).click();
    await page.getByRole("option", { name: /Front desk/ }).click();
    await adding.getByRole("button", { name: "Add recording" }).click();
    await expectText(adding.getByRole("alert"), /WAV.*MP3.*M4A/);
    await adding.locator("input[type=file]").setInputFiles(AUDIO_SAMPLES.ulaw.path);
    await adding.getByRole("button", { name: "Add recording" }).click();
    await expectText(page, "The recording on +61 255 501 234 was added.");
  });
});
