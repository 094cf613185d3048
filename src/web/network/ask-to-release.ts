// Asks before a ban is released, wherever one is shown.
import { releaseBan } from "./address-ban-queries.ts";
import { askToConfirm } from "../shell/ask-to-confirm.tsx";

export type AskedRelease = {
  readonly id: number;
  readonly range: string;
  /** What is shown is read anew, also when it was refused. */
  readonly onDone: (isReleased: boolean) => Promise<void> | void;
};

export function askToRelease({ id, range, onDone }: AskedRelease): void {
  askToConfirm({
    title: `Release ${range}?`,
    changes:
      "It may come in again at once, and its counters begin at zero. If it goes on as before, " +
      "it is banned again.",
    confirmLabel: "Release",
    isDangerous: false,
    act: async () => {
      let isReleased = false;
      try {
        await releaseBan(id);
        isReleased = true;
      } finally {
        await onDone(isReleased);
      }
    },
    done: `${range} was released.`,
  });
}
