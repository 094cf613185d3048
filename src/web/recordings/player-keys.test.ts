// Keys of the player, and those that it leaves to fields, buttons and the browser.
import { describe, expect, it } from "vitest";
import { actOfKey, KEY_HELP } from "./player-keys.ts";

const PLAIN = { ctrlKey: false, altKey: false, metaKey: false };

describe("a key of the player", () => {
  it.each([
    [" ", { kind: "toggle" }],
    ["ArrowLeft", { kind: "move", bySeconds: -5 }],
    ["ArrowRight", { kind: "move", bySeconds: 5 }],
    ["Home", { kind: "begin" }],
    ["End", { kind: "end" }],
    ["ArrowUp", { kind: "volume", by: 0.1 }],
    ["ArrowDown", { kind: "volume", by: -0.1 }],
    ["a", null],
    ["Tab", null],
    ["toString", null],
  ])("%j leads to %j", (key, act) => {
    expect(actOfKey({ key, ...PLAIN }, "other")).toEqual(act);
  });

  it("stays a field's own, whichever it is", () => {
    for (const key of [" ", "ArrowLeft", "End"]) {
      expect(actOfKey({ key, ...PLAIN }, "field")).toBeNull();
    }
  });

  it("presses the button that has the focus, and moves all the same", () => {
    expect(actOfKey({ key: " ", ...PLAIN }, "button")).toBeNull();
    expect(actOfKey({ key: "ArrowRight", ...PLAIN }, "button")).toEqual({
      kind: "move",
      bySeconds: 5,
    });
  });

  it.each(["ctrlKey", "altKey", "metaKey"])("is the browser's with %s", (modifier) => {
    expect(actOfKey({ key: "ArrowLeft", ...PLAIN, [modifier]: true }, "other")).toBeNull();
  });

  it("is named in the help", () => {
    expect(KEY_HELP.flatMap(({ keys }) => keys)).toEqual([
      "Space",
      "←",
      "→",
      "Home",
      "End",
      "↑",
      "↓",
    ]);
  });
});
