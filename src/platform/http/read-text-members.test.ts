// Checks which texts of a query or path become numbers and booleans.
import { Type } from "typebox";
import { describe, expect, it } from "vitest";
import { readTextMembers } from "./read-text-members.ts";

const schema = Type.Object({
  id: Type.Integer(),
  ended: Type.Optional(Type.Boolean()),
  name: Type.Optional(Type.String()),
});

describe("readTextMembers", () => {
  it.each([
    ["0", 0],
    ["7", 7],
    ["1000", 1000],
  ])("reads %s as a number", (text, number) => {
    expect(readTextMembers(schema, { id: text })).toEqual({ id: number });
  });

  it.each(["1.5", "0x2f", "1e3", "true", "01", "+1", "-1", " 1", "", "1_000", "99999999999999999"])(
    "leaves %j as text",
    (text) => {
      expect(readTextMembers(schema, { id: text })).toEqual({ id: text });
    },
  );

  it("reads true and false alone as booleans, and never touches text", () => {
    expect(readTextMembers(schema, { ended: "true", name: "true" })).toEqual({
      ended: true,
      name: "true",
    });
    expect(readTextMembers(schema, { ended: "1", name: "12" })).toEqual({ ended: "1", name: "12" });
  });
});
