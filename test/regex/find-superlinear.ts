// Looks for a text on which a regular expression takes more steps than the text has letters.
import { countSteps } from "./count-steps.ts";
import { parseRegex } from "./parse-regex.ts";
import type { RegexNode } from "./parse-regex.ts";

/** A text that begins, goes on and ends like that takes steps out of all proportion. */
export type Attack = { readonly before: string; readonly pump: string; readonly after: string };

export type Superlinear = Attack & {
  /** For a text of `letters` of them. */
  readonly stepsOf: (letters: number, stepsMax: number) => number;
};

const SMALL = 16;
const LARGE = 600;
const STEPS_MAX = 1_000_000;
/** Twice as long a text takes twice the steps in linear time, four times in quadratic time. */
const GROWTH_MAX = 3;

/** Of all its parts and of letters that fit none. */
const OTHER_LETTERS = Array.from("aA0 \n-._/\\\"'@:,;[(<%=&|!\u00e9\u2028\u0000\u{1f600}");

/**
 * Tries every short repetition after every beginning of a matching text, as attackers do; null when
 * all take time linear to their length. Parts that are repeated a bounded number of times are.
 */
export function findSuperlinear(source: string, flags: string): Superlinear | null {
  const parsed = parseRegex(source, flags);
  if (endlessAtoms(parsed.root).length === 0) return null;
  const beginnings = beginningsOf(parsed.root, lettersOf(parsed.atoms, source));
  const pumps = [...pumpsOf(lettersOf(endlessAtoms(parsed.root), source)), ...beginnings];
  const stepsOf = (attack: Attack, count: number, stepsMax: number): number =>
    countSteps(parsed, flags, { text: textOf(attack, count), stepsMax }).steps;
  for (const before of ["", ...beginnings]) {
    for (const pump of pumps) {
      for (const after of ["", "\u0000"]) {
        const attack = { before, pump, after };
        if (!growsFast(attack, SMALL, stepsOf)) continue;
        // Bounded repetitions look alike in small texts.
        if (!growsFast(attack, LARGE, stepsOf)) continue;
        return { ...attack, stepsOf: (count, stepsMax) => stepsOf(attack, count, stepsMax) };
      }
    }
  }
  return null;
}

function growsFast(
  attack: Attack,
  count: number,
  stepsOf: (attack: Attack, count: number, stepsMax: number) => number,
): boolean {
  const twice = stepsOf(attack, 2 * count, STEPS_MAX);
  return twice >= STEPS_MAX || twice > GROWTH_MAX * stepsOf(attack, count, STEPS_MAX);
}

/** As long as `count` letters, and at least one repetition. */
function textOf({ before, pump, after }: Attack, count: number): string {
  return before + pump.repeat(Math.max(1, Math.floor(count / pump.length))) + after;
}

type Fits = (letter: string) => boolean;

/** Of the parts that are repeated without an end; none: the text is looked at so far only. */
function endlessAtoms(node: RegexNode, isEndless = false): readonly Fits[] {
  switch (node.kind) {
    case "sequence":
    case "choice":
      return node.items.flatMap((item) => endlessAtoms(item, isEndless));
    case "repeat":
      return endlessAtoms(node.item, isEndless || node.max === Infinity);
    case "look":
      return endlessAtoms(node.item, isEndless);
    case "atom":
      return isEndless ? [node.fits] : [];
    case "behind":
    case "at":
      return [];
    default:
      return node satisfies never;
  }
}

/** One letter of each kind that its parts tell apart. */
function lettersOf(atoms: readonly Fits[], source: string): readonly string[] {
  const byKind = new Map<string, string>();
  for (const letter of [...Array.from(source), ...OTHER_LETTERS]) {
    const kind = atoms.map((fits) => (fits(letter) ? "1" : "0")).join("");
    if (kind.includes("1") && !byKind.has(kind)) byKind.set(kind, letter);
  }
  return [...byKind.values()];
}

const KINDS_MAX = 8;

function pumpsOf(letters: readonly string[]): readonly string[] {
  const few = letters.slice(0, KINDS_MAX);
  const pairs = few.flatMap((one) => few.map((other) => one + other));
  const triples = few.length > 4 ? [] : pairs.flatMap((pair) => few.map((one) => pair + one));
  return [...letters, ...pairs.filter(([one, other]) => one !== other), ...triples];
}

const BEGINNINGS_MAX = 60;

/** What leads to each part: the beginnings of a text that matches, for each of its choices. */
function beginningsOf(root: RegexNode, letters: readonly string[]): readonly string[] {
  const beginnings = new Set<string>();
  const matching = (node: RegexNode, before: readonly string[]): readonly string[] => {
    switch (node.kind) {
      case "atom": {
        const letter = letters.find(node.fits) ?? "";
        return kept(before.map((text) => text + letter));
      }
      case "sequence":
        return node.items.reduce((texts, item) => matching(item, texts), before);
      case "choice":
        return node.items.flatMap((item) => matching(item, before)).slice(0, 8);
      case "repeat": {
        let texts = before;
        const once = Math.max(1, Math.min(node.min, 40));
        for (let count = 0; count < once; count += 1) texts = matching(node.item, texts);
        return node.min === 0 ? [...texts, ...before].slice(0, 8) : texts;
      }
      case "look":
      case "behind":
      case "at":
        return before;
      default:
        return node satisfies never;
    }
  };
  const kept = (texts: readonly string[]): readonly string[] => {
    for (const text of texts) beginnings.add(text);
    return texts;
  };
  matching(root, [""]);
  return [...beginnings].filter((text) => text !== "").slice(0, BEGINNINGS_MAX);
}
