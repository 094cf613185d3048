// Lists that others keep, in a browser: subscribed to, previewed, and only then enforced.
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { expectText } from "./expect-page.ts";
import { JAPANESE_REQUESTS, seedVisits } from "./seed-visits.ts";
import { useBrowserPortal } from "./use-browser-portal.ts";

const suite = useBrowserPortal();
const LIST = "Bad networks";

it("is on Monitor first, tells whom it would refuse, and then refuses them", async () => {
  await seedVisits(suite.portal);
  const folder = join(suite.portal.dataDir, "subscriptions");
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "bad.txt"), "133.11.0.0/24\n198.51.100.0/24\n");
  const { page, goTo } = await suite.visit({ as: suite.people.grace });
  await goTo("/security/address-lists");
  await page.getByRole("tab", { name: "Subscribed" }).click();
  await expectText(page.getByRole("tabpanel"), "No list yet");
  await page.getByRole("button", { name: "Subscribe to a list" }).click();
  const form = page.getByRole("dialog");
  await form.getByLabel("Name").fill(LIST);
  await form.getByLabel("Source").fill("file:bad.txt");
  await form.getByRole("button", { name: "Subscribe" }).click();
  await expectText(page, `${LIST} is on Monitor with 2 ranges.`);

  const card = page.getByRole("group", { name: LIST, exact: true });
  await card.getByRole("radio", { name: "Enforce" }).click();
  const dialog = page.getByRole("dialog");
  await expectText(dialog, "Everybody on its 2 ranges is refused from now on");
  await dialog.getByRole("button", { name: "Show preview" }).click();
  const { day } = JAPANESE_REQUESTS;
  await expectText(dialog, new RegExp(`^${day} of [\\d,]+ requests of the last 24 hours would `));
  await dialog.getByRole("button", { name: "Enforce" }).click();
  await expect.poll(() => card.getByRole("radio", { name: "Enforce" }).isChecked()).toBe(true);
  const refused = await suite.portal.ask("nginx", { clientAddress: "133.11.0.20" });
  expect((await suite.portal.decisionOf(refused)).reason).toBe("on-subscribed-list");
});

it("previews an entry in the dialog that adds it, and its deletion", async () => {
  await seedVisits(suite.portal);
  const { page, goTo } = await suite.visit({ as: suite.people.grace });
  await goTo("/security/address-lists");
  await page.getByRole("button", { name: "Add an address" }).first().click();
  const dialog = page.getByRole("dialog");
  await expectText(dialog, "It is shown once what is entered above is accepted.");
  await dialog.getByLabel("Address, block or range").fill("81.2.69.20");
  await dialog.getByRole("button", { name: "Show preview" }).click();
  await expectText(dialog, /^400 of [\d,]+ requests of the last 24 hours would be decided /);
  await expectText(dialog, "400 requests that are let through would be refused.");
  await dialog.getByRole("button", { name: "Deny it" }).click();
  await expectText(page, "81.2.69.20 is on the list.");
  await page.getByRole("button", { name: "Edit 81.2.69.20" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Delete" }).click();
  const asked = page.getByRole("dialog", { name: /^Delete 81\.2\.69\.20/ });
  await asked.getByRole("button", { name: "Show preview" }).click();
  await expectText(asked, "400 requests that are refused would be let through.");
  await asked.getByRole("button", { name: "Delete it" }).click();
  await expectText(page, "It holds no longer.");
});
