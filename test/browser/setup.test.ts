// The first start in a browser: the setup link makes the first operator, once.

import { beforeAll, describe, it } from "vitest";
import { expectHeading, expectSeen, expectText } from "./expect-page.ts";
import { useBrowserPortal } from "./use-browser-portal.ts";

const suite = useBrowserPortal({ seeds: null });

let link: string;

/** As a start does it, which prints the address. */
beforeAll(async () => {
  const { setup } = suite.portal.server.identity.credentials;
  link = (await setup.openSetup()) ?? "";
});

describe("the setup", () => {
  it("is named on the sign-in page while it is open", async () => {
    const { page, goTo } = await suite.visit();
    await goTo("/sign-in");
    await expectText(page, "Not set up yet");
  });

  it("asks for the whole link", async () => {
    const { page, goTo } = await suite.visit();
    await goTo("/setup");
    await expectText(page, /Open the whole setup link/);
  });

  it("makes the first operator, and never reopens", async () => {
    const { page } = await suite.visit();
    await page.goto(link);
    await expectHeading(page, "Set up Postern");
    await page.getByRole("button", { name: "Finish the setup" }).click();
    await expectText(page, "Enter the name that others will see.");
    await page.getByLabel("E-mail address").fill("grace@example.com");
    await page.getByLabel("Name", { exact: true }).fill("Grace Hopper");
    await page.getByLabel("Password", { exact: true }).fill("eight lanterns along the quay");
    await page.getByRole("button", { name: "Finish the setup" }).click();
    await expectHeading(page, "Overview");
    await expectSeen(page.getByRole("button", { name: "Signed in as Grace Hopper" }));

    const late = await suite.visit();
    await late.page.goto(link);
    await late.page.getByLabel("E-mail address").fill("eve@example.com");
    await late.page.getByLabel("Name", { exact: true }).fill("Eve");
    await late.page.getByLabel("Password", { exact: true }).fill("nine lanterns along the quay");
    late.expectRefusals("404 POST /postern/api/v1/setup");
    await late.page.getByRole("button", { name: "Finish the setup" }).click();
    await expectSeen(late.page.getByRole("alert").filter({ hasText: /set up before/ }));
  });
});
