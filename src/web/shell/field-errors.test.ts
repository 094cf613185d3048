// Where the server's words about a field come to stand.
import { describe, expect, it } from "vitest";
import { toFieldErrors } from "./field-errors.ts";

const VALUES = { email: "", memberships: [], minimumLength: {} };

function fieldsOf(path: string | undefined, pathPrefix = ""): Readonly<Record<string, string>> {
  const error = { ...(path === undefined ? {} : { path }), message: "must be shorter" };
  return toFieldErrors({ errors: [error] }, VALUES, pathPrefix).fields;
}

describe("toFieldErrors", () => {
  it.each([
    ["/email", "", { email: "Must be shorter." }],
    ["email", "", { email: "Must be shorter." }],
    ["/memberships/0/role", "", { "memberships.0.role": "Must be shorter." }],
    [
      "/value/minimumLength/characters",
      "/value",
      { "minimumLength.characters": "Must be shorter." },
    ],
    ["/elsewhere", "", {}],
    ["/toString", "", {}],
    [undefined, "", {}],
  ])("%s without %j", (path, prefix, fields) => {
    expect(fieldsOf(path, prefix)).toEqual(fields);
  });

  it("says what no field shows above the form", () => {
    const email = { path: "/email", message: "is taken" };
    const other = { message: "is not accepted" };
    expect(toFieldErrors({ errors: [email] }, VALUES, "").isAllShown).toBe(true);
    expect(toFieldErrors({ errors: [email, other] }, VALUES, "").isAllShown).toBe(false);
    expect(toFieldErrors({ errors: [] }, VALUES, "").isAllShown).toBe(false);
  });

  it("keeps every word about the same field", () => {
    const errors = [
      { path: "/email", message: "is too long." },
      { path: "/email", message: "has no @" },
    ];
    expect(toFieldErrors({ errors }, VALUES, "").fields).toEqual({
      email: "Is too long. Has no @.",
    });
  });
});
