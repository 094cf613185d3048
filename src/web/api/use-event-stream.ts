// Listens to one of the server's streams while the page is looked at, and says how that goes.
import { useEffect, useRef, useState } from "react";

/** `paused`: by a person; a hidden page is not looked at, and says nothing. */
export type StreamState = "connecting" | "live" | "reconnecting" | "paused";

export type EventStream = {
  /** Below /postern; null: there is nothing to listen to. */
  readonly path: string | null;
  /** By the name of the event; what they are given is the parsed data. */
  readonly on: Readonly<Record<string, (data: unknown) => void>>;
  /** Each time it is open after it was not: what was missed has to be read anew. */
  readonly onReopened: () => void;
  /** The server refuses the stream, or cannot be reached: the page's own questions say why. */
  readonly onRefused?: () => void;
  readonly isPaused?: boolean;
};

/** A refused stream is not tried again by the browser; the wait doubles each time. */
const RETRY_MS_MIN = 4_000;
const RETRY_MS_MAX = 60_000;

/**
 * Closed while the tab is hidden: browsers open six connections to a host for all tabs together,
 * and the seventh tab would wait forever.
 */
export function useEventStream(wanted: EventStream): StreamState {
  const { path, isPaused = false } = wanted;
  const [state, setState] = useState<StreamState>("connecting");
  const latest = useRef(wanted);
  latest.current = wanted;
  const names = Object.keys(wanted.on).join(" ");
  const wasOpen = useRef(false);

  useEffect(() => {
    if (path === null || isPaused) return undefined;
    return openStream({
      url: `/postern${path}`,
      names: names.split(" "),
      onState: setState,
      onMessage: (name, data) => latest.current.on[name]?.(data),
      onOpened: () => {
        if (wasOpen.current) latest.current.onReopened();
        wasOpen.current = true;
      },
      onRefused: () => latest.current.onRefused?.(),
    });
  }, [path, names, isPaused]);
  return isPaused ? "paused" : state;
}

type Opening = {
  readonly url: string;
  readonly names: readonly string[];
  readonly onState: (state: StreamState) => void;
  readonly onMessage: (name: string, data: unknown) => void;
  readonly onOpened: () => void;
  readonly onRefused: () => void;
};

/** Gives back what ends it for good. */
function openStream(given: Opening): () => void {
  let source: EventSource | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let retryMs = RETRY_MS_MIN;

  function open(): void {
    close();
    const opened = new EventSource(given.url);
    source = opened;
    opened.addEventListener("open", () => {
      retryMs = RETRY_MS_MIN;
      given.onState("live");
      given.onOpened();
    });
    opened.addEventListener("error", () => {
      given.onState("reconnecting");
      if (opened.readyState !== EventSource.CLOSED) return;
      given.onRefused();
      timer = setTimeout(open, retryMs);
      retryMs = Math.min(retryMs * 2, RETRY_MS_MAX);
    });
    for (const name of given.names) {
      opened.addEventListener(name, (event: MessageEvent<string>) =>
        given.onMessage(name, JSON.parse(event.data)),
      );
    }
  }

  function close(): void {
    clearTimeout(timer);
    source?.close();
    source = null;
  }

  function onVisibility(): void {
    if (document.visibilityState === "hidden") close();
    else if (source === null) open();
  }

  document.addEventListener("visibilitychange", onVisibility);
  if (document.visibilityState !== "hidden") open();
  return () => {
    document.removeEventListener("visibilitychange", onVisibility);
    close();
  };
}
