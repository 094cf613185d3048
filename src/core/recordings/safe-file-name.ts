// Makes a file name that any system can save out of words that somebody else has chosen.

/** Beyond it names meet limits: 255 bytes in most file systems, three header bytes for each. */
const STEM_BYTES_MAX = 120;

/** Controls, and what reorders or hides text on a screen: `exe.3pm` shown as `mp3.exe`. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Surrogate}]/gu;
/** Not in names of Windows, and what programs take for a path, a drive or a pattern. */
const NOT_IN_NAMES = /[<>:"/\\|?*]+/g;
/** Windows opens a device for these, whatever stands after a dot. */
const DEVICE = /^(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?:\.|$)/i;

/**
 * Attack row 135. INVARIANT: the name ends in the extension given and has no separators,
 * controls or text of changed direction; `fallback` stands where nothing is left of the words.
 * @param extension without a dot
 */
export function safeFileName(words: string, fallback: string, extension: string): string {
  const stem = safeStem(words, extension);
  return `${stem === "" ? safeStem(fallback, extension) || "file" : stem}.${extension}`;
}

function safeStem(words: string, extension: string): string {
  const plain = words
    .normalize("NFC")
    .replace(/[\t\n\v\f\r\u0085\u2028\u2029]+/g, " ")
    .replace(UNSEEN, "")
    .replace(NOT_IN_NAMES, "-")
    .replace(/\s+/g, " ");
  const ending = `.${extension}`;
  const isTwice = plain.toLowerCase().trimEnd().endsWith(ending);
  const trimmed = trimStem(isTwice ? plain.trimEnd().slice(0, -ending.length) : plain);
  const cut = trimStem(firstBytes(trimmed, STEM_BYTES_MAX));
  return DEVICE.test(cut) ? `_${cut}` : cut;
}

/** No hidden files, no options of programs, no blanks that Windows drops. */
function trimStem(text: string): string {
  return text.replace(/^[\s.~-]+/, "").replace(/[\s.-]+$/, "");
}

/** Whole characters of at most so many bytes of UTF-8. */
function firstBytes(text: string, bytesMax: number): string {
  let bytes = 0;
  let kept = "";
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x1_0000 ? 3 : 4;
    if (bytes > bytesMax) break;
    kept += character;
  }
  return kept;
}
