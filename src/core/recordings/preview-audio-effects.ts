// Tells what a change of who may hear recordings would do to listeners and to recordings.
import type { Role } from "../accounts/role.ts";
import { isAtLeast } from "../accounts/role-towards.ts";
import type { Address } from "../network/address.ts";
import type { AudioEffect } from "./audio-effect.ts";
import { isWhitelisted } from "./compile-whitelist.ts";
import type { CompiledAudioPolicy } from "./compile-whitelist.ts";
import { decideRecording } from "./decide-recording.ts";
import type { Listener, RecordingVerdict } from "./decide-recording.ts";
import type { PolicyMove, RecordingVisitor } from "./preview-audio-policy.ts";

/** A user who can ask for recordings of the account: by grants, by a role, or as they did. */
export type PossibleListener = {
  readonly userId: string;
  readonly role: Role | null;
  /** Of tracking numbers. */
  readonly grantedIds: ReadonlySet<string>;
  /** Numbers whose recordings they asked for of late. */
  readonly visitedIds: ReadonlySet<string>;
  /** From where they asked of late; empty: nobody knows from where they would. */
  readonly addresses: readonly Address[];
};

export type AudioPreviewFacts = {
  /** By the tracking number's id. */
  readonly numbers: ReadonlyMap<
    string,
    { readonly isShareable: boolean; readonly recordings: number }
  >;
  readonly visitors: readonly RecordingVisitor[];
  readonly listeners: readonly PossibleListener[];
};

/** `count`: recordings, or people at addresses. */
export type AudioEffectFound = { readonly count: number; readonly userIds: readonly string[] };

export type AudioEffects = ReadonlyMap<AudioEffect, AudioEffectFound>;

/** By the function that decides who may hear. Effects without anything are left out. */
export function previewAudioEffects(facts: AudioPreviewFacts, move: PolicyMove): AudioEffects {
  const tally = createAudioTally(facts.numbers, move);
  for (const visitor of facts.visitors) tally.countVisitor(visitor);
  for (const listener of facts.listeners) tally.countListener(listener);
  return tally.told();
}

export type AudioTally = {
  readonly countVisitor: (visitor: RecordingVisitor) => void;
  readonly countListener: (listener: PossibleListener) => void;
  readonly told: () => AudioEffects;
};

/** Each by itself, so they may come in parts. */
export function createAudioTally(
  numbers: AudioPreviewFacts["numbers"],
  move: PolicyMove,
): AudioTally {
  const sides = { before: sideOf(move.before), after: sideOf(move.after) };
  const visitors = createVisitorTally(sides);
  const listeners = createListenerTally(numbers, sides);
  return {
    countVisitor: visitors.count,
    countListener: listeners.count,
    told: () => {
      const effects = new Map<AudioEffect, AudioEffectFound>([
        ...visitors.told(),
        ...listeners.told(),
        ...effectsOnLinks(numbers, sides),
      ]);
      for (const [effect, { count }] of effects) if (count === 0) effects.delete(effect);
      return effects;
    },
  };
}

type Asking = {
  readonly listener: Listener;
  readonly isNumberShareable: boolean;
  readonly isWhitelisted: boolean;
};

/** There are a few dozen ways to ask, and each is decided once. */
function createDecider(policy: CompiledAudioPolicy): (asking: Asking) => RecordingVerdict {
  const { mode, onlyShareable } = policy;
  const decided = new Map<string, RecordingVerdict>();
  return (asking) => {
    const { listener, isNumberShareable, isWhitelisted: isOnList } = asking;
    const who = listener.kind === "user" ? `${listener.role} ${listener.hasGrant}` : listener.kind;
    const key = `${who} ${isNumberShareable} ${isOnList}`;
    const known = decided.get(key);
    if (known !== undefined) return known;
    const recording = { isNumberShareable };
    const facts = { recording, mode, onlyShareable, isWhitelisted: isOnList, listener };
    const { verdict } = decideRecording(facts);
    decided.set(key, verdict);
    return verdict;
  };
}

type Side = {
  readonly policy: CompiledAudioPolicy;
  readonly decide: (asking: Asking) => RecordingVerdict;
};

type Sides = { readonly before: Side; readonly after: Side };

function sideOf(policy: CompiledAudioPolicy): Side {
  return { policy, decide: createDecider(policy) };
}

type VisitorEffect = Extract<AudioEffect, `listeners-${string}`>;

function createVisitorTally({ before, after }: Sides) {
  const found = new Map<VisitorEffect, { people: Set<string>; users: Set<string> }>();

  function count({ address, addressText, userId, listener, isNumberShareable }: RecordingVisitor) {
    const under = ({ policy, decide }: Side) =>
      decide({ listener, isNumberShareable, isWhitelisted: isWhitelisted(policy, address) });
    const effect = effectOf(under(before), under(after));
    if (effect === null) return;
    const { people, users } = found.get(effect) ?? { people: new Set(), users: new Set() };
    found.set(effect, { people, users });
    people.add(`${userId ?? ""} ${addressText}`);
    if (userId !== null) users.add(userId);
  }

  return {
    count,
    told: (): readonly Told[] =>
      [...found].map(([effect, { people, users }]) => [
        effect,
        { count: people.size, userIds: [...users] },
      ]),
  };
}

type Told = readonly [AudioEffect, AudioEffectFound];

/** Who is refused hears no difference to one for whom the recording is not there. */
function effectOf(before: RecordingVerdict, after: RecordingVerdict): VisitorEffect | null {
  const isRefused = (verdict: RecordingVerdict) => verdict === "refuse" || verdict === "absent";
  if (before === after || (isRefused(before) && isRefused(after))) return null;
  if (after === "play") return "listeners-let-in";
  if (isRefused(after)) return "listeners-refused";
  return before === "play" ? "listeners-asked-to-sign-in" : "listeners-may-sign-in";
}

/** `depends`: on the address from which they ask. */
type Hearing = "lost" | "won" | "same" | "depends";

function createListenerTally(numbers: AudioPreviewFacts["numbers"], sides: Sides) {
  const lost = { ids: new Set<string>(), userIds: new Set<string>() };
  const won = { ids: new Set<string>(), userIds: new Set<string>() };
  const depending = new Set<string>();
  const hearingOf = createHearing(sides);

  function count(listener: PossibleListener): void {
    const { userId, grantedIds } = listener;
    const { withGrant, without } = hearingOf(listener);
    if (withGrant === "same" && without === "same") return;
    for (const id of numbersOf(listener, numbers)) {
      const hearing = grantedIds.has(id) ? withGrant : without;
      if ((numbers.get(id)?.recordings ?? 0) === 0 || hearing === "same") continue;
      if (hearing === "depends") depending.add(userId);
      else {
        const side = hearing === "lost" ? lost : won;
        side.ids.add(id);
        side.userIds.add(userId);
      }
    }
  }

  const tell = ({ ids, userIds }: typeof lost): AudioEffectFound => ({
    count: countRecordings(numbers, (id) => ids.has(id)),
    userIds: [...userIds],
  });
  return {
    count,
    told: (): readonly Told[] => [
      ["recordings-unheard", tell(lost)],
      ["recordings-opened", tell(won)],
      ["listeners-depend-on-address", { count: depending.size, userIds: [...depending] }],
    ],
  };
}

/** Whether an address is on the whitelist, before and after. */
type Chance = readonly [boolean, boolean];

/** What can be of an address that nobody knows: no list that is empty has it. */
function chancesOf(sides: Sides): readonly Chance[] {
  const [before, after] = [sides.before.policy, sides.after.policy];
  const isAlike = before.whitelist.join(" ") === after.whitelist.join(" ");
  const all: readonly Chance[] = [
    [false, false],
    [true, true],
    ...(isAlike ? [] : ([[true, false] as const, [false, true] as const] as const)),
  ];
  return all.filter(
    ([old, proposed]) =>
      (!old || before.whitelist.length > 0) && (!proposed || after.whitelist.length > 0),
  );
}

type Hearings = { readonly withGrant: Hearing; readonly without: Hearing };

/** Of users numbers are asked for by grant, not by being shareable. */
function createHearing(sides: Sides): (listener: PossibleListener) => Hearings {
  const { before, after } = sides;
  const chances = chancesOf(sides);
  const known = new Map<string, Hearings>();

  function hear(role: Role | null, hasGrant: boolean, seen: readonly Chance[]): Hearing {
    const listener = { kind: "user", role, hasGrant } as const;
    const hears = ({ decide }: Side, isOnList: boolean) =>
      decide({ listener, isNumberShareable: false, isWhitelisted: isOnList }) === "play";
    if (seen.length > 0) {
      const old = seen.some(([isOnList]) => hears(before, isOnList));
      return compareHearing(
        old,
        seen.some(([, isOnList]) => hears(after, isOnList)),
      );
    }
    const possible = new Set(
      chances.map(([old, proposed]) => compareHearing(hears(before, old), hears(after, proposed))),
    );
    const [first = "same"] = possible;
    return possible.size > 1 ? "depends" : first;
  }

  return ({ role, addresses }) => {
    const seen = addresses.map((address): Chance => {
      return [isWhitelisted(before.policy, address), isWhitelisted(after.policy, address)];
    });
    const key = `${role} ${seen.join(" ")}`;
    const found = known.get(key);
    if (found !== undefined) return found;
    const made = { withGrant: hear(role, true, seen), without: hear(role, false, seen) };
    // Whoever was in many places makes keys of their own.
    if (seen.length < 3) known.set(key, made);
    return made;
  };
}

function compareHearing(before: boolean, after: boolean): Hearing {
  if (before === after) return "same";
  return before ? "lost" : "won";
}

/** Admins hear all of the account's; others what they are granted, and may ask as they did. */
function numbersOf(
  { role, grantedIds, visitedIds }: PossibleListener,
  numbers: AudioPreviewFacts["numbers"],
): Iterable<string> {
  return isAtLeast(role, "admin") ? numbers.keys() : new Set([...grantedIds, ...visitedIds]);
}

/** For whoever is not signed in. */
function effectsOnLinks(
  numbers: AudioPreviewFacts["numbers"],
  { before, after }: Sides,
): readonly Told[] {
  const plays = ({ policy, decide }: Side, isNumberShareable: boolean, isListed: boolean) =>
    decide({
      listener: { kind: "nobody" },
      isNumberShareable,
      isWhitelisted: isListed && policy.whitelist.length > 0,
    }) === "play";
  const count = (from: Side, to: Side, isListed: boolean) => {
    const isOpened = [false, true].map((isShareable) => {
      const isNew = !plays(from, isShareable, isListed) && plays(to, isShareable, isListed);
      // What is open to anyone is told as that alone.
      return isNew && !(isListed && plays(to, isShareable, false));
    });
    const counted = countRecordings(numbers, (_, isShareable) => isOpened[+isShareable] === true);
    return { count: counted, userIds: [] };
  };
  return [
    ["recordings-open-to-anyone", count(before, after, false)],
    ["recordings-closed-to-anyone", count(after, before, false)],
    ["recordings-open-by-address", count(before, after, true)],
    ["recordings-closed-by-address", count(after, before, true)],
  ];
}

function countRecordings(
  numbers: AudioPreviewFacts["numbers"],
  isCounted: (id: string, isShareable: boolean) => boolean,
): number {
  let counted = 0;
  for (const [id, { isShareable, recordings }] of numbers) {
    if (isCounted(id, isShareable)) counted += recordings;
  }
  return counted;
}
