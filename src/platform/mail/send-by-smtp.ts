// Hands one mail to an SMTP server and says what became of it.
import { createTransport } from "nodemailer";
import type { NodemailerError } from "nodemailer";
import type { SmtpServer } from "../config-parsers.ts";
import { composeMail } from "./compose-mail.ts";
import type { MailAddress, MailMessage, MailOutcome } from "./mail-message.ts";
import { smtpOptions } from "./smtp-options.ts";

/** Less than a claim lasts: nobody else may begin while this one still sends. */
const SEND_MS_MAX = 60_000;
const ERROR_CHARACTERS_MAX = 200;

export async function sendBySmtp(
  server: SmtpServer,
  sending: {
    readonly from: MailAddress;
    readonly message: MailMessage;
    readonly stop: AbortSignal | undefined;
  },
): Promise<MailOutcome> {
  const { from, message, stop } = sending;
  const composed = composeMail(from, message);
  const transport = createTransport(smtpOptions(server));
  const timeout = AbortSignal.timeout(SEND_MS_MAX);
  const signal = stop === undefined ? timeout : AbortSignal.any([timeout, stop]);
  try {
    await transport.sendMail({ ...composed, signal });
    return { kind: "sent" };
  } catch (error) {
    return toFailure(error as NodemailerError, server);
  } finally {
    transport.close();
  }
}

/**
 * Permanent is what the server said for good of this recipient or this message. A refused
 * password, sender or greeting is about our settings: the mail can go when they are put right.
 */
function toFailure(error: NodemailerError, server: SmtpServer): MailOutcome {
  const isAboutMail = error.code === "EENVELOPE" || error.code === "EMESSAGE";
  const isOfSender = error.command === "MAIL FROM";
  const isPermanent = error.permanent === true || error.responseCode === undefined;
  const kind =
    isAboutMail && !isOfSender && isPermanent ? "permanent-failure" : "temporary-failure";
  return { kind, error: describeFailure(error, server) };
}

/** One short line. A server may repeat what it was sent: secrets are taken out. */
function describeFailure(error: NodemailerError, server: SmtpServer): string {
  const isCut = error.code === "EABORT";
  const words = isCut ? "the mail was not sent in time and was cut off" : error.message;
  const password = server.password?.reveal() ?? "";
  const line = (password === "" ? words : words.replaceAll(password, "[secret]"))
    // Tokens of links have 43 characters, and passwords travel in base64.
    .replace(/[\w+/=-]{32,}/g, "[secret]")
    // oxlint-disable-next-line no-control-regex -- control characters are what is taken out
    .replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g, " ")
    .trim();
  return line.length > ERROR_CHARACTERS_MAX ? `${line.slice(0, ERROR_CHARACTERS_MAX)}…` : line;
}
