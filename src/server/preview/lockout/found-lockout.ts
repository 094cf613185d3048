// What the guard found, whichever rules it is about.
import type { Step } from "../../../core/decision.ts";
import type { Surface } from "../../../core/network/surface.ts";
import type { LockoutRemedy } from "../../../api/lockout-api.ts";

export type FoundLockout = {
  readonly who: "you" | "operators";
  /** Null: wherever they sign in from. */
  readonly address: string | null;
  readonly surface: Surface;
  readonly account: string | null;
  /** Null: at once. */
  readonly atMs: number | null;
  readonly reason: string;
  readonly steps: readonly Step[];
  readonly remedy: LockoutRemedy;
};
