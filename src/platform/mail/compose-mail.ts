// Gives a mail the headers that all of them have, for every transport alike.
import { domainToASCII } from "node:url";
import type { SendMailOptions } from "nodemailer";
import type { MailAddress, MailMessage } from "./mail-message.ts";

const ONE_ADDRESS = /^[\w.!#$%&'*+/=?^`{|}~-]+@[A-Za-z0-9.-]+$/;

/** Throws for a message that is a mistake of ours. */
export function composeMail(from: MailAddress, message: MailMessage): SendMailOptions {
  const { subject } = message;
  const to = toAsciiAddress(message.to);
  // INVARIANT: one recipient and one line of subject (CWE-93). Addresses are checked where they
  // come in; what got here all the same must not become a header or a second recipient. The
  // library reads an envelope's text as a list.
  if (hasControlCharacter(message.to) || !ONE_ADDRESS.test(to)) {
    throw new Error("a mail has one recipient");
  }
  if (hasControlCharacter(subject)) throw new Error("a mail's subject is one line");
  return {
    from: { ...from },
    // As an object it is never parsed as a list.
    to: { name: "", address: to },
    envelope: { from: from.address, to: [to] },
    subject,
    text: message.text,
    html: message.html,
    date: new Date(message.atMs),
    // RFC 3834, 5: an absence notice is no answer to these.
    headers: { "Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All" },
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}

/** Servers that know nothing of RFC 6531 take a domain in this form only. */
function toAsciiAddress(address: string): string {
  const at = address.lastIndexOf("@");
  return `${address.slice(0, at)}@${domainToASCII(address.slice(at + 1))}`;
}

function hasControlCharacter(text: string): boolean {
  // oxlint-disable-next-line no-control-regex -- control characters are what is looked for
  return /[\u0000-\u001f\u007f\u2028\u2029]/.test(text);
}
