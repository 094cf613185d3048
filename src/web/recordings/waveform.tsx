// Draws the waveform of a recording and how much of it has been heard.
import { useComputedColorScheme } from "@mantine/core";
import { useEffect, useRef } from "react";
import WaveSurfer from "wavesurfer.js";
import { styleNonce } from "../shell/style-nonce.ts";
import type { DecodedAudio } from "./decode-audio.ts";

export type WaveformProps = {
  readonly element: HTMLAudioElement;
  readonly decoded: DecodedAudio;
  /** Pixels. */
  readonly height: number;
};

export function Waveform({ element, decoded, height }: WaveformProps) {
  const place = useRef<HTMLDivElement>(null);
  const drawn = useRef<WaveSurfer | null>(null);
  const scheme = useComputedColorScheme("light");
  useEffect(() => {
    if (place.current === null) return undefined;
    const wave = WaveSurfer.create({
      container: place.current,
      // Streams by itself: the drawing neither loads nor changes it.
      media: element,
      peaks: [[...decoded.peaks]],
      duration: decoded.durationSeconds,
      cspNonce: styleNonce(),
      height,
      normalize: true,
      barWidth: 2,
      barGap: 2,
      barRadius: 2,
      barMinHeight: 2,
      cursorWidth: 2,
      hideScrollbar: true,
      // The time line around it moves the place, by pointer and by keyboard.
      interact: false,
      ...coloursIn(place.current),
    });
    wave.on("ready", () => drawHeard(wave));
    drawn.current = wave;
    return () => wave.destroy();
  }, [element, decoded, height]);
  useEffect(() => {
    if (place.current === null || drawn.current === null) return;
    // A canvas keeps the colours it was drawn in.
    drawn.current.setOptions(coloursIn(place.current));
    drawHeard(drawn.current);
  }, [scheme]);
  return <div ref={place} aria-hidden="true" />;
}

/** What is paused tells nothing of itself. */
function drawHeard(wave: WaveSurfer): void {
  const duration = wave.getDuration();
  if (duration > 0) wave.getRenderer().renderProgress(wave.getCurrentTime() / duration);
}

function coloursIn(place: HTMLElement) {
  const styles = getComputedStyle(place);
  return {
    waveColor: styles.getPropertyValue("--postern-wave"),
    progressColor: styles.getPropertyValue("--postern-wave-heard"),
    cursorColor: styles.getPropertyValue("--postern-wave-heard"),
  };
}
