// Checks a password that somebody wants to use, on every path alike, and hashes it.
import { checkNewPassword } from "../../../core/identity/password-rules.ts";
import type { PasswordFault } from "../../../core/identity/password-rules.ts";
import type { UserAuthenticationRules } from "../../../core/identity/identity-policy.ts";
import type { PasswordWork } from "../../../platform/crypto/password-hasher.ts";
import { findPlainPattern } from "../../../platform/crypto/plain-pattern.ts";
import type { PlainPattern } from "../../../platform/crypto/plain-pattern.ts";
import { preparePassword } from "../../../platform/crypto/prepare-password.ts";
import type { Problem } from "../../../platform/problem/problem.ts";
import type { CredentialParts } from "../sign-in/credential-parts.ts";
import { signInProblem } from "../sign-in/sign-in-problem.ts";
import { readPastHashes } from "./password-store.ts";

export type PasswordWish = {
  readonly typed: string;
  /** Where it stands in the body, as a JSON pointer. */
  readonly path: "/newPassword" | "/password";
  readonly rules: UserAuthenticationRules;
  /** The user's own name and e-mail address; the portal's name is always among them. */
  readonly words: readonly string[];
  /** Null for a user who is just being made. */
  readonly userId: string | null;
  /** What the new one replaces. */
  readonly presentHash: string | null;
  /** Known where it was just typed: then it is refused without the history rule, too. */
  readonly presentPassword?: string;
};

/**
 * Gives the hash; throws `password-refused` (422) with a sentence for each fault.
 * INVARIANT: asked on every path: change, forced change, reset, invitation, set by somebody else.
 */
export async function choosePassword(parts: CredentialParts, wish: PasswordWish): Promise<string> {
  const { typed, rules } = wish;
  const words = [...wish.words, parts.portalName];
  const prepared = preparePassword(typed);
  // What has no form to be hashed is for the core's rules to refuse, with their words.
  const password = prepared.ok ? prepared.text : typed;
  const candidate = { password, rules, words, isCommon: false, isOneOfLast: false };
  const plain = checkNewPassword(candidate);
  if (!prepared.ok && plain.length === 0) throw refused(wish, [NOT_ACCEPTED]);
  if (plain.length > 0) throw refused(wish, plain);
  const pattern = findPlainPattern(password);
  if (pattern !== null) throw refused(wish, [{ code: "common", message: PATTERNS[pattern] }]);
  const isCommon = await parts.judge.isCommon(password);
  if (isCommon) throw refused(wish, checkNewPassword({ ...candidate, isCommon }));
  if (wish.presentPassword === password) throw refused(wish, [UNCHANGED]);
  return parts.hasher.withRoom(async (work) => {
    const isOneOfLast = await isAmongLast(parts, { ...wish, typed: password }, work);
    const faults = checkNewPassword({ ...candidate, isOneOfLast });
    if (faults.length > 0) throw refused(wish, faults);
    return work.hash(password);
  });
}

const PATTERNS: Readonly<Record<PlainPattern, string>> = {
  invisible: "Use characters that can be seen; this password has only blanks.",
  repeated: "Use more than two different characters; this password repeats one or two.",
  row: "Choose a password that is no row of keys, letters or numbers; this one is.",
};
const UNCHANGED: PasswordFault = {
  code: "used-before",
  message: "Choose a new password; this is your present password.",
};
const NOT_ACCEPTED: PasswordFault = {
  code: "not-text",
  message: "Use 1 to 1,000 whole characters of any script.",
};

/** Each comparison is one Argon2id, so the newest, which people try first, comes first. */
async function isAmongLast(
  parts: CredentialParts,
  { typed, rules, userId, presentHash }: PasswordWish,
  work: PasswordWork,
): Promise<boolean> {
  const { enabled, passwords } = rules.history;
  if (!enabled || userId === null) return false;
  // Of whom has removed the last one, that one is among the past ones.
  const countMax = presentHash === null ? passwords : passwords - 1;
  const past = await readPastHashes(parts.database.kysely, userId, countMax);
  for (const hash of presentHash === null ? past : [presentHash, ...past]) {
    if (await work.verify(hash, typed)) return true;
  }
  return false;
}

function refused({ path }: PasswordWish, faults: readonly PasswordFault[]): Problem {
  const errors = faults.map(({ message }) => ({ path, message }));
  return signInProblem("password-refused", { errors });
}
