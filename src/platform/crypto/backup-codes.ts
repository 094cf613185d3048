// Makes the codes that a person prints out, and their slow hashes.
import { randomInt } from "node:crypto";
import type { PasswordHasher, PasswordWork } from "./password-hasher.ts";

/** Without i, l, o, 0 and 1, which are mistaken for each other on paper. */
const LETTERS = "abcdefghjkmnpqrstuvwxyz23456789";
const CODES = 10;
/** 49 bits: more than can be tried even without any limit (NIST SP 800-63B, 3.1.2). */
const CODE_CHARACTERS = 10;
const GROUP_CHARACTERS = 5;

/** Ten different ones of ten characters, without hyphen: what `hashBackupCode` takes. */
export function newBackupCodes(): string[] {
  const codes = new Set<string>();
  while (codes.size < CODES) codes.add(newCode());
  return [...codes];
}

/** As it is printed: `xxxxx-xxxxx`. */
export function showBackupCode(code: string): string {
  return `${code.slice(0, GROUP_CHARACTERS)}-${code.slice(GROUP_CHARACTERS)}`;
}

/** One for all codes of a user; it carries the hash's parameters, so that they may rise. */
export function newBackupSalt(hasher: Pick<PasswordHasher, "newSalt">): string {
  return hasher.newSalt();
}

/** @param code without hyphen, in lower case. The same code and salt give the same hash. */
export function hashBackupCode(
  work: Pick<PasswordWork, "hashWithSalt">,
  code: string,
  salt: string,
): Promise<string> {
  return work.hashWithSalt(code, salt);
}

function newCode(): string {
  let code = "";
  while (code.length < CODE_CHARACTERS) code += LETTERS.charAt(randomInt(LETTERS.length));
  return code;
}
