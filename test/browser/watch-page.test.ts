// Shows that no page with something red in the developer tools passes as a good one.

import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { assertAccessible, assertNoSideways, findBarriers } from "./assert-accessible.ts";
import { launchChromium } from "./open-visitor.ts";
import { watchContext } from "./watch-page.ts";
import type { PageWatch } from "./watch-page.ts";

const ORIGIN = "http://portal.test";

let browser: Browser;
let context: BrowserContext;
let watch: PageWatch;

beforeAll(async () => {
  browser = await launchChromium();
});
afterEach(async () => context?.close());
afterAll(async () => browser?.close());

/** A page with this body; everything else of its host is answered with 404. */
async function show(body: string, headers: Readonly<Record<string, string>> = {}): Promise<Page> {
  context = await browser.newContext();
  watch = watchContext(context);
  await context.route(`${ORIGIN}/**`, (route) =>
    new URL(route.request().url()).pathname === "/"
      ? route.fulfill({ contentType: "text/html", headers, body: wholePage(body) })
      : route.fulfill({ status: 404, body: "" }),
  );
  const page = await context.newPage();
  await page.goto(ORIGIN);
  return page;
}

function wholePage(body: string): string {
  return `<!doctype html><html lang="en"><title>Page</title><link rel="icon" href="data:,">
    <main>${body}</main></html>`;
}

const GOOD = "<h1>Users</h1><p>Who may sign in.</p><ul><li>Ada</li></ul><button>Add</button>";

const CSP = { "content-security-policy": "script-src 'none'; img-src 'self' data:" };

describe("a page that complains", () => {
  it.for([
    ["a console error", "<script>console.error('lost')</script>", {}, "console: lost"],
    ["an exception", "<script>throw new Error('broken')</script>", {}, "exception: Error: broken"],
    ["a rejected promise", "<script>Promise.reject(new Error('no'))</script>", {}, "exception: "],
    ["a refused script", "<script>document.title = 'x'</script>", CSP, "console: "],
    ["a missing image", "<img alt='' src='/map.png'>", {}, "refused: 404 GET /map.png"],
    [
      "a host that is not there",
      "<img alt='' src='http://127.0.0.1:1/map.png'>",
      {},
      "request: GET http://127.0.0.1:1/map.png net::ERR_",
    ],
  ] as const)("is noticed: %s", async ([, body, headers, complaint]) => {
    await show(`${GOOD}${body}`, headers);
    await expect.poll(() => watch.complaints().join("\n")).toContain(complaint);
  });

  it("is left alone when nothing is wrong", async () => {
    await show(GOOD);
    expect(watch.complaints()).toEqual([]);
  });

  it("may be refused what the test names, and has to be", async () => {
    await show(`${GOOD}<img alt='' src='/map.png'>`);
    watch.expectRefusals("404 GET /map.png");
    expect(watch.complaints()).toEqual([]);
    watch.expectRefusals("409 POST /users");
    expect(watch.complaints()).toEqual(["expected, but it was not refused: 409 POST /users"]);
  });
});

describe("a page that shuts somebody out", () => {
  it("passes when all is well", async () => {
    await assertAccessible(await show(GOOD));
  });

  it("is noticed when there is nothing to read", async () => {
    expect(await findBarriers(await show(""))).toEqual([
      expect.stringContaining("next to nothing"),
    ]);
  });

  it.for([
    ["no label", "<input>", "label: "],
    ["too little contrast", "<p style='color: #bbb; background: #fff'>Hm</p>", "color-contrast: "],
  ] as const)("is noticed: %s", async ([, body, violation]) => {
    const page = await show(`${GOOD}${body}`);
    expect((await findBarriers(page)).join("\n")).toContain(violation);
  });

  it("is noticed when it does so in the dark only", async () => {
    const dim = "<style>@media (prefers-color-scheme: dark) { p { color: #ddd } }</style>";
    await expect(assertAccessible(await show(GOOD + dim))).rejects.toThrow("to deeply equal");
  });

  it("is noticed when it has to be scrolled sideways", async () => {
    await assertNoSideways(await show(GOOD));
    const wide = await show(`${GOOD}<div style='width: 3000px'>far</div>`);
    await expect(assertNoSideways(wide)).rejects.toThrow("width of the content");
  });
});
