// Counts down to an instant, for eyes every second and for screen readers every half minute.
import { VisuallyHidden } from "@mantine/core";
import { useEffect, useRef, useState } from "react";
import { describeCountdown } from "../../shell/describe-time.ts";

const SPOKEN_EVERY_S = 30;

export type CountdownProps = {
  /** On this browser's clock: see `ownTimeMs`. */
  readonly endsAtMs: number;
  /** Once, when it is over. */
  readonly onEnded?: () => void;
};

/** "4 minutes 12 seconds", to stand inside a sentence. */
export function Countdown({ endsAtMs, onEnded }: CountdownProps) {
  const leftSeconds = useSecondsLeft(endsAtMs, onEnded);
  return (
    <>
      <strong aria-hidden style={{ whiteSpace: "nowrap" }}>
        {describeCountdown(leftSeconds)}
      </strong>
      <VisuallyHidden aria-live="polite">
        {describeCountdown(Math.ceil(leftSeconds / SPOKEN_EVERY_S) * SPOKEN_EVERY_S)}
      </VisuallyHidden>
    </>
  );
}

/** Whole seconds; 0 when it is over, or when there is nothing to wait for. */
export function useSecondsLeft(endsAtMs: number | null, onEnded?: () => void): number {
  const [nowMs, setNowMs] = useState(() => Date.now());
  const toldFor = useRef<number | null>(null);
  const isOver = endsAtMs === null || nowMs >= endsAtMs;
  useEffect(() => {
    if (isOver) return undefined;
    const tick = (): void => setNowMs(Date.now());
    tick();
    const timer = setInterval(tick, 1000);
    // A computer that slept has not ticked.
    document.addEventListener("visibilitychange", tick);
    return () => {
      clearInterval(timer);
      document.removeEventListener("visibilitychange", tick);
    };
  }, [endsAtMs, isOver]);
  useEffect(() => {
    if (endsAtMs === null || !isOver || toldFor.current === endsAtMs) return;
    toldFor.current = endsAtMs;
    onEnded?.();
  }, [endsAtMs, isOver, onEnded]);
  return endsAtMs === null ? 0 : Math.max(0, Math.ceil((endsAtMs - nowMs) / 1000));
}

/**
 * An instant of the server on this browser's clock, which may be minutes off.
 * @param heard the server's time in the same answer, and when that answer came
 */
export function ownTimeMs(
  at: string,
  heard: { readonly serverTime: string; readonly receivedAtMs: number },
): number {
  return Date.parse(at) - Date.parse(heard.serverTime) + heard.receivedAtMs;
}
