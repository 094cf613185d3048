// Tables of hostile and plain names, and what holds for every text.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { safeFileName } from "./safe-file-name.ts";

function name(words: string): string {
  return safeFileName(words, "recording of a call", "mp3");
}

describe("safeFileName", () => {
  it.each<[string, string]>([
    ["Call of Monday", "Call of Monday.mp3"],
    ["Müller – Beschwerde", "Müller – Beschwerde.mp3"],
    ["通話記録", "通話記録.mp3"],
    ["call.mp3", "call.mp3"],
    ["call.MP3 ", "call.mp3"],
    ["call.wav", "call.wav.mp3"],
    // attack row 135
    ["<svg onload=alert(1)>.html", "svg onload=alert(1)-.html.mp3"],
    ["a\r\nSet-Cookie: b=c", "a Set-Cookie- b=c.mp3"],
    ["\u202e3pm.exe", "3pm.exe.mp3"],
    ["gnp.\u2066exe\u2069", "gnp.exe.mp3"],
    ["x".repeat(300), `${"x".repeat(120)}.mp3`],
    ["é".repeat(300), `${"é".repeat(60)}.mp3`],
    ["😀".repeat(300), `${"😀".repeat(30)}.mp3`],
    // attack row 131
    ["../../etc/passwd", "etc-passwd.mp3"],
    ["C:\\Windows\\win.ini", "C-Windows-win.ini.mp3"],
    ["CON", "_CON.mp3"],
    ["aux.tar", "_aux.tar.mp3"],
    ["console", "console.mp3"],
    [".htaccess", "htaccess.mp3"],
    ["-rf", "rf.mp3"],
    ["a\u0000b", "ab.mp3"],
    ["a\ud800b", "ab.mp3"],
    ["", "recording of a call.mp3"],
    [" .. ", "recording of a call.mp3"],
    [".mp3", "recording of a call.mp3"],
    ["\u202e\u200b", "recording of a call.mp3"],
  ])("%j is saved as %j", (words, expected) => {
    expect(name(words)).toBe(expected);
  });

  it("has a name even where the fallback is nothing either", () => {
    expect(safeFileName("", "???", "wav")).toBe("file.wav");
  });

  it("holds for every text: short, one extension, no separator, control or direction", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 200 }), (words) => {
        const made = name(words);
        expect(made.endsWith(".mp3")).toBe(true);
        expect(new TextEncoder().encode(made).length).toBeLessThanOrEqual(125);
        expect(made).not.toMatch(/[\p{Cc}\u202a-\u202e\u2066-\u2069/\\<>:"|?*]/u);
        expect(made).toMatch(/^[^.\s~-]/);
        expect(encodeURIComponent(made)).not.toBe("");
        expect(name(made)).toBe(made);
      }),
    );
  });
});
