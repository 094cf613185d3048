// Listens to a page for everything that a visitor's developer tools would show in red.

import type { BrowserContext, Page, Response } from "playwright-core";

export type PageWatch = {
  /**
   * Names a refusal that the test is about, as `401 POST /postern/api/v1/sign-in`, so that it is no
   * complaint. One that does not come is a complaint.
   */
  readonly expectRefusals: (...refusals: readonly string[]) => void;
  readonly complaints: () => readonly string[];
};

/** Chromium repeats every answer from 400 on as a console error; it is counted as an answer. */
const REPEATED_ANSWER = /^Failed to load resource: the server responded with a status of \d+/;

/** What a page asks before anybody is signed in is answered with 401; that is how it learns it. */
const ALWAYS_ALLOWED = new Set(["401 GET /postern/api/v1/me"]);

/** Every page of the context, those opened later among them. */
export function watchContext(context: BrowserContext): PageWatch {
  const seen: string[] = [];
  const refusals: string[] = [];
  const expected: string[] = [];
  const watched = new Set<Page>();

  function watch(page: Page): void {
    if (watched.has(page)) return;
    watched.add(page);
    page.on("console", (message) => {
      const text = message.text();
      if (message.type() === "error" && !REPEATED_ANSWER.test(text)) seen.push(`console: ${text}`);
    });
    page.on("pageerror", (error) => seen.push(`exception: ${error.stack ?? error.message}`));
    page.on("crash", () => seen.push("the page crashed"));
    page.on("requestfailed", (request) => {
      const reason = request.failure()?.errorText ?? "failed";
      // Whoever leaves a page ends what it was still asking.
      if (reason === "net::ERR_ABORTED") return;
      seen.push(`request: ${request.method()} ${request.url()} ${reason}`);
    });
    page.on("response", (response) => {
      if (response.status() >= 400) refusals.push(describeRefusal(response));
    });
  }

  for (const page of context.pages()) watch(page);
  context.on("page", watch);
  return {
    expectRefusals: (...lines) => {
      expected.push(...lines);
    },
    complaints: () => [
      ...seen,
      ...refusals
        .filter((line) => !ALWAYS_ALLOWED.has(line) && !expected.includes(line))
        .map((line) => `refused: ${line}`),
      ...expected
        .filter((line) => !refusals.includes(line))
        .map((line) => `expected, but it was not refused: ${line}`),
    ],
  };
}

function describeRefusal(response: Response): string {
  const { pathname } = new URL(response.url());
  return `${response.status()} ${response.request().method()} ${pathname}`;
}
