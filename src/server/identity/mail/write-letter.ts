// The words of each kind of mail.
import { forgottenPasswordUrl } from "../links/link-url.ts";
import { connectionChangedWords, passwordRemovedWords } from "./connection-letters.ts";
import { codeWords, factorChangedWords, factorLockedWords } from "./factor-letters.ts";
import type { Letter } from "./letter.ts";
import { placeFacts, timeText } from "./letter-facts.ts";
import type { MailContent } from "./mail-content.ts";
import { missedCallWords } from "./missed-call-letter.ts";

export type LetterParts = {
  readonly portalName: string;
  readonly publicUrl: string;
  /** Null for mails without a link. */
  readonly link: { readonly url: string; readonly expiresAtMs: number } | null;
  /** Null for mails without a code. */
  readonly code: { readonly digits: string; readonly expiresAtMs: number } | null;
};

type Data<Kind extends MailContent["kind"]> = Extract<MailContent, { kind: Kind }>["data"];
type Words = Omit<Letter, "footer">;

export function writeLetter(content: MailContent, parts: LetterParts): Letter {
  return { ...wordsOf(content, parts), footer: `${parts.portalName} · ${parts.publicUrl}` };
}

function wordsOf(content: MailContent, parts: LetterParts): Words {
  switch (content.kind) {
    case "password-reset":
      return resetWords(content.data, parts);
    case "invitation":
      return invitationWords(content.data, parts);
    case "password-changed":
      return changedWords(content.data, parts);
    case "email-changed":
      return movedWords(content.data, parts);
    case "lockout":
      return lockoutWords(content.data, parts);
    case "second-factor-code":
      return codeWords(content.data, parts);
    case "second-factor-changed":
      return factorChangedWords(content.data, parts);
    case "second-factor-locked":
      return factorLockedWords(content.data, parts);
    case "connection-changed":
      return connectionChangedWords(content.data, parts);
    case "password-removed":
      return passwordRemovedWords(content.data, parts);
    case "missed-call":
      return missedCallWords(content.data, parts);
    case "test":
      return testWords(content.data, parts);
    default:
      return content satisfies never;
  }
}

function resetWords(data: Data<"password-reset">, parts: LetterParts): Words {
  const { portalName } = parts;
  const who = data.place === null ? "An administrator" : "Somebody";
  return {
    subject: `Choose a new password for ${portalName}`,
    before: [
      `${who} asked for a new password for this e-mail address at ${portalName}.`,
      `${validity(parts)} A newer link takes its place.`,
    ],
    action: linkAction("Choose a new password", parts),
    facts: [["Asked", timeText(data.askedAtMs)], ...placeFacts(data.place)],
    after: [
      "Was it not you? Then there is nothing to do: the password stays as it is, and without " +
        "this mail nobody can change it. If such mails keep coming, tell the people who run " +
        `${portalName}.`,
    ],
  };
}

function invitationWords(data: Data<"invitation">, parts: LetterParts): Words {
  const { portalName } = parts;
  const by = data.invitedBy === null ? "You are" : `${data.invitedBy} has`;
  const account = data.accountName === null ? "" : ` as a user of ${data.accountName}`;
  const invited = data.invitedBy === null ? "invited" : "invited you";
  return {
    subject: `Your invitation to ${portalName}`,
    before: [
      `${by} ${invited} to ${portalName}${account}. Choose a password, and you can sign in with ` +
        "this e-mail address.",
      `${validity(parts)} A newer link takes its place.`,
    ],
    action: linkAction("Choose a password", parts),
    facts: [],
    after: [
      "If you expected no invitation, you can delete this mail. Nobody can sign in with your " +
        "address until a password is chosen by this link.",
    ],
  };
}

const HOW_CHANGED: Readonly<Record<Data<"password-changed">["how"], string>> = {
  reset: "with a link that was mailed to this address",
  change: "by somebody who was signed in and knew the password before",
  administrator: "by an administrator; the next sign-in asks for one of your own",
};

function changedWords(data: Data<"password-changed">, parts: LetterParts): Words {
  const { portalName } = parts;
  return {
    subject: `Your password for ${portalName} was changed`,
    before: [
      `The password of this e-mail address at ${portalName} was changed ${HOW_CHANGED[data.how]}.`,
      "Everybody who was signed in with it elsewhere has been signed out.",
    ],
    action: null,
    facts: [["Changed", timeText(data.changedAtMs)], ...placeFacts(data.place)],
    after: [
      "Was it you? Then there is nothing to do.",
      "Was it not you? Then choose a new password at once at " +
        `${forgottenPasswordUrl(parts.publicUrl)} and tell the people who run ${portalName}.`,
    ],
  };
}

function movedWords(data: Data<"email-changed">, { portalName }: LetterParts): Words {
  return {
    subject: `Your e-mail address for ${portalName} was changed`,
    before: [
      `You signed in at ${portalName} with this e-mail address. Another one has taken its place: ` +
        "links to choose a password go there from now on, and this address signs in nobody any " +
        "more.",
    ],
    action: null,
    facts: [
      ["Changed", timeText(data.changedAtMs)],
      ["By", data.changedBy ?? "the platform's host"],
    ],
    after: [
      "Did you know of it? Then there is nothing to do.",
      "Did you not? Then somebody may be about to take over your sign-in: tell the people who " +
        `run ${portalName} at once. They can put your address back and end all sessions.`,
    ],
  };
}

function lockoutWords(data: Data<"lockout">, parts: LetterParts): Words {
  const { portalName } = parts;
  return {
    subject: `Your sign-in at ${portalName} is locked`,
    before: [
      `A wrong password was given too many times for this e-mail address at ${portalName}. Its ` +
        "sign-in is locked, so that nobody can go on guessing. Nobody got in.",
    ],
    action: {
      label: "Choose a new password, which opens it again",
      url: forgottenPasswordUrl(parts.publicUrl),
    },
    facts: [["Locked", timeText(data.lockedAtMs)], ...placeFacts(data.place)],
    after: [
      "Was it not you? Then somebody tried to guess your password and was stopped. A long " +
        "password that you use nowhere else keeps it that way.",
    ],
  };
}

function testWords(data: Data<"test">, parts: LetterParts): Words {
  const { portalName } = parts;
  return {
    subject: `Test mail of ${portalName}`,
    before: [
      `This mail shows that ${portalName} can send mails. It was asked for by ${data.askedBy}.`,
    ],
    action: null,
    facts: [],
    after: ["There is nothing to do."],
  };
}

function linkAction(label: string, { link }: LetterParts): Letter["action"] {
  if (link === null) throw new Error("a mail of this kind has a link");
  return { label, url: link.url };
}

function validity({ link }: LetterParts): string {
  const until = link === null ? "" : `, until ${timeText(link.expiresAtMs)}`;
  return `The link works once${until}.`;
}
