// Writes one mail as a complete .eml file and its text beside it, where there is no mail server.
import { mkdir, open, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { createTransport } from "nodemailer";
import { composeMail } from "./compose-mail.ts";
import type { MailAddress, MailMessage, MailOutcome } from "./mail-message.ts";

/**
 * A file is complete as soon as it has its name. A mail that is sent again takes the place of its
 * earlier files, whose link is void.
 */
export async function writeToOutbox(
  directory: string,
  from: MailAddress,
  message: MailMessage,
): Promise<MailOutcome> {
  const bytes = await toEml(from, message);
  try {
    await mkdir(directory, { recursive: true, mode: 0o700 });
    // The text first: whoever waits for the mail finds both.
    await writeAtOnce(join(directory, `${message.id}.txt`), toPlainText(message));
    await writeAtOnce(join(directory, `${message.id}.eml`), bytes);
    return { kind: "sent" };
  } catch (error) {
    const { code, message: words } = error as NodeJS.ErrnoException;
    return { kind: "temporary-failure", error: `the outbox cannot be written: ${code ?? words}` };
  }
}

/** In a mail lines are cut and "=" is written "=3D": links cannot be copied out of it by hand. */
function toPlainText({ to, subject, text }: MailMessage): string {
  return `To: ${to}\nSubject: ${subject}\n\n${text}`;
}

async function writeAtOnce(path: string, content: Buffer | string): Promise<void> {
  const unfinished = `${path}.${process.pid}.tmp`;
  try {
    await writeDurably(unfinished, content);
    await rename(unfinished, path);
  } catch (error) {
    await rm(unfinished, { force: true });
    throw error;
  }
}

/** Readable by this user only: links are inside. */
async function writeDurably(path: string, content: Buffer | string): Promise<void> {
  const handle = await open(path, "w", 0o600);
  try {
    await handle.writeFile(content);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function toEml(from: MailAddress, message: MailMessage): Promise<Buffer> {
  const transport = createTransport({ streamTransport: true, buffer: true, newline: "windows" });
  const { message: bytes } = await transport.sendMail(composeMail(from, message));
  if (!Buffer.isBuffer(bytes)) throw new Error("the mail was not composed");
  return bytes;
}
