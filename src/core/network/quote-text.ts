// Quotes what somebody wrote in a sentence about it: cut, and without what a reader cannot see.

const SHOWN_MAX = 60;

/** Characters that move, hide or end text are written by their number: they do nothing here. */
const UNSEEN = /[\p{C}\p{Zl}\p{Zp}]/gu;

export function quoteText(text: string): string {
  const letters = Array.from(text.slice(0, 2 * SHOWN_MAX + 2));
  const cut = letters.length > SHOWN_MAX ? `${letters.slice(0, SHOWN_MAX).join("")}…` : text;
  return `“${cut.replaceAll(UNSEEN, (letter) => `\\u{${letter.codePointAt(0)!.toString(16)}}`)}”`;
}
