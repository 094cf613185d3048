// Security, Single sign-on in a browser: adding a provider, testing it, and what others see of it.

import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Locator, Page } from "playwright-core";
import { startMisbehavingProvider } from "../open-id/misbehaving-provider.ts";
import type { MisbehavingProvider } from "../open-id/misbehaving-provider.ts";
import { checkPages } from "./check-pages.ts";
import {
  expectFieldError,
  expectGone,
  expectHeading,
  expectPath,
  expectSeen,
  expectText,
  expectValue,
} from "./expect-page.ts";
import { PROVIDER_PAGES } from "./provider-console-pages.ts";
import { useBrowserPortal } from "./use-browser-portal.ts";

const suite = useBrowserPortal();
let harbour: MisbehavingProvider;
beforeAll(async () => {
  harbour = await startMisbehavingProvider();
});
afterAll(async () => {
  await harbour.stop();
});

const LIST = "/security/single-sign-on";
const PATH = "/api/v1/providers";

const button = (scope: Page | Locator, name: string | RegExp) =>
  scope.getByRole("button", { name, exact: true });
const secretField = (page: Page) => page.getByLabel("Client secret", { exact: true });
const stepOf = (page: Page, name: string) =>
  page.getByRole("listitem").filter({ has: page.getByText(name, { exact: true }) });

async function test(page: Page): Promise<void> {
  await button(page, "Test").click();
}

describe("the pages of providers", () => {
  checkPages(suite, PROVIDER_PAGES);
});

describe("a provider", () => {
  it("is added, found wanting, corrected, tested and switched on", async () => {
    const { page, goTo } = await suite.visit({ as: suite.people.grace });
    await goTo(`${LIST}?account=globex`);
    await page.getByRole("link", { name: "Another provider" }).click();
    await expectHeading(page, "Add a provider");
    await page.getByLabel("Name").fill("Rival ID");
    await button(page, "Take rival-id").click();
    const uri = `${suite.portal.origin}/postern/sso/globex.rival-id/callback`;
    await expectSeen(page.getByRole("group", { name: "Redirect URI" }).getByText(uri));

    const issuer = page.getByLabel("Issuer");
    await issuer.fill(`${harbour.issuer}/.well-known/openid-configuration`);
    await page.getByLabel("Client ID").fill(harbour.clientId);
    await expectFieldError(issuer, "the issuer is the part before /.well-known/");
    await issuer.fill(harbour.issuer);
    await secretField(page).fill("not the secret");
    await button(page, "Add provider").click();
    await expectFieldError(issuer, "need 127.0.0.1 below, under Advanced");
    await button(page, "Advanced").click();
    await page.getByLabel("Hosts in a private network").fill("127.0.0.1");
    await button(page, "Add provider").click();
    await expectPath(page, `${LIST}/globex.rival-id`);
    await expectHeading(page, "Rival ID");
    await expectText(page, "Off: nobody sees it.");
    await expectValue(secretField(page), "");

    await test(page);
    await expectText(page, "It does not work yet: see Client ID and secret.");
    const secretStep = stepOf(page, "Client ID and secret");
    await expectText(secretStep, "Failed");
    await expectText(secretStep, "What to do: Copy the secret's value once more, not its id");
    await expectText(stepOf(page, "Metadata"), "Passed");
    await secretField(page).fill(harbour.clientSecret);
    await expectText(page, "Save or discard what you typed first.");
    await button(page, "Save").click();
    await expectText(page, "Saved. Test it once more.");
    await expectValue(secretField(page), "");
    await test(page);
    // Plain http is told of, also where it is allowed.
    await expectText(page, "It works, with 1 warning.");
    await expectText(stepOf(page, "Settings"), "Warning");

    const isOn = page.getByRole("switch", { name: "Sign-in with Rival ID" });
    await isOn.press("Space");
    await expectText(page.getByRole("dialog"), "appears on the sign-in page of globex");
    await button(page.getByRole("dialog"), "Switch on").click();
    await expectText(page, "On: “Continue with Rival ID” is on the sign-in page of globex.");
    const { isEnabled, version } = await suite.portal.must("GET", `${PATH}/globex.rival-id`);
    expect([isEnabled, version]).toEqual([true, 3]);
  });

  it("pointed elsewhere demands its secret, and says whose change came between", async () => {
    const { portal, people } = suite;
    const made = { clientId: "postern", clientSecret: "s3cret", issuer: "https://id.example.com" };
    await portal.must("POST", PATH, { code: "desk", kind: "oidc", name: "Desk ID", ...made });
    const { page, goTo, expectRefusals } = await suite.visit({ as: people.grace });
    await goTo(`${LIST}/desk`);
    await page.getByLabel("Issuer").fill("https://other.example.com");
    await expectText(page, "Enter it once more: with another issuer");
    await button(page, "Save").click();
    await expectFieldError(secretField(page), "Enter the client secret.");

    await secretField(page).fill("another");
    await portal.must("PATCH", `${PATH}/desk`, { name: "Front desk ID" });
    expectRefusals(`412 PATCH /postern${PATH}/desk`);
    await button(page, "Save").click();
    await expectText(page, "Somebody else saved meanwhile");
    await expectText(page, "Name: Desk ID → Front desk ID");
    await button(page, "Take theirs").click();
    await expectValue(page.getByLabel("Name"), "Front desk ID");
    await expectValue(page.getByLabel("Issuer"), "https://id.example.com");
    await expectValue(secretField(page), "");

    await button(page, "Delete provider").click();
    const asking = page.getByRole("dialog");
    await expectText(asking, "Nobody is connected with it.");
    await asking.getByLabel("Type desk to confirm").fill("desk");
    await button(asking, "Delete provider").click();
    await expectPath(page, LIST);
    expect((await portal.api("GET", `${PATH}/desk`)).status).toBe(404);
  });

  it("is an admin's only where it is the account's own, without private hosts", async () => {
    const { portal, people } = suite;
    const keys = { clientId: "postern", clientSecret: "s3cret" };
    await portal.must("POST", PATH, { code: "staff", kind: "google", name: "Staff", ...keys });
    const own = { code: "own", kind: "google", name: "Acme's own", ...keys };
    await portal.must("POST", `${PATH}?account=acme`, own);
    await portal.must("POST", `${PATH}?account=globex`, { ...own, name: "Globex's own" });
    const { page, goTo, expectRefusals } = await suite.visit({ as: people.ada });
    await goTo(LIST);
    await expectText(page, "They sign in only users who belong to acme and to no other account");
    await expectSeen(page.getByRole("link", { name: "Acme's own" }));
    await expectGone(page.getByRole("link", { name: "Staff" }));
    await expectText(page, `${portal.origin}/postern/sign-in?account=acme`);
    await page.getByRole("link", { name: "Add a provider" }).click();
    await page.getByRole("radio", { name: "Another provider" }).click();
    await button(page, "Advanced").click();
    expect(await page.getByLabel("Hosts in a private network").isDisabled()).toBe(true);

    for (const id of ["staff", "globex.own", "nothing"]) {
      expectRefusals(`404 GET /postern${PATH}/${id}`);
      await goTo(`${LIST}/${id}`);
      await expectText(page, "There is no such provider, or not one that you may see.");
    }
  });

  it("is followed by the second factor where the rule says so", async () => {
    const { portal, people } = suite;
    const { page, goTo } = await suite.visit({ as: people.ada });
    await goTo(LIST);
    const rule = page.getByRole("switch", { name: /second factor after single sign-on/ });
    await rule.press("Space");
    await expectText(page, "1 change not saved yet.");
    await button(page, "Save").click();
    await expectText(page, "Saved. It holds from now on.");
    const path = "/api/v1/identity-policies/single-sign-on?account=acme";
    const { value } = await portal.must("GET", path);
    expect(value).toEqual({ askSecondFactor: { enabled: true } });
  });
});
