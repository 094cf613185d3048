// Finds parts of somebody's own name or e-mail address in a password.

// Shorter parts ("Li", "com") stand in passwords by chance.
const PART_CHARACTERS_MIN = 4;

/**
 * Parts are what stands between spaces, dots, @ and the like, and the whole without them. Case
 * makes no difference.
 * @returns the longest part of four or more characters that the password contains, or null
 */
export function findOwnWord(password: string, words: readonly string[]): string | null {
  const folded = fold(password);
  const parts = words.flatMap(partsOf).filter((part) => folded.includes(part));
  return parts.reduce<string | null>(
    (longest, part) => (longest === null || part.length > longest.length ? part : longest),
    null,
  );
}

function partsOf(word: string): readonly string[] {
  const whole = fold(word);
  const beforeAt = whole.split("@", 1)[0] ?? "";
  const joined = beforeAt.replaceAll(/[^\p{L}\p{M}\p{N}]+/gu, "");
  return [...whole.split(/[^\p{L}\p{M}\p{N}]+/u), joined].filter(
    (part) => part.length >= PART_CHARACTERS_MIN,
  );
}

function fold(text: string): string {
  return text.normalize("NFKC").toLowerCase();
}
