// What would have to change for a recording to play, found by asking the function that decides.
import { decideRecording } from "./decide-recording.ts";
import type { RecordingFacts } from "./decide-recording.ts";

/**
 * `add-to-whitelist`: the address. `sign-in`: as somebody who is granted the number.
 * `make-member`: of the recording's account, as an agent. `grant-number`, `mark-number-shareable`:
 * the recording's.
 */
export type RecordingChange =
  | "add-to-whitelist"
  | "sign-in"
  | "make-member"
  | "grant-number"
  | "mark-number-shareable";

type Changing = {
  readonly code: RecordingChange;
  /** Null where there is nothing to change. */
  readonly apply: (facts: RecordingFacts) => RecordingFacts | null;
};

/** In the order in which they are told; the access mode is never among them. */
const CHANGES: readonly Changing[] = [
  {
    code: "sign-in",
    apply: (facts) =>
      facts.listener.kind === "user"
        ? null
        : { ...facts, listener: { kind: "user", role: "agent", hasGrant: true } },
  },
  {
    code: "make-member",
    apply: (facts) => {
      const { listener } = facts;
      if (listener.kind !== "user" || listener.role !== null) return null;
      return { ...facts, listener: { ...listener, role: "agent" } };
    },
  },
  {
    code: "grant-number",
    apply: (facts) => {
      const { listener } = facts;
      if (listener.kind !== "user" || listener.hasGrant) return null;
      return { ...facts, listener: { ...listener, hasGrant: true } };
    },
  },
  {
    code: "add-to-whitelist",
    apply: (facts) => (facts.isWhitelisted ? null : { ...facts, isWhitelisted: true }),
  },
  {
    code: "mark-number-shareable",
    apply: (facts) =>
      facts.recording === null || facts.recording.isNumberShareable
        ? null
        : { ...facts, recording: { isNumberShareable: true } },
  },
];

/**
 * Each answer is a way in: the changes that it takes together, none of which could be left out.
 * Empty where it plays as it is, and where no change of these would help.
 */
export function wouldPlayIf(facts: RecordingFacts): readonly (readonly RecordingChange[])[] {
  if (doesPlay(facts)) return [];
  const ways: (readonly RecordingChange[])[] = [];
  for (const changes of subsetsBySize()) {
    if (ways.some((way) => way.every((code) => changes.some((one) => one.code === code)))) continue;
    const changed = applyAll(facts, changes);
    if (changed !== null && doesPlay(changed)) ways.push(changes.map(({ code }) => code));
  }
  return ways;
}

function doesPlay(facts: RecordingFacts): boolean {
  return decideRecording(facts).verdict === "play";
}

function applyAll(facts: RecordingFacts, changes: readonly Changing[]): RecordingFacts | null {
  let changed: RecordingFacts | null = facts;
  for (const { apply } of changes) {
    if (changed === null) return null;
    changed = apply(changed);
  }
  return changed;
}

/** Small ones first; a bit of the number stands for each change. */
function subsetsBySize(): readonly (readonly Changing[])[] {
  const subsets: Changing[][] = [];
  for (let bits = 1; bits < 1 << CHANGES.length; bits += 1) {
    subsets.push(CHANGES.filter((_, index) => (bits & (1 << index)) !== 0));
  }
  return subsets.toSorted((a, b) => a.length - b.length);
}
