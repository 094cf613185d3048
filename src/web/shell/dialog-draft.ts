// Keeps what was typed into a dialog when the session ends under it, so that it opens again.
import { useEffect } from "react";
import { draftKey, dropDraft, keepDraft, readDraft } from "./form-draft.ts";
import { onSessionEnd } from "./session-end.ts";
import { readSessionState } from "./session-state.ts";

type Draft = Readonly<Record<string, unknown>>;

function keyOf(name: string): string | null {
  const { userId } = readSessionState();
  return userId === null ? null : draftKey(userId, name);
}

/** Null: nothing waits to be gone on with. Read it when the page is drawn first. */
export function readDialogDraft(name: string): Draft | null {
  const key = keyOf(name);
  return key === null ? null : readDraft(key);
}

/** @param typed null: nothing is lost with it */
export function useDialogDraft(name: string, typed: Draft | null): void {
  useEffect(() => {
    const key = keyOf(name);
    if (key !== null) dropDraft(key);
  }, [name]);
  useEffect(() => {
    if (typed === null) return undefined;
    return onSessionEnd(() => {
      const key = keyOf(name);
      if (key !== null) keepDraft(key, typed, []);
    });
  });
}
