// Finds passwords that are no more than a pattern: one character again and again, a row of keys.

export type PlainPattern = "invisible" | "repeated" | "row";

/** Two of them say nothing that one guess would not. */
const CHARACTERS_DISTINCT_MIN = 3;
/** "ab" and "12" stand in good passwords too. */
const RUN_CHARACTERS_MIN = 3;

const NOTHING_TO_SEE =
  /[\p{Cf}\p{Cc}\p{Default_Ignorable_Code_Point}\p{Variation_Selector}\u2800]/gu;

/** What fingers and tongues run along, in both directions: keyboards by row and by column. */
const ROWS = [
  "abcdefghijklmnopqrstuvwxyz",
  "01234567890",
  "qwertyuiop[]",
  "asdfghjkl;'",
  "zxcvbnm,./",
  "qwertzuiopü",
  "asdfghjklöä",
  "yxcvbnm,.-",
  "azertyuiop",
  "qsdfghjklm",
  "wxcvbn,;:!",
  "!@#$%^&*()_+",
  "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik,9ol.0p",
  "qazwsxedcrfvtgbyhnujmikolp",
].flatMap((row) => [row, Array.from(row).toReversed().join("")]);

/**
 * Null: more than a pattern. Case, and what nobody sees, make no difference. Rows are found also
 * where several follow each other ("abcd1234"), and are tried by every guesser (NIST SP 800-63B,
 * 3.1.1.2).
 */
export function findPlainPattern(password: string): PlainPattern | null {
  if (password === "") return null;
  const seen = password.toLowerCase().replaceAll(NOTHING_TO_SEE, "");
  const withoutBlanks = seen.replaceAll(/\p{White_Space}/gu, "");
  if (withoutBlanks === "") return "invisible";
  if (new Set(seen).size < CHARACTERS_DISTINCT_MIN) return "repeated";
  return isOfRows(withoutBlanks) ? "row" : null;
}

/** The last run may be the beginning of one ("abcabcab"). */
function isOfRows(text: string): boolean {
  let at = 0;
  while (at < text.length) {
    const length = runLengthAt(text, at);
    if (length < RUN_CHARACTERS_MIN && (at === 0 || at + length < text.length)) return false;
    at += length;
  }
  return true;
}

function runLengthAt(text: string, at: number): number {
  let longest = 1;
  for (const row of ROWS) {
    let length = longest + 1;
    while (at + length <= text.length && row.includes(text.slice(at, at + length))) {
      longest = length;
      length += 1;
    }
  }
  return longest;
}
