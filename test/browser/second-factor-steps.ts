// What people do with second factors in the user settings, step by step, for suites about them.

import type { APIResponse, Locator, Page } from "playwright-core";
import { openAuthenticator } from "./authenticator.ts";
import type { Authenticator } from "./authenticator.ts";
import { expectGone, expectHeading, expectText } from "./expect-page.ts";
import type { Visitor } from "./open-visitor.ts";
import { newestMailTo } from "./outbox.ts";
import { readQrCode } from "./read-qr-code.ts";
import type { Person } from "./seed-people.ts";
import type { BrowserPortal } from "./start-browser-portal.ts";

/** An app never shows the same code twice, and the portal takes none twice. */
export const TIME_STEP_MS = 30_000;

export function dialog(page: Page, name: string | RegExp): Locator {
  return page.getByRole("dialog", { name });
}

export function card(page: Page, name: string): Locator {
  return page.getByRole("region", { name, exact: true });
}

export async function openTwoFactor({ page, goTo }: Visitor): Promise<void> {
  await goTo("/settings/two-factor");
  await expectHeading(page, "Two-factor");
  await card(page, "Authenticator app").waitFor();
}

/** Answers the dialog that asks who is there. */
export async function proveByPassword(page: Page, { password }: Person): Promise<void> {
  const asking = dialog(page, "Show that it is you");
  await asking.getByLabel("Password", { exact: true }).fill(password);
  await asking.getByRole("button", { name: "Go on" }).click();
  await expectGone(asking);
}

/** The digits of the newest of so many mails with a code. */
export async function codeFromMail(
  portal: Pick<BrowserPortal, "dataDir">,
  email: string,
  count = 1,
): Promise<string> {
  const { text } = await newestMailTo(portal, email, { saying: /Your code to/, count });
  const digits = /^\s*(\d{3} ?\d{3})\s*$/m.exec(text)?.[1];
  if (digits === undefined) throw new Error(`no code in: ${text}`);
  return digits;
}

export async function typeCode(page: Page, code: string): Promise<void> {
  await dialog(page, "Enter the Authentication Code").getByLabel("Code").fill(code);
}

/** From "Set up" or "Reset" to the step that asks for the code of the app. */
export async function linkApp(page: Page): Promise<Authenticator> {
  const linking = dialog(page, "Link the app to your account");
  await linking.getByRole("img", { name: /QR code/ }).waitFor();
  const app = openAuthenticator(await readQrCode(page));
  await linking.getByRole("button", { name: "Next" }).click();
  return app;
}

/** Keeps the codes and closes the dialog. */
export async function finish(page: Page, isWithCodes: boolean): Promise<readonly string[]> {
  const open = page.getByRole("dialog");
  const codes = isWithCodes ? await backupCodesIn(open) : [];
  await open.getByRole("button", { name: "Done" }).click();
  if (isWithCodes) {
    await expectText(open, "They cannot be shown again.");
    await open.getByRole("button", { name: "Done" }).click();
  }
  await expectGone(open);
  return codes;
}

export async function backupCodesIn(scope: Locator): Promise<readonly string[]> {
  const list = scope.getByRole("list", { name: "Backup codes" });
  await list.waitFor();
  return list.getByRole("listitem").allTextContents();
}

/** A first app, by the page. */
export async function setUpApp(
  visitor: Visitor,
  person: Person,
  portal: BrowserPortal,
): Promise<{ readonly app: Authenticator; readonly codes: readonly string[] }> {
  const { page } = visitor;
  await openTwoFactor(visitor);
  await card(page, "Authenticator app").getByRole("button", { name: "Set up" }).click();
  await proveByPassword(page, person);
  const app = await linkApp(page);
  await typeCode(page, app.codeAt(portal.nowMs()));
  await expectText(page.getByRole("dialog"), /successfully enabled/);
  return { app, codes: await finish(page, true) };
}

/** Without the page, for tests that are about something else; the visitor stays signed in. */
export async function giveApp(
  { context }: Pick<Visitor, "context">,
  { password }: Person,
  portal: BrowserPortal,
): Promise<{ readonly app: Authenticator; readonly codes: readonly string[] }> {
  await mustPost(context, "/me/proof", { method: "password", password });
  const { uri } = await mustPost<{ uri: string }>(context, "/me/two-factor/app");
  const app = openAuthenticator(uri);
  const body = { code: app.codeAt(portal.nowMs()) };
  const confirmed = await mustPost<{ backupCodes: readonly string[] }>(
    context,
    "/me/two-factor/app/confirm",
    body,
  );
  return { app, codes: confirmed.backupCodes };
}

/** As a page of the console does it, whose requests say that they come from there. */
export async function postAsPage(
  context: Visitor["context"],
  path: string,
  data?: Readonly<Record<string, unknown>>,
): Promise<APIResponse> {
  const headers = { "sec-fetch-site": "same-origin" };
  return context.request.post(`/postern/api/v1${path}`, {
    headers,
    ...(data === undefined ? {} : { data }),
  });
}

export async function mustPost<Answer>(
  context: Visitor["context"],
  path: string,
  data?: Readonly<Record<string, unknown>>,
): Promise<Answer> {
  const answer = await postAsPage(context, path, data);
  if (!answer.ok()) throw new Error(`${path}: ${answer.status()} ${await answer.text()}`);
  return (await answer.json()) as Answer;
}
