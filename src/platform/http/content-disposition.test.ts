// Names as they stand in the header, and what holds for every text.
import { parse } from "content-disposition";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { attachmentHeader } from "./content-disposition.ts";

describe("attachmentHeader", () => {
  it.each<[string, string]>([
    ["call.mp3", "attachment; filename=call.mp3"],
    ["a call.mp3", 'attachment; filename="a call.mp3"'],
    ["Müller.mp3", "attachment; filename=M_ller.mp3; filename*=UTF-8''M%C3%BCller.mp3"],
    ['a"b\\c.mp3', "attachment; filename=a_b_c.mp3; filename*=UTF-8''a%22b%5Cc.mp3"],
    ["50%41.mp3", "attachment; filename=50_41.mp3; filename*=UTF-8''50%2541.mp3"],
    // attack row 135
    ["a\r\nSet-Cookie: b=c.mp3", 'attachment; filename="aSet-Cookie: b=c.mp3"'],
    ["😀.mp3", "attachment; filename=_.mp3; filename*=UTF-8''%F0%9F%98%80.mp3"],
  ])("%j", (fileName, expected) => {
    expect(attachmentHeader(fileName).replace("UTF-8''", "UTF-8''")).toBe(expected);
  });

  it("is printable ASCII for every text, and read as the same name", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 300 }), (fileName) => {
        const header = attachmentHeader(fileName);
        expect(header).toMatch(/^attachment; filename=[\x20-\x7e]*$/);
        const plain = fileName.replace(/\p{Cc}/gu, "").replace(/\p{Surrogate}/gu, "\ufffd");
        expect(parse(header).parameters["filename"]).toBe(plain);
      }),
    );
  });
});
