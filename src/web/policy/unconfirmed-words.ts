// What is said of a change that waits to be confirmed, and of how the waiting ended.
import type { RevisionAnswer } from "../../api/revision-api.ts";
import type { UnconfirmedChange, WentBack } from "../../api/unconfirmed-api.ts";
import { clockText } from "../journal/moment-text.ts";
import { whoText } from "./change-waits-words.ts";
import { revisionTitle } from "./revision-words.ts";

const NAMED_MAX = 2;

/** "Allowed countries and Rate limits of acme"; of more parts the rest is counted. */
export function changeTitle(parts: UnconfirmedChange["parts"]): string {
  const titles = [...new Set(parts.map(revisionTitle))];
  const named = titles.length > NAMED_MAX + 1 ? titles.slice(0, NAMED_MAX) : titles;
  const rest = titles.length - named.length;
  return LIST.format(rest === 0 ? named : [...named, `${rest} more`]);
}

const LIST = new Intl.ListFormat("en-GB");

/** Once, to those who hear the page: a countdown would talk all the time. */
export function waitingSentence(
  changes: readonly Pick<UnconfirmedChange, "parts" | "goesBackAt">[],
  nowMs: number,
): string {
  return changes
    .map(({ parts, goesBackAt }) => {
      const time = clockText(goesBackAt, nowMs);
      return `${changeTitle(parts)}: the change goes back at ${time} unless it is confirmed.`;
    })
    .join(" ");
}

/**
 * When a change goes back, by this browser's clock. Each answer tells whole seconds, rounded up,
 * and was on its way: the earliest of them is the truest, so that the countdown never jumps about.
 * @param knownMs by the answers before; null: there was none
 * @param heardMs by the newest answer
 */
export function settleEnd(knownMs: number | null, heardMs: number): number {
  const isOtherClock = knownMs === null || Math.abs(heardMs - knownMs) > CLOCK_MOVED_MS;
  return isOtherClock ? heardMs : Math.min(knownMs, heardMs);
}

/** No answer is so late: somebody has set the clock. */
const CLOCK_MOVED_MS = 5000;

/** `over`: it waits no more, and the history does not say why. */
export type UnconfirmedEnd = {
  readonly changeId: string;
  readonly title: string;
  readonly how: "went-back" | "taken-back" | "confirmed" | "over";
  readonly at: string | null;
  readonly actor: string | null;
};

export type EndedChange = Pick<UnconfirmedChange, "changeId" | "parts"> & {
  readonly endsAtMs: number;
};

/** @param revisions the newest of the history, as read after the change was gone */
export function howItEnded(
  { changeId, parts, endsAtMs }: EndedChange,
  revisions: readonly RevisionAnswer[],
  nowMs: number,
): UnconfirmedEnd {
  const last = parts.at(-1)?.revision;
  const back = revisions.findLast(({ restores, way }) => {
    return restores !== null && restores === last && (way === "went-back" || way === "restore");
  });
  const { at = null, actor = null } = back ?? {};
  const known = { changeId, title: changeTitle(parts), at, actor };
  if (back !== undefined) {
    return { ...known, how: back.way === "went-back" ? "went-back" : "taken-back" };
  }
  return { ...known, how: nowMs < endsAtMs ? "confirmed" : "over" };
}

/** Of what went back while nobody looked. */
export function endUnseen({ changeId, parts, wentBackAt }: WentBack): UnconfirmedEnd {
  const title = changeTitle(parts);
  return { changeId, title, how: "went-back", at: wentBackAt, actor: null };
}

export function endSentence(end: UnconfirmedEnd, nowMs: number): string {
  const { title, how, at, actor } = end;
  const time = at === null ? "" : ` at ${clockText(at, nowMs)}`;
  switch (how) {
    case "went-back":
      return `${title}: the change went back${time}: nobody confirmed it.`;
    case "taken-back":
      return `${title}: ${whoText(actor, null)} took the change back${time}.`;
    case "confirmed":
      return `${title}: the change was confirmed. It stays.`;
    case "over":
      return `${title}: the change waits no more; History says how the rules are now.`;
    default:
      return how satisfies never;
  }
}
