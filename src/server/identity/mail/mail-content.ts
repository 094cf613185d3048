// What each kind of mail tells, as it is kept until the mail is sent. Never a secret.
import type { MailKind } from "../../../api/mail-api.ts";
import type { FactorChange } from "../../../core/identity/factor-change.ts";
import type { ConnectionChange } from "../../../core/identity/single-sign-on/connection-change.ts";
import type { EmailCodePurpose } from "../../../core/identity/second-factor.ts";
import type { LinkPurpose } from "../links/link-store.ts";
import type { PersonPlace } from "../identity-parts.ts";

/** Where somebody was who did what the mail tells of. */
export type MailPlace = {
  readonly address: string;
  /** ISO 3166-1 code, `unknown` or `private`. */
  readonly country: string;
  readonly userAgent: string;
};

export type MailContent =
  | {
      readonly kind: "password-reset";
      /** `place` is null when an administrator or the host's shell asked. */
      readonly data: { readonly askedAtMs: number; readonly place: MailPlace | null };
    }
  | {
      readonly kind: "invitation";
      readonly data: {
        /** The e-mail address of whoever invites; null: the host's shell, or the user asked. */
        readonly invitedBy: string | null;
        /** The name of the user's primary account. */
        readonly accountName: string | null;
      };
    }
  | {
      readonly kind: "password-changed";
      readonly data: {
        readonly changedAtMs: number;
        /** By a mailed link, by the user knowing the old one, or by an administrator. */
        readonly how: "reset" | "change" | "administrator";
        readonly place: MailPlace | null;
      };
    }
  | {
      readonly kind: "lockout";
      readonly data: { readonly lockedAtMs: number; readonly place: MailPlace | null };
    }
  | {
      /** To the address before. Without the new one: the mailbox may be somebody else's by now. */
      readonly kind: "email-changed";
      readonly data: {
        readonly changedAtMs: number;
        /** The e-mail address of whoever changed it; null: the host's shell. */
        readonly changedBy: string | null;
      };
    }
  | { readonly kind: "second-factor-code"; readonly data: CodeMailData }
  | {
      readonly kind: "second-factor-changed";
      readonly data: {
        readonly changedAtMs: number;
        readonly change: FactorChange;
        /** The e-mail address of whoever else did it; null: the user, or the host's shell. */
        readonly changedBy: string | null;
        /** Null when it was somebody else. */
        readonly place: MailPlace | null;
      };
    }
  | {
      readonly kind: "second-factor-locked";
      readonly data: { readonly lockedAtMs: number; readonly place: MailPlace | null };
    }
  | {
      readonly kind: "connection-changed";
      readonly data: {
        readonly changedAtMs: number;
        readonly change: ConnectionChange;
        /** The provider's name, as its button says it. */
        readonly providerName: string;
        /** As the provider calls the person. */
        readonly accountShown: string;
        /** Null: the user. */
        readonly changedBy: string | null;
        readonly place: MailPlace | null;
      };
    }
  | {
      readonly kind: "password-removed";
      readonly data: { readonly changedAtMs: number; readonly place: MailPlace };
    }
  | { readonly kind: "missed-call"; readonly data: MissedCallData }
  | { readonly kind: "test"; readonly data: { readonly askedBy: string } };

/** Which request the mail answers. The code itself is made when the mail is sent. */
export type CodeMailData = {
  readonly purpose: EmailCodePurpose;
  readonly sessionId: string;
  readonly askedAtMs: number;
  readonly place: MailPlace;
};

/** A recording of somebody whose call was missed. No audio: the link asks each listener anew. */
export type MissedCallData = {
  /** The tracking number, E.164. */
  readonly number: string;
  readonly label: string;
  /** Any line of text, as the system that recorded it says; empty: withheld. */
  readonly caller: string;
  readonly recordedAtMs: number;
  readonly durationMs: number;
  /** The page of the recording, on PUBLIC_URL. */
  readonly url: string;
};

const PURPOSES: Readonly<Partial<Record<MailKind, LinkPurpose>>> = {
  "password-reset": "reset",
  invitation: "invitation",
};

/** What the link in a mail of this kind is for; null when there is none. */
export function linkPurposeOf(kind: MailKind): LinkPurpose | null {
  return PURPOSES[kind] ?? null;
}

export const LINK_MAIL_KINDS = Object.keys(PURPOSES) as readonly MailKind[];

export function toMailPlace(place: PersonPlace): MailPlace {
  return { address: place.addressText, country: place.country, userAgent: place.userAgent };
}
