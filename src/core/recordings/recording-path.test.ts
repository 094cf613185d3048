// Shows which addresses lead to a recording, and that no other spelling of them does.
import { describe, expect, it } from "vitest";
import { readRecordingPath } from "./recording-path.ts";

const LINK = "Zx_-0123456789abcdefgQ";

describe("the address of a recording", () => {
  it.each([
    [`/recordings/${LINK}`, "page"],
    [`/postern/recordings/${LINK}`, "page"],
    [`/postern/recordings/${LINK}?at=12&x=/audio`, "page"],
    [`/recordings/${LINK}/audio`, "audio"],
    [`/postern/recordings/${LINK}/audio`, "audio"],
    [`/postern/recordings/${LINK}/audio?download=1`, "audio"],
    [`/api/v1/recording-links/${LINK}`, "facts"],
    [`/postern/api/v1/recording-links/${LINK}`, "facts"],
  ])("%s is for its %s", (url, kind) => {
    expect(readRecordingPath(url)).toEqual({ kind, link: LINK });
  });

  it.each([
    "",
    "/",
    "/recordings",
    "/recordings/",
    "/postern/recordings",
    `/recordings/${LINK.slice(1)}`,
    `/recordings/${LINK}A`,
    `/recordings/${LINK}/`,
    `/recordings/${LINK}/audio/`,
    `/recordings/${LINK}/audio.mp3`,
    `/recordings/${LINK}//audio`,
    `/recordings//${LINK}`,
    `//recordings/${LINK}`,
    `/postern//recordings/${LINK}`,
    `/recordings/../recordings/${LINK}`,
    `/recordings/./${LINK}`,
    `/recordings/${LINK}/../${LINK}`,
    `/Recordings/${LINK}`,
    `/POSTERN/recordings/${LINK}`,
    `/recordings/${LINK}/Audio`,
    `/recordings/%5A${LINK.slice(1)}`,
    `/recordings%2f${LINK}`,
    `/recordings/${LINK}%2faudio`,
    `/recordings/${LINK}%00`,
    `/recordings/${LINK}\\audio`,
    `\\recordings\\${LINK}`,
    `/recordings/${LINK};x=1`,
    `/recordings/${LINK}\n`,
    `/recordings/${"..%5c".repeat(4)}ab`,
    "/recordings/..aaaaaaaaaaaaaaaaaaaa",
    `/x/recordings/${LINK}`,
    `/api/recording-links/${LINK}`,
    `/api/v1/recording-links/${LINK}/audio`,
    `/api/v1/recordings/${LINK}`,
    `/postern/postern/recordings/${LINK}`,
    `?/recordings/${LINK}`,
  ])("%j is none", (url) => {
    expect(readRecordingPath(url)).toBeNull();
  });
});
