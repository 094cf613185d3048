// Says as one types what a name lacks.

const CHARACTERS_MAX = 200;

export function nameFault(text: string): string | null {
  if (text.trim() === "") return "A name has at least one character that can be seen.";
  if (text.trim().length > CHARACTERS_MAX)
    return `A name has at most ${CHARACTERS_MAX} characters.`;
  return null;
}
