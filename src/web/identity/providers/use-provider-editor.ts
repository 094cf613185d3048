// Editing a provider that is there: what was read, what is typed, what others saved meanwhile.
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { ChangedProviderAnswer, ProviderAnswer } from "../../../api/provider-api.ts";
import { isSameValue } from "../../../core/policy/is-same-value.ts";
import { ApiProblem } from "../../api/api-problem.ts";
import { countOf } from "../../accounts/user-words.ts";
import { useProblemForm } from "../../shell/problem-form.ts";
import type { ProblemForm } from "../../shell/problem-form.ts";
import { showDone } from "../../shell/show-toast.ts";
import { providerPatch, toDraft } from "./provider-draft.ts";
import type { ProviderDraft } from "./provider-draft.ts";
import { providerRules } from "./provider-rules.ts";
import { changeProvider, readProvider, showProvider } from "./provider-queries.ts";

export type ProviderEditor = ProblemForm<ProviderDraft> & {
  /** What was read when the form was begun. */
  readonly read: ProviderAnswer;
  /** What somebody else saved since then; saving now would replace it. */
  readonly theirs: ProviderAnswer | null;
  /** What the form is compared with: theirs, once it is known. */
  readonly base: ProviderAnswer;
  readonly takeTheirs: () => void;
  readonly discard: () => void;
};

type Outcome =
  | { readonly isSaved: true; readonly provider: ChangedProviderAnswer }
  | { readonly isSaved: false; readonly theirs: ProviderAnswer };

/** @param provider as it is read now; it replaces the form's only while nothing was typed */
export function useProviderEditor(provider: ProviderAnswer, isOperator: boolean): ProviderEditor {
  const client = useQueryClient();
  const [read, setRead] = useState(provider);
  const [theirs, setTheirs] = useState<ProviderAnswer | null>(null);
  const over = theirs ?? read;
  const kit = useProblemForm<ProviderDraft, Outcome>({
    draft: `provider:${provider.id}`,
    initialValues: toDraft(provider),
    secretFields: ["clientSecret"],
    validate: providerRules({ base: over, takenCodes: [], isOperator }),
    send: (draft) => save(over, draft),
    onSaved: async (outcome) => {
      if (!outcome.isSaved) {
        setTheirs(outcome.theirs);
        kit.form.resetDirty(toDraft(outcome.theirs));
        return;
      }
      adopt(outcome.provider);
      showDone(describeSaved(outcome.provider));
      await showProvider(client, outcome.provider);
    },
  });

  function adopt(next: ProviderAnswer): void {
    setRead(next);
    setTheirs(null);
    kit.restart(toDraft(next));
  }

  if (provider.version > over.version && !kit.isSending) {
    // Switching it on or off changes no field; somebody else's change shows where nothing is lost.
    if (isSameDraft(provider, over)) setRead(provider);
    else if (!kit.form.isDirty()) adopt(provider);
  }

  return {
    ...kit,
    read,
    theirs,
    base: over,
    takeTheirs: () => {
      if (theirs === null) return;
      adopt(theirs);
      void showProvider(client, theirs);
    },
    discard: () => adopt(over),
  };
}

/** Somebody else's save is no fault of what was typed, which therefore stays. */
async function save(over: ProviderAnswer, draft: ProviderDraft): Promise<Outcome> {
  try {
    return { isSaved: true, provider: await changeProvider(over.id, providerPatch(draft, over)) };
  } catch (error) {
    if (!(error instanceof ApiProblem) || error.status !== 412) throw error;
    return { isSaved: false, theirs: await readProvider(over.id) };
  }
}

function isSameDraft(one: ProviderAnswer, other: ProviderAnswer): boolean {
  return isSameValue(toDraft(one), toDraft(other));
}

function describeSaved({ removedConnections, endedSessions }: ChangedProviderAnswer): string {
  if (removedConnections + endedSessions === 0) return "Saved. Test it once more.";
  const connections = countOf(removedConnections, "connection was", "connections were");
  const sessions = countOf(endedSessions, "session was", "sessions were");
  return `Saved. ${connections} removed and ${sessions} ended.`;
}
