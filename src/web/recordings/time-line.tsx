// Where in the recording one is: its waveform, or a plain line, to click into or to move along.
import { lazy, Suspense } from "react";
import type { PointerEvent } from "react";
import type { DecodedAudio } from "./decode-audio.ts";
import { spellLength } from "./describe-length.ts";
import type { Playback } from "./use-audio.ts";

const Waveform = lazy(async () => ({ default: (await import("./waveform.tsx")).Waveform }));

export type TimeLineProps = {
  readonly playback: Playback;
  /** Null: a plain line. */
  readonly decoded: DecodedAudio | null;
  /** Pixels. */
  readonly height: number;
};

/** Its keys are those of the player around it. */
export function TimeLine({ playback, decoded, height }: TimeLineProps) {
  const { element, seconds, durationSeconds, moveTo } = playback;
  const line = <PlainLine share={durationSeconds === 0 ? 0 : seconds / durationSeconds} />;
  function follow(event: PointerEvent<HTMLDivElement>): void {
    const { left, width } = event.currentTarget.getBoundingClientRect();
    moveTo(((event.clientX - left) / width) * durationSeconds);
  }
  return (
    <div
      role="slider"
      tabIndex={0}
      className="postern-time-line"
      style={{ height }}
      aria-label="Position"
      aria-valuemin={0}
      aria-valuemax={Math.floor(durationSeconds)}
      aria-valuenow={Math.floor(seconds)}
      aria-valuetext={`${spellLength(seconds)} of ${spellLength(durationSeconds)}`}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        follow(event);
      }}
      onPointerMove={(event) => {
        if (event.currentTarget.hasPointerCapture(event.pointerId)) follow(event);
      }}
    >
      {element === null || decoded === null || decoded.peaks.length === 0 ? (
        line
      ) : (
        <Suspense fallback={line}>
          <Waveform element={element} decoded={decoded} height={height} />
        </Suspense>
      )}
    </div>
  );
}

/** @param share from 0 to 1 */
function PlainLine({ share }: { readonly share: number }) {
  const heard = `${Math.min(1, share) * 100}%`;
  return (
    <div className="postern-plain-line" aria-hidden="true">
      <div className="postern-plain-line-heard" style={{ width: heard }} />
      <div className="postern-plain-line-knob" style={{ insetInlineStart: heard }} />
    </div>
  );
}
