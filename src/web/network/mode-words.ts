// What the three modes of a network rule are called on screens.
import type { Mode } from "../../core/network/network-policy.ts";

/** What each mode would do, for one rule. */
export type ModeWords = Readonly<Record<Mode, string>>;

const NAMES: ModeWords = { off: "Off", monitor: "Monitor", enforce: "Enforce" };

export function nameOfMode(mode: Mode): string {
  return NAMES[mode];
}
