// Tells addresses inside this console from all others.

export const CONSOLE_HOME = "/postern/";

/** Stands for whatever origin the page has; an address that leaves it is not a path. */
const ANY_ORIGIN = "https://console.invalid";

/**
 * A path of this console out of an address that anybody may have written.
 * INVARIANT: never another origin, never a script (ASVS 3.7.2: no open redirects).
 * @returns the path below /postern/ with its query, or null
 */
export function consolePath(wanted: unknown): string | null {
  if (typeof wanted !== "string" || !wanted.startsWith("/")) return null;
  try {
    const { origin, pathname, search } = new URL(wanted, ANY_ORIGIN);
    const isHere = origin === ANY_ORIGIN && pathname.startsWith(CONSOLE_HOME);
    return isHere ? `${pathname}${search}` : null;
  } catch {
    return null;
  }
}
