// Checks a password somebody wants to use, with a sentence for whatever is not accepted.
import type { UserAuthenticationRules } from "./identity-policy.ts";
import { findOwnWord } from "./own-words.ts";

/** Long enough for any phrase; the hash takes the same time for all of them. */
export const PASSWORD_CHARACTERS_MAX = 1000;

const COUNT_FORMAT = /\B(?=(?:[0-9]{3})+$)/g;

export type PasswordFault = {
  readonly code:
    | "too-short"
    | "too-long"
    | "not-text"
    | "not-mixed"
    | "common"
    | "own-word"
    | "used-before";
  /** A full sentence for whoever chose the password. */
  readonly message: string;
};

export type PasswordCandidate = {
  readonly password: string;
  readonly rules: UserAuthenticationRules;
  /** The user's own name and e-mail address, and the portal's name. */
  readonly words: readonly string[];
  /** Found on lists of common passwords. */
  readonly isCommon: boolean;
  /** One of the last so many that the history rule names, the present one among them. */
  readonly isOneOfLast: boolean;
};

/** In code points: what people see as one character is one or more of them, never a half. */
export function passwordLength(text: string): number {
  let count = 0;
  for (const _ of text) count += 1;
  return count;
}

/** Never fewer than one, also while the rule is off. */
export function passwordCharactersMin({ minimumLength }: UserAuthenticationRules): number {
  return minimumLength.enabled ? minimumLength.characters : 1;
}

/** Empty: the password is accepted. The order is that in which people put things right. */
export function checkNewPassword(candidate: PasswordCandidate): readonly PasswordFault[] {
  const { password, rules } = candidate;
  return [
    // Counted in the form that is hashed (RFC 8265 4.2.2), however the keyboard composed it.
    ...checkLength(password.normalize("NFC"), rules),
    ...checkText(password),
    ...checkMixed(password, rules),
    ...checkGuessable(candidate),
    ...checkHistory(candidate),
  ];
}

function checkLength(password: string, rules: UserAuthenticationRules): readonly PasswordFault[] {
  const length = passwordLength(password);
  const charactersMin = passwordCharactersMin(rules);
  if (length < charactersMin) {
    const has = length === 0 ? "none" : countText(length);
    const message = `Use at least ${characters(charactersMin)}; this password has ${has}.`;
    return [{ code: "too-short", message }];
  }
  if (length > PASSWORD_CHARACTERS_MAX) {
    const most = characters(PASSWORD_CHARACTERS_MAX);
    const message = `Use at most ${most}; this password has ${countText(length)}.`;
    return [{ code: "too-long", message }];
  }
  return [];
}

/** Halves of characters would all be stored as the same replacement character. */
function checkText(password: string): readonly PasswordFault[] {
  if (!/\p{Surrogate}/u.test(password)) return [];
  const message = "Use whole characters; this password has half of one, which nobody can type.";
  return [{ code: "not-text", message }];
}

function checkMixed(password: string, rules: UserAuthenticationRules): readonly PasswordFault[] {
  if (!rules.mixedCharacters.enabled) return [];
  const missing = [
    ...(/[A-Z]/.test(password) ? [] : ["an uppercase letter"]),
    ...(/[a-z]/.test(password) ? [] : ["a lowercase letter"]),
    ...(/[0-9]/.test(password) ? [] : ["a number"]),
  ];
  if (missing.length === 0) return [];
  const message =
    "Use at least one uppercase letter A-Z, one lowercase letter a-z and one number 0-9; " +
    `this password lacks ${missing.join(" and ")}.`;
  return [{ code: "not-mixed", message }];
}

/** Refused whatever the account's switches say: these are tried first by whoever guesses. */
function checkGuessable(candidate: PasswordCandidate): readonly PasswordFault[] {
  const faults: PasswordFault[] = [];
  if (candidate.isCommon) {
    const message = "Choose a password that is not on lists of common ones; this one is.";
    faults.push({ code: "common", message });
  }
  const word = findOwnWord(candidate.password, candidate.words);
  if (word !== null) {
    const message =
      "Leave your name, your e-mail address and the portal's name out; " +
      `this password contains “${word}”.`;
    faults.push({ code: "own-word", message });
  }
  return faults;
}

function checkHistory({ rules, isOneOfLast }: PasswordCandidate): readonly PasswordFault[] {
  if (!rules.history.enabled || !isOneOfLast) return [];
  const { passwords } = rules.history;
  const last = passwords === 1 ? "your present password" : `one of your last ${passwords}`;
  return [{ code: "used-before", message: `Choose a new password; this is ${last}.` }];
}

function characters(count: number): string {
  return `${countText(count)} character${count === 1 ? "" : "s"}`;
}

function countText(count: number): string {
  return String(count).replaceAll(COUNT_FORMAT, ",");
}
