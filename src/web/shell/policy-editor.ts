// Editing one policy: the draft, what it was made from, and what somebody else saved meanwhile.
import { useQueryClient } from "@tanstack/react-query";
import type { QueryKey } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { asApiProblem } from "../api/api-problem.ts";
import type { ApiProblem } from "../api/api-problem.ts";
import { draftKey, keepDraft, takeDraft } from "./form-draft.ts";
import { useGoBackChoice } from "./go-back-choice.ts";
import type { GoBackChoice } from "./go-back-choice.ts";
import { onSessionEnd } from "./session-end.ts";
import { readSessionState } from "./session-state.ts";

export type VersionedAnswer<Value> = { readonly value: Value; readonly version: number };

export type SavedOver<Answer> = {
  readonly version: number;
  /** The answer of that version. */
  readonly replaced: Answer;
  /** After which it goes back unless it is confirmed; null: it stays. */
  readonly minutes: number | null;
};

export type PolicySource<Answer extends VersionedAnswer<Value>, Value, Draft> = {
  /** Of the query that reads it; what was saved is put there. */
  readonly queryKey: QueryKey;
  /** Names what is kept when the session ends, such as `audio-download:acme`. */
  readonly draftName: string;
  readonly read: () => Promise<Answer>;
  /** Refused with 412 when somebody saved after `version` was read. */
  readonly save: (value: Value, over: SavedOver<Answer>) => Promise<Answer>;
  readonly toDraft: (value: Value) => Draft;
  /** Null while something is not accepted. What the draft does not hold comes from `saved`. */
  readonly readDraft: (draft: Draft, saved: Value) => Value | null;
};

export type PolicyEditor<Answer extends VersionedAnswer<Value>, Value, Draft> = {
  /** What the draft is compared with. */
  readonly base: Answer;
  readonly draft: Draft;
  readonly setDraft: (draft: Draft) => void;
  readonly isDirty: boolean;
  /** Null while something is not accepted. */
  readonly value: Value | null;
  readonly isSaving: boolean;
  /** For how long it is saved. */
  readonly goBack: GoBackChoice;
  /** True from a save until the next change. */
  readonly isSaved: boolean;
  /** What was changed came back after the session had ended under it. */
  readonly isRestored: boolean;
  readonly problem: ApiProblem | null;
  /** What somebody else saved since the draft was begun. */
  readonly theirs: Answer | null;
  readonly save: () => Promise<void>;
  readonly discard: () => void;
  /** Saves the draft over what somebody else saved. */
  readonly keepMine: () => Promise<void>;
  readonly takeTheirs: () => void;
};

/** @param answer as it is read now; it replaces the draft only while nothing was changed */
export function usePolicyEditor<Answer extends VersionedAnswer<Value>, Value, Draft>(
  source: PolicySource<Answer, Value, Draft>,
  answer: Answer,
): PolicyEditor<Answer, Value, Draft> {
  const client = useQueryClient();
  const kept = useRef<KeptDraft | null | undefined>(undefined);
  if (kept.current === undefined) kept.current = restoreDraft(source.draftName);
  const restored = kept.current;
  const [base, setBase] = useState(answer);
  const [draft, setDraft] = useState(() =>
    restored === null ? source.toDraft(answer.value) : (restored.draft as Draft),
  );
  const isOutrun = restored !== null && restored.version !== answer.version;
  const [theirs, setTheirs] = useState<Answer | null>(isOutrun ? answer : null);
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  const [isSaving, setSaving] = useState(false);
  const [isSaved, setSaved] = useState(false);
  const goBack = useGoBackChoice();
  const isDirty = !isSame(draft, source.toDraft(base.value));
  useKeptDraft(source.draftName, isDirty ? { draft, version: base.version } : null);

  function adopt(next: Answer): void {
    setBase(next);
    setDraft(source.toDraft(next.value));
    setTheirs(null);
    setProblem(null);
  }

  // Somebody else saved and nothing is lost by showing it.
  if (answer.version > base.version && !isDirty && !isSaving) {
    adopt(answer);
    setSaved(false);
  }

  async function saveOver(saved: Answer): Promise<void> {
    const value = source.readDraft(draft, saved.value);
    if (value === null || goBack.fault !== null) return;
    setSaving(true);
    setProblem(null);
    try {
      const next = await source.save(value, {
        version: saved.version,
        replaced: saved,
        minutes: goBack.minutes,
      });
      client.setQueryData(source.queryKey, next);
      adopt(next);
      setSaved(true);
    } catch (error) {
      const refusal = asApiProblem(error);
      if (refusal.status === 412) await showTheirs(refusal);
      else setProblem(refusal);
    } finally {
      setSaving(false);
    }
  }

  async function showTheirs(refusal: ApiProblem): Promise<void> {
    try {
      setTheirs(await source.read());
    } catch {
      setProblem(refusal);
    }
  }

  return {
    base,
    draft,
    setDraft: (next) => {
      setDraft(next);
      setSaved(false);
    },
    isDirty,
    value: source.readDraft(draft, base.value),
    isSaving,
    goBack,
    isSaved: isSaved && !isDirty,
    isRestored: restored !== null && isDirty,
    problem,
    theirs,
    save: () => saveOver(base),
    discard: () => adopt(base),
    keepMine: () => saveOver(theirs ?? base),
    takeTheirs: () => {
      if (theirs === null) return;
      client.setQueryData(source.queryKey, theirs);
      adopt(theirs);
    },
  };
}

function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

type KeptDraft = { readonly draft: unknown; readonly version: number };

function keyOf(draftName: string): string | null {
  const { userId } = readSessionState();
  return userId === null ? null : draftKey(userId, draftName);
}

function restoreDraft(draftName: string): KeptDraft | null {
  const key = keyOf(draftName);
  const kept = key === null ? null : takeDraft(key);
  return kept === null ? null : (kept as KeptDraft);
}

/** @param kept null: nothing was changed */
function useKeptDraft(draftName: string, kept: KeptDraft | null): void {
  useEffect(() => {
    if (kept === null) return undefined;
    return onSessionEnd(() => {
      const key = keyOf(draftName);
      if (key !== null) keepDraft(key, kept, []);
    });
  });
}
