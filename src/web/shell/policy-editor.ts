// Editing one policy: the draft, what it was made from, and what somebody else saved meanwhile.
import { useQueryClient } from "@tanstack/react-query";
import type { QueryKey } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { isSameValue } from "../../core/policy/is-same-value.ts";
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
  /** What somebody else saved since then has gone again: nothing stands between draft and save. */
  readonly isAsBefore: boolean;
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
  const [isAsBefore, setAsBefore] = useState(false);
  const goBack = useGoBackChoice();
  const isDirty = !isSameValue(draft, source.toDraft(base.value));
  useKeptDraft(source.draftName, isDirty ? { draft, version: base.version } : null);

  function adopt(next: Answer): void {
    setBase(next);
    setDraft(source.toDraft(next.value));
    setTheirs(null);
    setProblem(null);
    setAsBefore(false);
  }

  /** The rules have another version and are the same: the draft is one of them all the same. */
  function begin(again: Answer): void {
    setBase(again);
    setTheirs(null);
    setProblem(null);
    setAsBefore(true);
  }

  if (answer.version > base.version && !isSaving) {
    if (!isDirty) {
      // Somebody else saved and nothing is lost by showing it.
      adopt(answer);
      setSaved(false);
    } else if (isSameValue(answer.value, base.value)) begin(answer);
    else if (theirs !== null && answer.version > theirs.version) setTheirs(answer);
  }

  async function saveOver(saved: Answer): Promise<void> {
    const value = source.readDraft(draft, saved.value);
    if (value === null || goBack.fault !== null) return;
    setSaving(true);
    setProblem(null);
    setAsBefore(false);
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
      const now = await source.read();
      if (isSameValue(now.value, base.value)) begin(now);
      else setTheirs(now);
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
    isAsBefore: isAsBefore && isDirty,
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
