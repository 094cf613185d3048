// The hit counter in a browser: an account's ban is seen and released by whom it concerns.
import { beforeAll, describe, expect, it } from "vitest";
import type { Page } from "playwright-core";
import { expectGone, expectSeen, expectText } from "./expect-page.ts";
import { useBrowserPortal } from "./use-browser-portal.ts";

const suite = useBrowserPortal();
const HOST = "audio.acme.example.com";

/** Its own rules refuse: one request of an address a minute is accepted on the account's audio. */
beforeAll(async () => {
  const { portal } = suite;
  const routes = await portal.must("GET", "/api/v1/policy/routes");
  const own = { host: HOST, pathPrefix: "/", surface: "audio", account: "acme" };
  const value = { routes: [...routes.value.routes, own] };
  await portal.must("PUT", "/api/v1/policy/routes", { value });
  const path = "/api/v1/policy/rate-limits?account=acme";
  const limits = (await portal.must("GET", path)).value;
  const audio = { ...limits.audio, mode: "enforce", requestMaxCount: 1, requestMaxSeconds: 60 };
  await portal.must("PUT", path, { value: { ...limits, audio } });
});

async function ban(clientAddress: string): Promise<void> {
  for (const uri of ["/1", "/2"]) await suite.portal.ask("caddy", visitOf(clientAddress, uri));
  expect(await statusOf(clientAddress)).toBe(403);
}

function visitOf(clientAddress: string, uri: string) {
  return { clientAddress, uri, host: HOST };
}

async function statusOf(clientAddress: string): Promise<number> {
  return (await suite.portal.ask("caddy", visitOf(clientAddress, "/3"))).realStatus;
}

async function openAs(who: "grace" | "ada", path: string): Promise<Page> {
  const { page, goTo } = await suite.visit({ as: suite.people[who] });
  await goTo(path);
  return page;
}

async function count(page: Page, address: string): Promise<void> {
  await page.getByLabel("Address to count").fill(address);
  await page.getByRole("button", { name: "Show", exact: true }).click();
}

describe("an account's ban", () => {
  it.each([
    ["grace", "/security/anti-hacking", "133.11.9.1"],
    ["grace", "/security/rate-limits", "133.11.9.2"],
    ["ada", "/security/rate-limits?account=acme", "133.11.9.3"],
  ] as const)("is shown to %s on %s and released there", async (who, path, address) => {
    await ban(address);
    const page = await openAs(who, path);
    await count(page, address);
    await expectText(page, "Banned from audio of acme");
    await page.getByRole("button", { name: "Release it" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Release" }).click();
    await expectGone(page.getByText("Banned from audio of acme"));
    expect(await statusOf(address)).toBe(200);
  });

  it("is counted beside the account's limits, not beside the platform's", async () => {
    await ban("133.11.9.4");
    const platform = await openAs("grace", "/security/rate-limits");
    await expectSeen(platform.getByRole("button", { name: "Show", exact: true }));
    const evidenceOf = (page: Page) => page.getByRole("region", { name: "Last 24 hours" });
    await expectText(evidenceOf(platform), "No address came over a limit.");
    const own = await openAs("grace", "/security/rate-limits?account=acme");
    await expectText(evidenceOf(own), "Bans made");
  });
});

describe("what is no address", () => {
  it.each([
    ["/security/anti-hacking", "Address to count", "Show", "Counted by 133.11.9.9."],
    ["/security/allowed-countries", "Address to test", "Test", "133.11.0.0/16"],
  ] as const)("on %s leaves no answer of another one", async (path, label, action, answer) => {
    const page = await openAs("grace", path);
    for (const wrong of ["foo", "1.2.3.4/24"]) {
      await page.getByLabel(label).fill("133.11.9.9");
      await page.getByRole("button", { name: action, exact: true }).click();
      await expectText(page, answer);
      await page.getByLabel(label).fill(wrong);
      await page.getByRole("button", { name: action, exact: true }).click();
      await expectText(page, "One IPv4 or IPv6 address, such as 203.0.113.7 or 2001:db8::1.");
      await expectGone(page.getByText(answer, { exact: true }));
    }
  });
});

describe("a request whose path could not be read", () => {
  it("is told with method, host and the path as it was sent", async () => {
    const visit = { clientAddress: "133.11.9.10", uri: "/<img src=x>/%zz", host: HOST };
    const { decisionId } = await suite.portal.ask("caddy", visit);
    const page = await openAs("grace", `/activity?decision=${decisionId}`);
    const drawer = page.getByRole("dialog");
    await expectText(drawer, `GET ${HOST}`);
    await expectText(drawer, "Unreadable path");
    await expectText(drawer, "/<img src=x>/%zz");
  });
});

describe("a ban in Activity", () => {
  it("names its account and country", async () => {
    await ban("133.11.9.11");
    const page = await openAs("grace", "/activity?group=bans");
    const row = page.getByRole("row").filter({ hasText: "133.11.9.11" });
    await expectText(row, "acme");
    await expectText(row, "Japan");
  });
});
