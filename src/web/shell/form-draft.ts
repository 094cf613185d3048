// Keeps what was typed into a form when the session ends under it; never passwords.

const PREFIX = "postern-draft:";

/** Drafts stand in this tab's memory only, and only under the user who typed them. */
export function draftKey(userId: string, form: string): string {
  return `${PREFIX}${userId}:${form}`;
}

export function keepDraft(
  key: string,
  values: Readonly<Record<string, unknown>>,
  secretFields: readonly string[],
): void {
  const kept = Object.entries(values).filter(([name]) => !isSecret(name, secretFields));
  try {
    sessionStorage.setItem(key, JSON.stringify(Object.fromEntries(kept)));
  } catch {
    // Storage that is full or switched off keeps nothing; signing in works all the same.
  }
}

/** Whoever forgets to name a password field loses a draft, not a password. */
function isSecret(name: string, secretFields: readonly string[]): boolean {
  return secretFields.includes(name) || /password|secret|token|code/i.test(name);
}

export function dropDraft(key: string): void {
  try {
    sessionStorage.removeItem(key);
  } catch {
    // Without storage there is nothing to drop.
  }
}

/** Leaves it where it is: what is being drawn may be thrown away and drawn again. */
export function readDraft(key: string): Readonly<Record<string, unknown>> | null {
  try {
    const text = sessionStorage.getItem(key);
    if (text === null) return null;
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null
      ? (value as Readonly<Record<string, unknown>>)
      : null;
  } catch {
    return null;
  }
}

/** Gives the draft once, to whoever asks when its form is there for good. */
export function takeDraft(key: string): Readonly<Record<string, unknown>> | null {
  const draft = readDraft(key);
  dropDraft(key);
  return draft;
}

/** Somebody who signs out, or another user, leaves nothing behind. */
export function dropDrafts(keepForUserId: string | null): void {
  try {
    const kept = keepForUserId === null ? null : draftKey(keepForUserId, "");
    for (const key of Object.keys(sessionStorage)) {
      if (!key.startsWith(PREFIX) || (kept !== null && key.startsWith(kept))) continue;
      sessionStorage.removeItem(key);
    }
  } catch {
    // Without storage there is nothing to drop.
  }
}
