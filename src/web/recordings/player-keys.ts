// Which key does what in the player.

export type PlayerAct =
  | { readonly kind: "toggle" }
  | { readonly kind: "move"; readonly bySeconds: number }
  | { readonly kind: "begin" }
  | { readonly kind: "end" }
  | { readonly kind: "volume"; readonly by: number };

const MOVED_SECONDS = 5;
const VOLUME_STEP = 0.1;

const ACTS: Readonly<Record<string, PlayerAct>> = {
  " ": { kind: "toggle" },
  ArrowLeft: { kind: "move", bySeconds: -MOVED_SECONDS },
  ArrowRight: { kind: "move", bySeconds: MOVED_SECONDS },
  Home: { kind: "begin" },
  End: { kind: "end" },
  ArrowUp: { kind: "volume", by: VOLUME_STEP },
  ArrowDown: { kind: "volume", by: -VOLUME_STEP },
};

/** What the help says, in its order. */
export const KEY_HELP: readonly { readonly keys: readonly string[]; readonly does: string }[] = [
  { keys: ["Space"], does: "Play or pause" },
  { keys: ["←", "→"], does: `${MOVED_SECONDS} seconds back or on` },
  { keys: ["Home", "End"], does: "To the beginning or the end" },
  { keys: ["↑", "↓"], does: "Louder or quieter" },
];

/** What the focus is on: fields and menus keep all of their keys, buttons the space bar. */
export type KeyOwner = "field" | "button" | "other";

export type PressedKey = {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly altKey: boolean;
  readonly metaKey: boolean;
};

/** Null: the key is the browser's, or belongs to what the focus is on. */
export function actOfKey(pressed: PressedKey, owner: KeyOwner): PlayerAct | null {
  if (pressed.ctrlKey || pressed.altKey || pressed.metaKey || owner === "field") return null;
  if (owner === "button" && pressed.key === " ") return null;
  return Object.hasOwn(ACTS, pressed.key) ? (ACTS[pressed.key] ?? null) : null;
}

const FIELDS = "input, select, textarea, [contenteditable], [role=menu], [role=dialog]";
const BUTTONS = "button, a, summary";

/** @param within what stands inside the player; a dialog around it takes nothing from it */
export function ownerOfKeys(target: EventTarget | null, within: Element | null): KeyOwner {
  if (!(target instanceof Element)) return "other";
  const field = target.closest(FIELDS);
  if (field !== null && (within === null || within.contains(field))) return "field";
  return target.closest(BUTTONS) === null ? "other" : "button";
}
