// Says what a page of the console is to the suites, and how a visitor gets to see it.

import type { Visitor } from "./open-visitor.ts";
import type { Person, SeededPeople } from "./seed-people.ts";
import type { BrowserPortal } from "./start-browser-portal.ts";

/** An empty portal has an operator only. */
export type PageWorld = {
  readonly portal: BrowserPortal;
  readonly people: Pick<SeededPeople, "grace"> & Partial<SeededPeople>;
};

export type ConsolePage = {
  /** Also the name of its pictures. */
  readonly name: string;
  /** Below /postern, or what finds it out. */
  readonly path: string | ((world: PageWorld) => string | Promise<string>);
  readonly as: "grace" | "ada" | "joan" | null;
  /** The page's h1; once it is seen, so is the page. */
  readonly heading: string | RegExp;
  /** Something that is there only when the data are. */
  readonly shows?: string | RegExp;
  /**
   * Answers of the API that are put aside, to see what the page does without them. They have the
   * status of the first of `refusals`: after 500 a page asks no more, after 503 for three seconds.
   */
  readonly failing?: RegExp;
  /** What is done on the page before it is looked at. */
  readonly act?: (visitor: Visitor, world: PageWorld) => Promise<void>;
  /** What is refused then, as `PageWatch.expectRefusals` takes it. */
  readonly refusals?: readonly string[];
};

/** Who opens the page; undefined: nobody is signed in. */
export function viewerOf({ as }: ConsolePage, { people }: PageWorld): Person | undefined {
  if (as === null) return undefined;
  const person = people[as];
  if (person === undefined) throw new Error(`${as} is not in this portal`);
  return person;
}

export async function openConsolePage(
  visitor: Visitor,
  wanted: ConsolePage,
  world: PageWorld,
): Promise<void> {
  const { page } = visitor;
  visitor.expectRefusals(...(wanted.refusals ?? []));
  await failRequests(visitor, wanted);
  const { path } = wanted;
  await visitor.goTo(typeof path === "string" ? path : await path(world));
  await page.getByRole("heading", { level: 1, name: wanted.heading }).waitFor();
  if (wanted.shows !== undefined) await page.getByText(wanted.shows).first().waitFor();
  await wanted.act?.(visitor, world);
}

/** Answers with the refusal that a store which is away leads to. */
async function failRequests(
  { context }: Visitor,
  { failing, refusals = [] }: ConsolePage,
): Promise<void> {
  if (failing === undefined) return;
  const status = Number.parseInt(refusals[0] ?? "503", 10);
  await context.route(failing, (route) =>
    route.fulfill({
      status,
      contentType: "application/problem+json",
      body: JSON.stringify({
        type: "about:blank",
        title: "Service Unavailable",
        status,
        code: "unavailable",
        detail: "The store cannot be reached at the moment. Please try again.",
      }),
    }),
  );
}
