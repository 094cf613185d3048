// The words of mails about second factors: a code, a change, a lock.
import type { FactorChange } from "../../../core/identity/factor-change.ts";
import type { EmailCodePurpose } from "../../../core/identity/second-factor.ts";
import { forgottenPasswordUrl } from "../links/link-url.ts";
import type { Letter } from "./letter.ts";
import { placeFacts, timeText } from "./letter-facts.ts";
import type { CodeMailData, MailContent } from "./mail-content.ts";
import type { LetterParts } from "./write-letter.ts";

type Data<Kind extends MailContent["kind"]> = Extract<MailContent, { kind: Kind }>["data"];
type Words = Omit<Letter, "footer">;
type Names = Pick<LetterParts, "portalName" | "publicUrl">;

type CodeWords = {
  readonly subject: (portalName: string) => string;
  readonly asked: (portalName: string) => string;
  readonly notYou: (names: Names) => string;
};

// INVARIANT: no subject contains the code: phones show subjects while they are locked.
const CODE_WORDS: Readonly<Record<EmailCodePurpose, CodeWords>> = {
  "sign-in": {
    subject: (portalName) => `Your code to sign in at ${portalName}`,
    asked: (portalName) =>
      `Somebody signs in at ${portalName} with this e-mail address, and gave the right password. ` +
      "To go on, type this code where it is asked for:",
    notYou: ({ portalName, publicUrl }) =>
      "Was it not you? Then somebody knows your password. Without this code they do not get in: " +
      "give it to nobody, choose a new password at once at " +
      `${forgottenPasswordUrl(publicUrl)} and tell the people who run ${portalName}.`,
  },
  "set-up": {
    subject: (portalName) => `Your code to set up e-mail codes at ${portalName}`,
    asked: (portalName) =>
      `Somebody who is signed in at ${portalName} as you sets up codes by e-mail as the second ` +
      "factor. To finish, type this code where it is asked for:",
    notYou: ({ portalName, publicUrl }) =>
      "Was it not you? Then somebody is signed in as you, and knows your password. Give the code " +
      `to nobody, choose a new password at once at ${forgottenPasswordUrl(publicUrl)} and tell ` +
      `the people who run ${portalName}.`,
  },
  proof: {
    subject: (portalName) => `Your code to go on at ${portalName}`,
    asked: (portalName) =>
      `Somebody who is signed in at ${portalName} as you is about to change how you sign in. To ` +
      "prove that it is you, type this code where it is asked for:",
    notYou: ({ portalName, publicUrl }) =>
      "Was it not you? Then somebody is signed in as you, and may know your password. Give the " +
      `code to nobody, choose a new password at once at ${forgottenPasswordUrl(publicUrl)}, ` +
      `which signs them out, and tell the people who run ${portalName}.`,
  },
};

export function codeWords(data: CodeMailData, parts: LetterParts): Words {
  const { portalName, code } = parts;
  if (code === null) throw new Error("a mail of this kind has a code");
  const words = CODE_WORDS[data.purpose];
  const until = timeText(code.expiresAtMs);
  return {
    subject: words.subject(portalName),
    before: [words.asked(portalName)],
    code: code.digits,
    action: null,
    facts: [["Asked", timeText(data.askedAtMs)], ...placeFacts(data.place)],
    after: [
      `The code is good for ten minutes, until ${until}, once, and only in the browser that ` +
        "asked for it. A newer code takes its place. Nobody will ever ask you for it by " +
        "telephone or mail.",
      words.notYou(parts),
    ],
  };
}

const DISTRUSTED = "Browsers that you trusted are trusted no more.";

type ChangeWords = { readonly title: string; readonly what: string };

const CHANGE_WORDS: Readonly<Record<FactorChange, ChangeWords>> = {
  "app-set-up": {
    title: "An authenticator app was set up",
    what: "An authenticator app was set up. Signing in can ask for its codes from now on.",
  },
  "app-reset": {
    title: "Your authenticator app was reset",
    what:
      "Another authenticator app took the place of the one before, whose codes are good no more. " +
      DISTRUSTED,
  },
  "app-turned-off": {
    title: "Your authenticator app was turned off",
    what: `The authenticator app was turned off: its codes are good no more. ${DISTRUSTED}`,
  },
  "email-set-up": {
    title: "Codes by e-mail were set up",
    what: "Codes by e-mail were set up. Signing in can ask for a code that is mailed to you.",
  },
  "email-reset": {
    title: "Codes by e-mail were reset",
    what: `Codes by e-mail were set up anew for this e-mail address. ${DISTRUSTED}`,
  },
  "email-turned-off": {
    title: "Codes by e-mail were turned off",
    what: `Codes by e-mail were turned off: none are mailed any more. ${DISTRUSTED}`,
  },
  "passkey-added": {
    title: "A passkey was added",
    what: "A passkey was added. Whoever has it signs in with it, also without your password.",
  },
  "passkey-renamed": {
    title: "A passkey was renamed",
    what: "A passkey was given another name. It signs in as before.",
  },
  "passkey-removed": {
    title: "A passkey was removed",
    what: `A passkey was removed: it signs in nobody any more. ${DISTRUSTED}`,
  },
  "backup-codes-made": {
    title: "New backup codes were made",
    what: "Ten new backup codes were made. Those from before are good no more.",
  },
  "backup-code-used": {
    title: "A backup code was used",
    what:
      "One of your backup codes was used in place of another second factor. It is used up. When " +
      "few are left, make new ones under User settings, Two-factor.",
  },
  "reset-by-administrator": {
    title: "Your two-factor authentication was reset",
    what:
      "Two-factor authentication was reset by an administrator: authenticator app, codes by " +
      `e-mail, passkeys and backup codes are off. ${DISTRUSTED} Where a second factor is ` +
      "required, your next sign-in asks you to set one up.",
  },
};

export function factorChangedWords(
  data: Data<"second-factor-changed">,
  { portalName, publicUrl }: LetterParts,
): Words {
  const { title, what } = CHANGE_WORDS[data.change];
  const by = data.changedBy === null ? [] : [["By", data.changedBy] as const];
  const isByOther = data.change === "reset-by-administrator";
  const known = isByOther ? "Did you ask for it?" : "Was it you?";
  const unknown = isByOther ? "Did you not?" : "Was it not you?";
  return {
    subject: `${title} at ${portalName}`,
    before: [`This is about your sign-in at ${portalName} with this e-mail address.`, what],
    action: null,
    facts: [["Changed", timeText(data.changedAtMs)], ...by, ...placeFacts(data.place)],
    after: [
      `${known} Then there is nothing to do.`,
      `${unknown} Then somebody may be about to take over your sign-in: choose a new password at ` +
        `once at ${forgottenPasswordUrl(publicUrl)}, which signs everybody out, and tell the ` +
        `people who run ${portalName}. They can reset your two-factor authentication.`,
    ],
  };
}

export function factorLockedWords(data: Data<"second-factor-locked">, parts: LetterParts): Words {
  const { portalName, publicUrl } = parts;
  return {
    subject: `Codes for your sign-in at ${portalName} are locked`,
    before: [
      `Five wrong codes were given for this e-mail address at ${portalName}, after the right ` +
        "password. The sign-in has ended, and no code is accepted for thirty minutes, so that " +
        "nobody can go on guessing. Nobody got in.",
    ],
    action: {
      label: "If it was not you, choose a new password",
      url: forgottenPasswordUrl(publicUrl),
    },
    facts: [["Locked", timeText(data.lockedAtMs)], ...placeFacts(data.place)],
    after: [
      "Was it you? Then sign in again in thirty minutes, or ask the people who run " +
        `${portalName} to release you earlier. Codes of an app are right only while the clock of ` +
        "its device is.",
      "Was it not you? Then somebody knows your password, and was stopped by your second factor. " +
        "Choose a new password at once.",
    ],
  };
}
