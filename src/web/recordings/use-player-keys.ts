// Listens to the keys of a player: those of the whole page, or only those inside it.
import { useEffect, useRef } from "react";
import { actOfKey, ownerOfKeys } from "./player-keys.ts";
import type { PlayerAct } from "./player-keys.ts";
import type { Playback } from "./use-audio.ts";

export type UsePlayerKeys = {
  /** Null before the first drawing. */
  readonly box: HTMLElement | null;
  readonly playback: Playback;
  /** The player is what the page is about. */
  readonly isWholePage: boolean;
};

export function usePlayerKeys({ box, playback, isWholePage }: UsePlayerKeys): void {
  const latest = useRef(playback);
  latest.current = playback;
  useEffect(() => {
    if (box === null) return undefined;
    const target = isWholePage ? window : box;
    function hear(event: Event): void {
      if (!(event instanceof KeyboardEvent) || event.defaultPrevented || box === null) return;
      const isInside = event.target instanceof Node && box.contains(event.target);
      const act = actOfKey(event, ownerOfKeys(event.target, isWholePage ? null : box));
      // Outside of the player these scroll the page.
      if (act === null || (act.kind === "volume" && !isInside)) return;
      event.preventDefault();
      doAct(act, latest.current);
    }
    target.addEventListener("keydown", hear);
    return () => target.removeEventListener("keydown", hear);
  }, [box, isWholePage]);
}

function doAct(act: PlayerAct, playback: Playback): void {
  const { element, seconds, durationSeconds, moveTo } = playback;
  switch (act.kind) {
    case "toggle":
      return playback.toggle();
    case "move":
      return moveTo((element?.currentTime ?? seconds) + act.bySeconds);
    case "begin":
      return moveTo(0);
    case "end":
      return moveTo(durationSeconds);
    case "volume":
      return playback.setVolume((element?.muted === true ? 0 : (element?.volume ?? 1)) + act.by);
    default:
      return act satisfies never;
  }
}
