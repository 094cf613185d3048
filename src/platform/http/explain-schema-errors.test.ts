// Checks the sentences about values that do not fit: told once, and without regular expressions.
import { Type } from "typebox";
import type { TSchema } from "typebox";
import { describe, expect, it } from "vitest";
import { createSchemaCheck } from "./schema-compiler.ts";

const ID = Type.String({ pattern: "^[a-z2-7]{20}$", description: "an id: 20 letters" });
const LINE = Type.String({
  minLength: 1,
  maxLength: 200,
  pattern: "^[^\\n]*\\S[^\\n]*$",
  description: "One line of text that is not blank",
});
const CIRCLE = Type.Object({ radius: Type.Number() });
const SQUARE = Type.Object({ side: Type.Number() });
const TIME = Type.String({ format: "date-time" });
const A_TIME = "a string that is a time such as 2026-01-31T12:00:00Z";

function detailOf(schema: TSchema, value: unknown): string {
  const result = createSchemaCheck(schema, "The path")(value);
  return result.ok ? "accepted" : (result.problem.detail ?? "");
}

describe("a value that does not fit", () => {
  it.each([
    ["an id", ID, "nobody", "must be an id: 20 letters"],
    ["no string", ID, 7, "must be an id: 20 letters"],
    [
      "a blank name",
      LINE,
      " ",
      "must be one line of text that is not blank, of 1 to 200 characters",
    ],
    ["a leap second", TIME, "2016-12-31T23:59:60Z", `must be ${A_TIME}`],
    [
      "a time with a zone's name",
      TIME,
      "2026-01-31T12:00:00+01:00[Europe/Berlin]",
      `must be ${A_TIME}`,
    ],
    ["a day that is none", TIME, "2026-02-30T12:00:00Z", `must be ${A_TIME}`],
    ["no name", LINE, "", "must be one line of text that is not blank, of 1 to 200 characters"],
    ["none of two objects", Type.Union([CIRCLE, SQUARE]), {}, "must be an object"],
    [
      "none of two objects and null",
      Type.Union([CIRCLE, SQUARE, Type.Null()]),
      7,
      "must be an object or null",
    ],
    [
      "a time",
      Type.Union([TIME, Type.Null()]),
      "today",
      "must be a string that is a time such as 2026-01-31T12:00:00Z or null",
    ],
    ["a pattern alone", Type.String({ pattern: "^a$" }), "b", "must be a string of the form ^a$"],
  ] as const)("%s", (_, schema, value, sentence) => {
    const told = detailOf(Type.Object({ id: schema }), { id: value });
    expect(told).toBe(`The path is not as it should be: /id ${sentence}.`);
  });

  it("tells the same of what is missing", () => {
    expect(detailOf(Type.Object({ id: ID }), {})).toBe(
      "The path is not as it should be: /id is missing: it must be an id: 20 letters.",
    );
  });
});
