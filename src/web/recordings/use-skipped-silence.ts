// Jumps over the silent stretches of a recording while it plays.
import { useEffect } from "react";
import { endOfSilence } from "./find-silences.ts";
import type { Silence } from "./find-silences.ts";

/** @param silences none: nothing is skipped */
export function useSkippedSilence(
  element: HTMLAudioElement | null,
  silences: readonly Silence[],
): void {
  useEffect(() => {
    if (element === null || silences.length === 0) return undefined;
    let frame = 0;
    function skip(): void {
      if (element === null || element.paused || element.seeking) return;
      const end = endOfSilence(silences, element.currentTime);
      if (end !== null) element.currentTime = end;
    }
    function watch(): void {
      skip();
      frame = requestAnimationFrame(watch);
    }
    watch();
    // Frames stop in a tab that is not seen; the time goes on.
    element.addEventListener("timeupdate", skip);
    return () => {
      cancelAnimationFrame(frame);
      element.removeEventListener("timeupdate", skip);
    };
  }, [element, silences]);
}
