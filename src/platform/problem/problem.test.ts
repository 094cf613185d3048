// Checks the wire form of problems and the table that makes them.
import { describe, expect, it } from "vitest";
import { defineProblems } from "./define-problems.ts";
import { Problem, problemHeaders, toProblemDetails } from "./problem.ts";

describe("toProblemDetails", () => {
  it("gives type, title, status, code, detail and errors", () => {
    const errors = [{ path: "/range", message: "must be a string" }];
    const problem = new Problem("invalid-input", 400, { detail: "See errors.", errors });
    expect(toProblemDetails(problem)).toEqual({
      type: "urn:postern:problem:invalid-input",
      title: "Invalid input",
      status: 400,
      code: "invalid-input",
      detail: "See errors.",
      errors,
    });
  });

  it("does not let further members replace the standard ones", () => {
    const problem = new Problem("conflict", 409, { members: { status: 200, version: 7 } });
    expect(toProblemDetails(problem)).toMatchObject({ status: 409, version: 7 });
  });

  it("keeps headers out of the body and rounds Retry-After up to whole seconds", () => {
    const options = { retryAfterSeconds: 1.2, headers: { allow: "GET" } };
    const problem = new Problem("over-rate-limit", 429, options);
    expect(toProblemDetails(problem)).not.toHaveProperty("headers");
    expect(problemHeaders(problem)).toMatchObject({
      "content-type": "application/problem+json",
      "retry-after": "2",
      allow: "GET",
    });
  });
});

describe("defineProblems", () => {
  const problem = defineProblems({
    "entry-exists": { status: 409, title: "The entry exists", detail: "It is there already." },
  });

  it("takes status, title and detail from the table", () => {
    expect(toProblemDetails(problem("entry-exists"))).toMatchObject({
      status: 409,
      title: "The entry exists",
      detail: "It is there already.",
    });
  });

  it("prefers the detail of the place that throws", () => {
    const thrown = problem("entry-exists", { detail: "203.0.113.7 is entry 12." });
    expect(thrown).toBeInstanceOf(Error);
    expect(thrown.detail).toBe("203.0.113.7 is entry 12.");
    expect(toProblemDetails(thrown).title).toBe("The entry exists");
  });
});
