// Checks which requests keep a session from becoming idle: only what a person does.
import { describe, expect, it } from "vitest";
import { SURFACES } from "../network/surface.ts";
import { isActivity } from "./activity.ts";
import type { ActivityFacts } from "./activity.ts";

function factsWith(facts: Partial<ActivityFacts>): ActivityFacts {
  const plain = { surface: "portal", method: "GET", fetchMode: null, accept: null } as const;
  return { ...plain, isBackground: false, ...facts };
}

const PAGE = "text/html,application/xhtml+xml;q=0.9,*/*;q=0.8";

// attack row 83
describe("activity", () => {
  it.each([
    ["a page that is opened", { fetchMode: "navigate", accept: PAGE }, true],
    ["opened in a browser of old", { accept: PAGE }, true],
    ["in capitals", { accept: "Text/HTML" }, true],
    ["with text/html last", { accept: "image/webp, text/html;level=1" }, true],
    ["a form that is sent", { method: "POST", fetchMode: "navigate" }, true],
    ["something changed by a script", { method: "PUT", fetchMode: "cors" }, true],
    ["something deleted", { surface: "api", method: "DELETE" }, true],
    ["something patched", { surface: "api", method: "PATCH" }, true],
    ["a script that polls", { fetchMode: "cors", accept: PAGE }, false],
    ["a script of old that polls", { accept: "application/json" }, false],
    ["an event stream", { fetchMode: "cors", accept: "text/event-stream" }, false],
    ["a picture", { fetchMode: "no-cors", accept: "image/*" }, false],
    ["a WebSocket", { fetchMode: "websocket" }, false],
    ["a static file", { accept: "*/*" }, false],
    ["no Accept at all", {}, false],
    ["another kind of HTML", { accept: "text/htmlx, xtext/html" }, false],
    ["a question for the head of a page", { method: "HEAD", accept: PAGE }, false],
    ["a preflight", { method: "OPTIONS", fetchMode: "cors", accept: PAGE }, false],
    ["a page the portal marks as background", { accept: PAGE, isBackground: true }, false],
    ["a change marked as background", { method: "POST", isBackground: true }, false],
    ["a chunk of audio", { surface: "audio", fetchMode: "no-cors", accept: "audio/*" }, false],
    ["audio that is opened as a page", { surface: "audio", fetchMode: "navigate" }, false],
    ["a change where the audio is", { surface: "audio", method: "POST" }, false],
    ["what the console asks for", { surface: "console", fetchMode: "cors" }, true],
    ["an event stream of it", { surface: "console", accept: "text/event-stream" }, false],
    [
      "a change that asks for one",
      { surface: "console", method: "POST", accept: "text/event-stream" },
      true,
    ],
    ["what it asks for by itself", { surface: "console", isBackground: true }, false],
    [
      "a change it makes by itself",
      { surface: "console", method: "POST", isBackground: true },
      false,
    ],
  ] as const)("%s", (_, facts, is) => {
    expect(isActivity(factsWith(facts))).toBe(is);
  });

  it("is opening a page on every surface but audio", () => {
    const counted = SURFACES.filter((surface) => isActivity(factsWith({ surface, accept: PAGE })));
    expect(counted).toEqual(["portal", "api", "sign-in", "webchat"]);
  });
});
