// Editing sections of the network rules of the platform or an account, saved together.
import { useQueryClient } from "@tanstack/react-query";
import type { PolicySection } from "../../core/network/network-policy.ts";
import { usePolicyEditor } from "../shell/policy-editor.ts";
import type { PolicyEditor } from "../shell/policy-editor.ts";
import { effectiveRoot } from "./effective-policy-query.ts";
import { readRules, rulesKey, saveRules } from "./network-rules-query.ts";
import type { RulesAnswer, RulesOf, RulesOwner } from "./network-rules-query.ts";

export type RulesForm<Section extends PolicySection, Draft> = {
  /** Names what is kept when the session ends: drafts of two forms are not alike. */
  readonly name: string;
  readonly toDraft: (value: RulesOf<Section>) => Draft;
  /** Null while something is not accepted. */
  readonly readDraft: (draft: Draft, saved: RulesOf<Section>) => RulesOf<Section> | null;
};

export type RulesEditor<Section extends PolicySection, Draft> = PolicyEditor<
  RulesAnswer<Section>,
  RulesOf<Section>,
  Draft
>;

/** @param answer as it is read now; it replaces the draft only while nothing was changed */
export function useRulesEditor<Section extends PolicySection, Draft>(
  owner: RulesOwner<Section>,
  answer: RulesAnswer<Section>,
  form: RulesForm<Section, Draft>,
): RulesEditor<Section, Draft> {
  const client = useQueryClient();
  return usePolicyEditor<RulesAnswer<Section>, RulesOf<Section>, Draft>(
    {
      queryKey: rulesKey(owner),
      draftName: `${form.name}:${owner.account ?? "*"}`,
      read: () => readRules(owner),
      save: async (value, over) => {
        const saved = await saveRules(owner, value, over);
        // What the platform refuses holds for every account.
        void client.invalidateQueries({ queryKey: effectiveRoot });
        return saved;
      },
      toDraft: form.toDraft,
      readDraft: form.readDraft,
    },
    answer,
  );
}
