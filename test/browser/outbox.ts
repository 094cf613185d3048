// Reads the mails that a portal without SMTP_URL leaves as files in DATA_DIR/outbox.

import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { simpleParser } from "mailparser";
import type { BrowserPortal } from "./start-browser-portal.ts";

export type ReadMail = {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  /** Every address in the text that leads to the portal. */
  readonly links: readonly string[];
};

/** All mails to an e-mail address, in the order in which they were sent. */
async function readMailsTo(dataDir: string, email: string): Promise<readonly ReadMail[]> {
  const folder = join(dataDir, "outbox");
  const names = existsSync(folder) ? readdirSync(folder) : [];
  const mails: ReadMail[] = [];
  const paths = names.filter((name) => name.endsWith(".eml")).map((name) => join(folder, name));
  // Their names are ids, which say nothing of the time.
  for (const path of paths.toSorted((one, other) => writtenAtMs(one) - writtenAtMs(other))) {
    const parsed = await simpleParser(readFileSync(path));
    const to = [parsed.to ?? []].flat().flatMap((one) => one.value.map(({ address }) => address));
    if (!to.includes(email)) continue;
    const text = parsed.text ?? "";
    const links = text.match(/https?:\/\/[^\s<>"]+/g) ?? [];
    mails.push({ to: email, subject: parsed.subject ?? "", text, links });
  }
  return mails;
}

function writtenAtMs(path: string): number {
  return statSync(path).mtimeMs;
}

type WantedMail = {
  readonly saying: RegExp;
  /** How many such mails there must be. */
  readonly count?: number;
};

const MAIL_MS_MAX = 20_000;
const LOOK_EVERY_MS = 25;

/** Waits until so many mails with these words have come for the address; gives the newest one. */
export async function newestMailTo(
  { dataDir }: Pick<BrowserPortal, "dataDir">,
  email: string,
  { saying, count = 1 }: WantedMail,
): Promise<ReadMail> {
  const endsAtMs = Date.now() + MAIL_MS_MAX;
  for (;;) {
    const mails = await readMailsTo(dataDir, email);
    const found = mails.filter((mail) => saying.test(`${mail.subject}\n${mail.text}`));
    if (found.length >= count) return found.at(-1)!;
    if (Date.now() > endsAtMs) {
      const subjects = mails.map(({ subject }) => subject).join("; ");
      throw new Error(`no mail to ${email} that says ${saying}, only: ${subjects || "none"}`);
    }
    await sleep(LOOK_EVERY_MS);
  }
}

/** The link to choose a password, in the newest mail to somebody. */
export async function linkFromMail(
  portal: Pick<BrowserPortal, "dataDir">,
  email: string,
  wanted: { readonly count?: number } = {},
): Promise<string> {
  const mail = await newestMailTo(portal, email, { saying: /#token=/, ...wanted });
  const link = mail.links.find((one) => one.includes("#token="));
  if (link === undefined) throw new Error(`no link in: ${mail.text}`);
  return link;
}
