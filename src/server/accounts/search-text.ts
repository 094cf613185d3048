// How names are searched: the same on every engine, whatever the case of their letters.

/**
 * Engines fold ASCII letters only, and LIKE differs between them; so both sides are folded here.
 * PostgreSQL stores no NUL, so that a search for one finds nothing.
 */
function foldText(text: string): string {
  return text.normalize("NFKC").toLowerCase().replaceAll("\u0000", "\ufffd");
}

/** What is searched of several texts; none of them holds the line break between them. */
export function searchTextOf(texts: readonly string[]): string {
  return [...new Set(texts.map(foldText))].join("\n");
}

/** For `like … escape '\'`: `%`, `_` and `\` stand for themselves. */
export function partPattern(search: string): string {
  return `%${foldText(search).replaceAll(/[\\%_]/g, (character) => `\\${character}`)}%`;
}

/** As typed; where it looks like a number, without what people write between the digits too. */
export function readSearches(search: string): readonly string[] {
  const isLikeNumber = /^[+\d .()-]*\d[+\d .()-]*$/.test(search);
  return isLikeNumber ? [search, search.replaceAll(/[ .()-]/g, "")] : [search];
}
