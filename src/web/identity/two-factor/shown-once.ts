// Guards what is shown only once: whoever has not kept it is asked once before it goes.
import { useBlocker } from "@tanstack/react-router";
import { useState } from "react";
import { readSessionState } from "../../shell/session-state.ts";

export type ShownOnce = {
  /** It was copied, downloaded or printed. */
  readonly keep: () => void;
  /** Whether closing was asked about already. */
  readonly isAsked: boolean;
  /** Asks, or leaves. */
  readonly close: () => void;
};

/** @param isShown nothing is guarded before */
export function useShownOnce(isShown: boolean, leave: () => void): ShownOnce {
  const [isKept, setKept] = useState(false);
  const [isAsked, setAsked] = useState(false);
  const isGuarded = (): boolean =>
    isShown && !isKept && !isAsked && readSessionState().userId !== null;
  useBlocker({
    shouldBlockFn: () => {
      const isBlocked = isGuarded();
      if (isBlocked) setAsked(true);
      return isBlocked;
    },
    enableBeforeUnload: isGuarded,
  });
  return {
    keep: () => setKept(true),
    isAsked: isAsked && !isKept,
    close: () => {
      if (isShown && !isKept && !isAsked) setAsked(true);
      else leave();
    },
  };
}
