// Which characters may stand in the text of an address, and which blanks around it are dropped.

const TAB = 9;
const SPACE = 32;
const TILDE = 126;

/** Whether anything but printable ASCII is in the text (a tab inside counts as odd). */
export function hasOddCharacter(text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    const char = text.charCodeAt(i);
    if (char < SPACE || char > TILDE) return true;
  }
  return false;
}

/**
 * Without the spaces and tabs at both ends (optional white space of RFC 9110 5.6.3). Not
 * `String.trim`, which also swallows line breaks, byte order marks and other odd characters.
 */
export function trimBlanks(text: string): string {
  let from = 0;
  let to = text.length;
  while (from < to && isBlank(text.charCodeAt(from))) from++;
  while (to > from && isBlank(text.charCodeAt(to - 1))) to--;
  return from === 0 && to === text.length ? text : text.slice(from, to);
}

function isBlank(char: number): boolean {
  return char === SPACE || char === TAB;
}
