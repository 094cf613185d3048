// Reads a code as somebody typed it.
import type { CodeMethod } from "./second-factor.ts";

const SIX_DIGITS = /^[0-9]{6}$/;
const BACKUP_CODE = /^[A-Za-z2-9]{10}$/;

/**
 * Spaces go, as apps show "123 456"; hyphens of backup codes too. Digits of other scripts are
 * refused (row 101), not translated: one code has one form.
 * @returns six ASCII digits, or ten lower-case characters of a backup code; null for all else
 */
export function readCode(method: CodeMethod, typed: string): string | null {
  const bare = typed.replaceAll(/\s/gu, "");
  if (method !== "backup-code") return SIX_DIGITS.test(bare) ? bare : null;
  const joined = bare.replaceAll("-", "");
  return BACKUP_CODE.test(joined) ? joined.toLowerCase() : null;
}
