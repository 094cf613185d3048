// Which ends of waiting changes were read in this browser, so that each is told once.

const KEY = "postern-unconfirmed-read";
/** More than are told of at a time. */
const KEPT_MAX = 60;

/** Where the browser keeps nothing, this tab remembers. */
const readHere = new Set<string>();

export function wasRead(changeId: string): boolean {
  return readHere.has(changeId) || stored().includes(changeId);
}

export function markRead(changeId: string): void {
  readHere.add(changeId);
  const others = stored().filter((one) => one !== changeId);
  try {
    localStorage.setItem(KEY, JSON.stringify([...others, changeId].slice(-KEPT_MAX)));
  } catch {
    // It is told again in the next tab.
  }
}

function stored(): readonly unknown[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(KEY) ?? "[]");
    return Array.isArray(kept) ? kept : [];
  } catch {
    return [];
  }
}
