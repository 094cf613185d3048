// Editing one section: the draft, what it was made from, and what somebody else saved meanwhile.
import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import type { IdentitySection } from "../../../core/identity/identity-policy.ts";
import { asApiProblem } from "../../api/api-problem.ts";
import type { ApiProblem } from "../../api/api-problem.ts";
import { draftKey, keepDraft, takeDraft } from "../../shell/form-draft.ts";
import { onSessionEnd } from "../../shell/session-end.ts";
import { readSessionState } from "../../shell/session-state.ts";
import { readSection, saveSection, sectionKey } from "./identity-section-query.ts";
import type { SectionAnswer, SectionOwner, SectionValues } from "./identity-section-query.ts";

export type SectionForm<Section extends IdentitySection, Draft> = {
  readonly toDraft: (value: SectionValues[Section]) => Draft;
  /** Null while something is not accepted. */
  readonly readDraft: (draft: Draft) => SectionValues[Section] | null;
};

export type SectionEditor<Section extends IdentitySection, Draft> = {
  /** What the draft is compared with. */
  readonly base: SectionAnswer<Section>;
  readonly draft: Draft;
  readonly setDraft: (draft: Draft) => void;
  readonly isDirty: boolean;
  /** Null while something is not accepted. */
  readonly value: SectionValues[Section] | null;
  readonly isSaving: boolean;
  /** True from a save until the next change. */
  readonly isSaved: boolean;
  /** What was changed came back after the session had ended under it. */
  readonly isRestored: boolean;
  readonly problem: ApiProblem | null;
  /** What somebody else saved since the draft was begun. */
  readonly theirs: SectionAnswer<Section> | null;
  readonly save: () => Promise<void>;
  readonly discard: () => void;
  /** Saves the draft over what somebody else saved. */
  readonly keepMine: () => Promise<void>;
  readonly takeTheirs: () => void;
};

/** @param answer as it is read now; it replaces the draft only while nothing was changed */
export function useSectionEditor<Section extends IdentitySection, Draft>(
  owner: SectionOwner<Section>,
  answer: SectionAnswer<Section>,
  form: SectionForm<Section, Draft>,
): SectionEditor<Section, Draft> {
  const client = useQueryClient();
  const kept = useRef<KeptDraft | null | undefined>(undefined);
  if (kept.current === undefined) kept.current = restoreDraft(owner);
  const restored = kept.current;
  const [base, setBase] = useState(answer);
  const [draft, setDraft] = useState(() =>
    restored === null ? form.toDraft(answer.value) : (restored.draft as Draft),
  );
  const isOutrun = restored !== null && restored.version !== answer.version;
  const [theirs, setTheirs] = useState<SectionAnswer<Section> | null>(isOutrun ? answer : null);
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  const [isSaving, setSaving] = useState(false);
  const [isSaved, setSaved] = useState(false);
  const isDirty = !isSame(draft, form.toDraft(base.value));
  const value = form.readDraft(draft);
  useKeptDraft(owner, isDirty ? { draft, version: base.version } : null);

  function adopt(next: SectionAnswer<Section>): void {
    setBase(next);
    setDraft(form.toDraft(next.value));
    setTheirs(null);
    setProblem(null);
  }

  // Somebody else saved and nothing is lost by showing it.
  if (answer.version > base.version && !isDirty && !isSaving) adopt(answer);

  async function saveOver(version: number): Promise<void> {
    if (value === null) return;
    setSaving(true);
    setProblem(null);
    try {
      const saved = await saveSection(owner, value, version);
      client.setQueryData(sectionKey(owner), saved);
      adopt(saved);
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
      setTheirs(await readSection(owner));
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
    value,
    isSaving,
    isSaved: isSaved && !isDirty,
    isRestored: restored !== null && isDirty,
    problem,
    theirs,
    save: () => saveOver(base.version),
    discard: () => adopt(base),
    keepMine: () => saveOver(theirs?.version ?? base.version),
    takeTheirs: () => {
      if (theirs === null) return;
      client.setQueryData(sectionKey(owner), theirs);
      adopt(theirs);
    },
  };
}

function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

type KeptDraft = { readonly draft: unknown; readonly version: number };

function keyOf({ section, account }: SectionOwner<IdentitySection>): string | null {
  const { userId } = readSessionState();
  if (userId === null) return null;
  return draftKey(userId, `identity-policy:${section}:${account ?? "*"}`);
}

function restoreDraft(owner: SectionOwner<IdentitySection>): KeptDraft | null {
  const key = keyOf(owner);
  const kept = key === null ? null : takeDraft(key);
  return kept === null ? null : (kept as KeptDraft);
}

/** @param kept null: nothing was changed */
function useKeptDraft(owner: SectionOwner<IdentitySection>, kept: KeptDraft | null): void {
  useEffect(() => {
    if (kept === null) return undefined;
    return onSessionEnd(() => {
      const key = keyOf(owner);
      if (key !== null) keepDraft(key, kept, []);
    });
  });
}
