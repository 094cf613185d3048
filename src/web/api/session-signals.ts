// Passes on what answers of the API say about the session, from wherever they were asked for.

export type SessionSignal =
  /** Nobody is signed in any more; `code` is the problem's. */
  | { readonly kind: "ended"; readonly code: string; readonly message: string }
  /** Allowed later, when the sign-in is whole; `code` says what it lacks. */
  | { readonly kind: "unfinished"; readonly code: string }
  /** On the server's clock. */
  | { readonly kind: "idle-end"; readonly idleEndsAt: string | null };

type Listener = (signal: SessionSignal) => void;

const listeners = new Set<Listener>();

/** Gives back what ends the listening. */
export function onSessionSignal(listener: Listener): () => void {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
}

export function sendSessionSignal(signal: SessionSignal): void {
  for (const listener of listeners) listener(signal);
}
