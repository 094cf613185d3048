// One media element as a page sees it: what it does, what can be done with it, what went wrong.
import { useEffect, useReducer, useRef, useState } from "react";
import type { RecordingFormat } from "../../core/recordings/recording-format.ts";
import type { AudioFile } from "./decode-audio.ts";
import { askWhyStopped, faultOfBrowser, faultOfProblem } from "./play-fault.ts";
import type { PlayFault } from "./play-fault.ts";

export type PlayedFile = AudioFile & {
  readonly format: RecordingFormat;
  /** Under which it is saved. */
  readonly fileName: string;
};

export type Playback = {
  /** Null before the first drawing. */
  readonly element: HTMLAudioElement | null;
  readonly setElement: (element: HTMLAudioElement | null) => void;
  readonly isPlaying: boolean;
  /** It plays, but nothing has come yet, or not enough. */
  readonly isWaiting: boolean;
  /** The browser wants a click before it makes a sound. */
  readonly isBlocked: boolean;
  /** Something was heard already. */
  readonly hasStarted: boolean;
  readonly seconds: number;
  readonly durationSeconds: number;
  /** Null: none. */
  readonly fault: PlayFault | null;
  readonly play: () => void;
  readonly toggle: () => void;
  /** Beyond the ends is at the end. */
  readonly moveTo: (seconds: number) => void;
  /** From 0 to 1. */
  readonly setVolume: (volume: number) => void;
  readonly retry: () => void;
};

export type UseAudio = { readonly file: PlayedFile; readonly isPlayedOnArrival: boolean };

/** After any of them the element may be in another state. */
const EVENTS = [
  "play",
  "playing",
  "pause",
  "timeupdate",
  "durationchange",
  "ratechange",
  "volumechange",
  "seeking",
  "seeked",
  "waiting",
  "canplay",
  "ended",
  "emptied",
] as const;

export function useAudio({ file, isPlayedOnArrival }: UseAudio): Playback {
  const [element, setElement] = useState<HTMLAudioElement | null>(null);
  const [isBlocked, setBlocked] = useState(false);
  const [hasStarted, setStarted] = useState(false);
  useChanges(element);
  const { fault, clearFault } = useFault(element, file);

  function play(): void {
    setBlocked(false);
    clearFault();
    if (element !== null) playElement(element, () => setBlocked(true));
  }

  useEffect(() => {
    if (element === null) return undefined;
    // Nothing is fetched before it is to be heard: what is fetched is recorded as listened to.
    element.src = file.url;
    const start = (): void => setStarted(true);
    element.addEventListener("playing", start);
    if (isPlayedOnArrival) playElement(element, () => setBlocked(true));
    return () => {
      element.removeEventListener("playing", start);
      // Ends what is still being sent.
      element.removeAttribute("src");
      element.load();
    };
  }, [element, file.url, isPlayedOnArrival]);

  function retry(): void {
    if (element === null) return;
    const { currentTime } = element;
    element.load();
    element.currentTime = currentTime;
    play();
  }

  function toggle(): void {
    if (fault !== null) {
      if (fault.canRetry) retry();
    } else if (element?.paused === false && !element.ended) element.pause();
    else play();
  }

  const durationSeconds = durationOf(element, file);
  return {
    element,
    setElement,
    isPlaying: element !== null && !element.paused && !element.ended,
    isWaiting: isWaitingFor(element),
    isBlocked,
    hasStarted,
    seconds: element?.currentTime ?? 0,
    durationSeconds,
    fault,
    play,
    toggle,
    moveTo: (seconds) => {
      if (element !== null) element.currentTime = Math.min(Math.max(0, seconds), durationSeconds);
    },
    setVolume: (volume) => {
      if (element === null) return;
      element.volume = Math.min(1, Math.max(0, volume));
      element.muted = false;
    },
    retry,
  };
}

/** A browser that wants a click first says so; whatever else goes wrong comes as an event. */
function playElement(element: HTMLAudioElement, onBlocked: () => void): void {
  element.play().catch((error: unknown) => {
    if (error instanceof DOMException && error.name === "NotAllowedError") onBlocked();
  });
}

function useChanges(element: HTMLAudioElement | null): void {
  const [, noteChange] = useReducer((count: number) => count + 1, 0);
  useEffect(() => {
    if (element === null) return undefined;
    for (const name of EVENTS) element.addEventListener(name, noteChange);
    return () => {
      for (const name of EVENTS) element.removeEventListener(name, noteChange);
    };
  }, [element]);
}

type FaultState = { readonly fault: PlayFault | null; readonly clearFault: () => void };

function useFault(element: HTMLAudioElement | null, { url, format }: PlayedFile): FaultState {
  const [fault, setFault] = useState<PlayFault | null>(null);
  const asked = useRef(0);
  useEffect(() => {
    if (element === null) return undefined;
    async function tell(): Promise<void> {
      asked.current += 1;
      const asking = asked.current;
      const code = element?.error?.code;
      element?.pause();
      const problem = await askWhyStopped(url);
      if (asking !== asked.current) return;
      const isUnreadable =
        code === MediaError.MEDIA_ERR_DECODE || code === MediaError.MEDIA_ERR_SRC_NOT_SUPPORTED;
      setFault(problem === null ? faultOfBrowser(isUnreadable, format) : faultOfProblem(problem));
    }
    const onError = (): void => void tell();
    element.addEventListener("error", onError);
    return () => {
      asked.current += 1;
      element.removeEventListener("error", onError);
    };
  }, [element, url, format]);
  return { fault, clearFault: () => setFault(null) };
}

function isWaitingFor(element: HTMLAudioElement | null): boolean {
  if (element === null || element.paused || element.error !== null) return false;
  return element.readyState < HTMLMediaElement.HAVE_FUTURE_DATA && !element.ended;
}

/** Until the browser knows it, and where it never does, what the server read from the file. */
function durationOf(element: HTMLAudioElement | null, { durationMs }: PlayedFile): number {
  const known = element?.duration;
  return known !== undefined && Number.isFinite(known) && known > 0 ? known : durationMs / 1000;
}
