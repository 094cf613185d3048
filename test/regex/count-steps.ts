// Counts the steps of a backtracking engine on a text: the same on every machine, unlike time.
import type { ParsedRegex, RegexNode } from "./parse-regex.ts";

type Next = (at: number) => boolean;

type Turn = { readonly count: number; readonly at: number };

export type Counted = { readonly steps: number; readonly isOver: boolean };

/**
 * All matches one after another for the flag `g`, else the first; over `stepsMax` it gives up.
 * A letter is looked at in one step.
 */
export function countSteps(
  { root }: ParsedRegex,
  flags: string,
  { text, stepsMax }: { readonly text: string; readonly stepsMax: number },
): Counted {
  const letters = /[uv]/.test(flags) ? Array.from(text) : text.split("");
  let steps = 0;

  function step(): void {
    steps += 1;
    if (steps > stepsMax) throw new TooManySteps();
  }

  function walk(node: RegexNode, at: number, next: Next): boolean {
    step();
    switch (node.kind) {
      case "atom":
        return at < letters.length && node.fits(letters[at]!) && next(at + 1);
      case "sequence":
        return walkAll(node.items, at, next);
      case "choice":
        return node.items.some((item) => walk(item, at, next));
      case "repeat":
        return node.item.kind === "atom"
          ? repeatAtom(node, at, next)
          : repeat(node, { count: 0, at }, next);
      case "look":
        return walk(node.item, at, () => true) === node.isWanted && next(at);
      case "behind":
        return (at > 0 && node.fits(letters[at - 1]!)) === node.isWanted && next(at);
      case "at":
        return isAt(node.where, at) && next(at);
      default:
        return node satisfies never;
    }
  }

  function walkAll(items: readonly RegexNode[], at: number, next: Next): boolean {
    const [first, ...rest] = items;
    if (first === undefined) return next(at);
    return walk(first, at, rest.length === 0 ? next : (after) => walkAll(rest, after, next));
  }

  type Repeat = RegexNode & { readonly kind: "repeat" };

  /** Without a call for each letter, so that long texts do not exhaust the stack. */
  function repeatAtom({ item, min, max, isLazy }: Repeat, at: number, next: Next): boolean {
    const { fits } = item as RegexNode & { readonly kind: "atom" };
    let most = 0;
    const takesOneMore = (): boolean => {
      step();
      const isFit = most < max && at + most < letters.length && fits(letters[at + most]!);
      if (isFit) most += 1;
      return isFit;
    };
    if (isLazy) {
      do {
        if (most >= min && next(at + most)) return true;
      } while (takesOneMore());
      return false;
    }
    while (takesOneMore());
    for (let taken = most; taken >= min; taken -= 1) {
      step();
      if (next(at + taken)) return true;
    }
    return false;
  }

  function repeat(node: Repeat, { count, at }: Turn, next: Next): boolean {
    const again = (): boolean =>
      count < node.max &&
      walk(node.item, at, (after) => {
        const isIdle = after === at && count >= node.min;
        return !isIdle && repeat(node, { count: count + 1, at: after }, next);
      });
    if (count < node.min) return again();
    return node.isLazy ? next(at) || again() : again() || next(at);
  }

  function isAt(where: "start" | "end" | "boundary" | "inside", at: number): boolean {
    if (where === "start") return at === 0;
    if (where === "end") return at === letters.length;
    const isWord = (place: number): boolean => /^\w$/.test(letters[place] ?? "");
    return (isWord(at - 1) !== isWord(at)) === (where === "boundary");
  }

  /** Where a match from there on ends; null without one. */
  function search(from: number): number | null {
    // An engine sees from the first part of a pattern that it fits at the start only.
    const last = flags.includes("y") || beginsAtStart(root) ? Math.min(from, 0) : letters.length;
    for (let start = from; start <= last; start += 1) {
      let end = 0;
      const isMatch = walk(root, start, (at) => {
        end = at;
        return true;
      });
      if (isMatch) return Math.max(end, start + 1);
    }
    return null;
  }

  try {
    let from: number | null = search(0);
    while (flags.includes("g") && from !== null && from <= letters.length) from = search(from);
    return { steps, isOver: false };
  } catch (error) {
    if (error instanceof TooManySteps) return { steps, isOver: true };
    throw error;
  }
}

class TooManySteps extends Error {}

function beginsAtStart(node: RegexNode): boolean {
  if (node.kind === "at") return node.where === "start";
  if (node.kind === "choice") return node.items.every(beginsAtStart);
  return node.kind === "sequence" && node.items.length > 0 && beginsAtStart(node.items[0]!);
}
