// What listeners read when a recording is refused, damaged, or broken off.
import { describe, expect, it } from "vitest";
import { ApiProblem, toApiProblem, unreachableProblem } from "../api/api-problem.ts";
import { faultOfBrowser, faultOfProblem } from "./play-fault.ts";

function problemOf(status: number, body: Readonly<Record<string, unknown>> = {}): ApiProblem {
  return toApiProblem(status, { code: "some-code", detail: "The server's words.", ...body });
}

describe("a refusal", () => {
  it.each([
    [problemOf(401), "Sign in to listen", /come back to this recording/],
    [problemOf(403), "This recording cannot be heard from here", /^The server's words\.$/],
    [problemOf(404), "You cannot hear this recording", /deleted, or you have not been granted/],
    [
      problemOf(429, { retryAfterSeconds: 98 }),
      "There were too many requests from your network",
      /again in 1 minute 38 seconds/,
    ],
    [problemOf(429), "There were too many requests from your network", /^The server's words\.$/],
    [
      problemOf(500, { code: "recording-damaged" }),
      "The file of this recording is damaged",
      /The server's words\. Tell whoever/,
    ],
  ])("%# is final, and said in words", (problem, title, words) => {
    const fault = faultOfProblem(problem);
    expect(fault.title).toBe(title);
    expect(fault.words).toMatch(words);
    expect([fault.canRetry, fault.canDownload]).toEqual([false, false]);
  });

  it("has the number it was written down under, where it was", () => {
    const decision = "0mbq7k2d9c1x4";
    for (const status of [403, 404, 429, 503]) {
      expect(faultOfProblem(problemOf(status, { decision })).decisionId).toBe(decision);
    }
    expect(faultOfProblem(problemOf(404)).decisionId).toBeNull();
    expect(faultOfProblem(problemOf(404, { decision: "" })).decisionId).toBeNull();
  });

  it("of a server that is busy or away can be tried again", () => {
    for (const problem of [problemOf(503), unreachableProblem()]) {
      const fault = faultOfProblem(problem);
      expect([fault.title, fault.canRetry]).toEqual(["The audio has stopped", true]);
      expect(fault.words).toBe(problem.message);
    }
  });
});

describe("the browser", () => {
  it("that cannot read the file offers to save it", () => {
    const fault = faultOfBrowser(true, "wav");
    expect(fault.words).toMatch(/this WAV file\. Download it/);
    expect([fault.canRetry, fault.canDownload]).toEqual([false, true]);
  });

  it("that lost the connection goes on", () => {
    const fault = faultOfBrowser(false, "mp3");
    expect([fault.canRetry, fault.canDownload]).toEqual([true, false]);
  });
});
