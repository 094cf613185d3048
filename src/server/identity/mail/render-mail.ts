// Makes the message of a queued mail, ready to be sent.
import { EMAIL_CODE_MS } from "../../../core/identity/second-factor.ts";
import type { MailMessage } from "../../../platform/mail/mail-message.ts";
import { LINK_LIFETIME_MS } from "../links/link-store.ts";
import { linkUrl } from "../links/link-url.ts";
import { toHtml, toText } from "./letter.ts";
import { linkPurposeOf } from "./mail-content.ts";
import type { StoredMail } from "./mail-store.ts";
import { writeLetter } from "./write-letter.ts";
import type { LetterParts } from "./write-letter.ts";

export function renderMail(
  mail: StoredMail,
  given: {
    readonly portalName: string;
    readonly publicUrl: string;
    /** Made for this attempt; null for mails without a link. */
    readonly token: string | null;
    /** The same; null for mails without a code. */
    readonly code: string | null;
    readonly nowMs: number;
  },
): MailMessage {
  const { portalName, publicUrl, token, code, nowMs } = given;
  const purpose = linkPurposeOf(mail.kind);
  const link =
    purpose === null || token === null
      ? null
      : { url: linkUrl(publicUrl, token), expiresAtMs: nowMs + LINK_LIFETIME_MS[purpose] };
  const letter = writeLetter(mail, { portalName, publicUrl, link, code: codeOf(code, nowMs) });
  return {
    id: mail.id,
    to: mail.to,
    subject: letter.subject,
    text: toText(letter),
    html: toHtml(letter),
    atMs: nowMs,
  };
}

function codeOf(code: string | null, nowMs: number): LetterParts["code"] {
  return code === null ? null : { digits: code, expiresAtMs: nowMs + EMAIL_CODE_MS };
}
