// Reads a regular expression into what a backtracking engine walks through.

type Fits = (letter: string) => boolean;

export type RegexNode =
  | { readonly kind: "atom"; readonly fits: Fits }
  | { readonly kind: "sequence"; readonly items: readonly RegexNode[] }
  | { readonly kind: "choice"; readonly items: readonly RegexNode[] }
  | {
      readonly kind: "repeat";
      readonly item: RegexNode;
      readonly min: number;
      readonly max: number;
      readonly isLazy: boolean;
    }
  | { readonly kind: "look"; readonly item: RegexNode; readonly isWanted: boolean }
  | { readonly kind: "behind"; readonly fits: Fits; readonly isWanted: boolean }
  | { readonly kind: "at"; readonly where: "start" | "end" | "boundary" | "inside" };

export type ParsedRegex = {
  readonly root: RegexNode;
  readonly atoms: readonly Fits[];
};

/** Throws for what none of ours has: references back, looking far behind, the flag `m`. */
export function parseRegex(source: string, flags: string): ParsedRegex {
  if (flags.includes("m")) throw new Error(`the flag m: ${source}`);
  const atoms: Fits[] = [];
  let at = 0;

  function choice(): RegexNode {
    const items = [sequence()];
    while (source[at] === "|") {
      at += 1;
      items.push(sequence());
    }
    return items.length === 1 ? items[0]! : { kind: "choice", items };
  }

  function sequence(): RegexNode {
    const items: RegexNode[] = [];
    while (at < source.length && source[at] !== "|" && source[at] !== ")") items.push(repeated());
    return { kind: "sequence", items };
  }

  function repeated(): RegexNode {
    const item = single();
    const counted = /^(?:[*+?]|\{(\d+)(,(\d*))?\})(\??)/.exec(source.slice(at));
    if (counted === null) return item;
    at += counted[0].length;
    const [all, least, comma, most] = counted;
    const isLazy = counted[4] === "?";
    if (least === undefined) {
      const min = all.startsWith("+") ? 1 : 0;
      return { kind: "repeat", item, min, max: all.startsWith("?") ? 1 : Infinity, isLazy };
    }
    const max = comma === undefined ? Number(least) : most === "" ? Infinity : Number(most);
    return { kind: "repeat", item, min: Number(least), max, isLazy };
  }

  function single(): RegexNode {
    const rest = source.slice(at);
    const group = /^\((\?:|\?<?[=!]|\?<[A-Za-z]\w*>)?/.exec(rest);
    if (group !== null) return grouped(group[0]);
    for (const [text, where] of PLACES) {
      if (!rest.startsWith(text)) continue;
      at += text.length;
      return { kind: "at", where };
    }
    const atom = ATOM.exec(rest)?.[0];
    if (atom === undefined || /^\\[1-9k]/.test(atom)) throw new Error(`${rest} of ${source}`);
    at += atom.length;
    const fits = fitting(atom, flags);
    atoms.push(fits);
    return { kind: "atom", fits };
  }

  function grouped(opening: string): RegexNode {
    at += opening.length;
    const item = choice();
    if (source[at] !== ")") throw new Error(`a group without an end: ${source}`);
    at += 1;
    const look = /^\(\?(<?)([=!])$/.exec(opening);
    if (look === null) return item;
    const isWanted = look[2] === "=";
    return look[1] === "" ? { kind: "look", item, isWanted } : behind(item, isWanted);
  }

  /** One letter back and no further. */
  function behind(item: RegexNode, isWanted: boolean): RegexNode {
    const only = item.kind === "sequence" && item.items.length === 1 ? item.items[0]! : item;
    if (only.kind !== "atom") throw new Error(`more than a letter back: ${source}`);
    return { kind: "behind", fits: only.fits, isWanted };
  }

  const root = choice();
  if (at < source.length) throw new Error(`more than was read: ${source}`);
  return { root, atoms };
}

const PLACES = [
  ["^", "start"],
  ["$", "end"],
  ["\\b", "boundary"],
  ["\\B", "inside"],
] as const;

/** One letter's worth: a class, an escape, or the letter itself. */
const ATOM_KINDS = [
  /\[(?:[^\]\\]|\\.)*\]/u,
  /\\[pP]\{[^}]*\}/u,
  /\\u\{[^}]*\}/u,
  /\\u[0-9A-Fa-f]{4}/u,
  /\\x[0-9A-Fa-f]{2}/u,
  /\\c[A-Z]/u,
  /\\[^]/u,
  /[^()|*+?]/u,
];
const ATOM = new RegExp(`^(?:${ATOM_KINDS.map(({ source }) => source).join("|")})`, "u");

/** The engine itself says what one letter fits; the flags of a search do not matter for it. */
function fitting(atom: string, flags: string): Fits {
  const regex = new RegExp(`^(?:${atom})$`, flags.replaceAll(/[gyd]/g, ""));
  const known = new Map<string, boolean>();
  return (letter) => {
    const found = known.get(letter) ?? regex.test(letter);
    known.set(letter, found);
    return found;
  };
}
