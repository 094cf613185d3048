// Sends mails by SMTP, or writes them as files where no server is configured.
import { join } from "node:path";
import type { SmtpServer } from "../config-parsers.ts";
import type { MailAddress, MailMessage, MailOutcome } from "./mail-message.ts";
import { sendBySmtp } from "./send-by-smtp.ts";
import { writeToOutbox } from "./write-to-outbox.ts";

export type Mailer = {
  readonly transport: "smtp" | "outbox";
  /** Null with SMTP. */
  readonly outboxDirectory: string | null;
  readonly from: MailAddress;
  /** Rejects for mistakes of ours only. Takes a minute at most; `stop` cuts it off. */
  readonly send: (message: MailMessage, stop?: AbortSignal) => Promise<MailOutcome>;
};

export function createMailer(options: {
  /** Null: mails are files in `dataDir`/outbox. */
  readonly smtp: SmtpServer | null;
  readonly from: MailAddress;
  readonly dataDir: string;
}): Mailer {
  const { smtp, from } = options;
  if (smtp !== null) {
    const send: Mailer["send"] = (message, stop) => sendBySmtp(smtp, { from, message, stop });
    return { transport: "smtp", outboxDirectory: null, from, send };
  }
  const directory = join(options.dataDir, "outbox");
  const send: Mailer["send"] = (message) => writeToOutbox(directory, from, message);
  return { transport: "outbox", outboxDirectory: directory, from, send };
}
