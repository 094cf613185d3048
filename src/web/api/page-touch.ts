// Remembers when a person last touched the page, which tells a person's requests from a timer's.

const TOUCHES = ["pointerdown", "keydown", "wheel", "touchstart"] as const;
const OWN_REQUEST_MS = 10_000;

let touchedAtMs = Date.now();
const listeners = new Set<() => void>();

/** Call once, when the page starts. */
export function watchTouches(): void {
  for (const name of TOUCHES) window.addEventListener(name, noteTouch, { passive: true });
}

function noteTouch(): void {
  touchedAtMs = Date.now();
  for (const listener of listeners) listener();
}

/** Whether a request that starts now is a person's doing (SPEC 3.3: polling is no activity). */
export function isByPerson(): boolean {
  return Date.now() - touchedAtMs < OWN_REQUEST_MS;
}

export function onTouch(listener: () => void): () => void {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
}
