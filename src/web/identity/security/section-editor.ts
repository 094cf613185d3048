// Editing one section of the rules for sign-ins, of the platform or an account.
import type { IdentitySection } from "../../../core/identity/identity-policy.ts";
import { usePolicyEditor } from "../../shell/policy-editor.ts";
import type { PolicyEditor } from "../../shell/policy-editor.ts";
import { readSection, saveSection, sectionKey } from "./identity-section-query.ts";
import type { SectionAnswer, SectionOwner, SectionValues } from "./identity-section-query.ts";

export type SectionForm<Section extends IdentitySection, Draft> = {
  readonly toDraft: (value: SectionValues[Section]) => Draft;
  /** Null while something is not accepted. */
  readonly readDraft: (draft: Draft) => SectionValues[Section] | null;
};

export type SectionEditor<Section extends IdentitySection, Draft> = PolicyEditor<
  SectionAnswer<Section>,
  SectionValues[Section],
  Draft
>;

/** @param answer as it is read now; it replaces the draft only while nothing was changed */
export function useSectionEditor<Section extends IdentitySection, Draft>(
  owner: SectionOwner<Section>,
  answer: SectionAnswer<Section>,
  form: SectionForm<Section, Draft>,
): SectionEditor<Section, Draft> {
  const { section, account } = owner;
  return usePolicyEditor(
    {
      queryKey: sectionKey(owner),
      draftName: `identity-policy:${section}:${account ?? "*"}`,
      read: () => readSection(owner),
      save: (value: SectionValues[Section], over) => saveSection(owner, value, over),
      ...form,
    },
    answer,
  );
}
