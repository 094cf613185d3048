// The words of mails about ways to sign in: a provider connected or disconnected, no password.
import type { ConnectionChange } from "../../../core/identity/single-sign-on/connection-change.ts";
import { forgottenPasswordUrl } from "../links/link-url.ts";
import type { Letter } from "./letter.ts";
import { placeFacts, plainName, timeText } from "./letter-facts.ts";
import type { MailContent } from "./mail-content.ts";
import type { LetterParts } from "./write-letter.ts";

type Data<Kind extends MailContent["kind"]> = Extract<MailContent, { kind: Kind }>["data"];
type Words = Omit<Letter, "footer">;

type ChangeWords = {
  readonly title: (provider: string) => string;
  readonly what: (provider: string) => string;
};

const CHANGE_WORDS: Readonly<Record<ConnectionChange, ChangeWords>> = {
  connected: {
    title: (provider) => `${provider} was connected`,
    what: (provider) =>
      `${provider} was connected in the user settings. Whoever signs in there with the account ` +
      "below is signed in here as you, also without your password.",
  },
  bound: {
    title: (provider) => `${provider} was connected at a sign-in`,
    what: (provider) =>
      `Somebody signed in with ${provider} for the first time, and proved to be you with your ` +
      "password. From now on whoever signs in there with the account below is signed in here as " +
      "you, also without your password.",
  },
  disconnected: {
    title: (provider) => `${provider} was disconnected`,
    what: (provider) =>
      `${provider} was disconnected: it signs nobody in as you any more. Who was signed in by it ` +
      "elsewhere has been signed out.",
  },
  "disconnected-by-administrator": {
    title: (provider) => `${provider} was disconnected by an administrator`,
    what: (provider) =>
      `${provider} was disconnected by an administrator: it signs nobody in as you any more. Who ` +
      "was signed in by it has been signed out. Your other ways to sign in are as they were.",
  },
};

export function connectionChangedWords(
  data: Data<"connection-changed">,
  { portalName, publicUrl }: LetterParts,
): Words {
  const { change, providerName, changedAtMs, changedBy, place } = data;
  const { title, what } = CHANGE_WORDS[change];
  const isByOther = change === "disconnected-by-administrator";
  const isMade = change === "connected" || change === "bound";
  const undoing = isMade
    ? "They can disconnect it, as you can under User settings, Single sign-on."
    : "You can connect it again under User settings, Single sign-on.";
  return {
    subject: `${title(providerName)} at ${portalName}`,
    before: [
      `This is about your sign-in at ${portalName} with this e-mail address.`,
      what(providerName),
    ],
    action: null,
    facts: [
      ["Changed", timeText(changedAtMs)],
      ["Account", accountText(data.accountShown)],
      ...(changedBy === null ? [] : [["By", changedBy] as const]),
      ...placeFacts(place),
    ],
    after: [
      `${isByOther ? "Did you ask for it?" : "Was it you?"} Then there is nothing to do.`,
      `${isByOther ? "Did you not?" : "Was it not you?"} Then somebody may be about to take over ` +
        "your sign-in: choose a new password at once at " +
        `${forgottenPasswordUrl(publicUrl)}, which signs everybody out, and tell the people who ` +
        `run ${portalName}. ${undoing}`,
    ],
  };
}

/** Who connects somebody else's user with an account of their own has chosen its name. */
function accountText(shown: string): string {
  return plainName(shown) ?? "one without a plain name";
}

export function passwordRemovedWords(data: Data<"password-removed">, parts: LetterParts): Words {
  const { portalName, publicUrl } = parts;
  return {
    subject: `Your password for ${portalName} was removed`,
    before: [
      `The password of this e-mail address at ${portalName} was removed by somebody who was ` +
        "signed in and had just proved it once more. Your passkeys and the providers that " +
        "you are connected with sign you in as before.",
      "Everybody who was signed in elsewhere has been signed out.",
    ],
    action: null,
    facts: [["Removed", timeText(data.changedAtMs)], ...placeFacts(data.place)],
    after: [
      "Was it you? Then there is nothing to do. You can choose a password again whenever you " +
        `want one, at ${forgottenPasswordUrl(publicUrl)}.`,
      "Was it not you? Then somebody may be about to take over your sign-in: choose a new " +
        "password at that address at once, which signs everybody out, and tell the people who " +
        `run ${portalName}.`,
    ],
  };
}
