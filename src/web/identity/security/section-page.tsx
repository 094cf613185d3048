// What every page of one section of rules is: whose rules, the rules, what they do, and saving.
import { useQuery } from "@tanstack/react-query";
import type { ComponentType, ReactNode } from "react";
import type { IdentitySection } from "../../../core/identity/identity-policy.ts";
import { PreviewPanel } from "../../preview/preview-panel.tsx";
import { PageHeader } from "../../shell/page-header.tsx";
import { PolicyForm } from "../../shell/policy-form.tsx";
import { QueryView } from "../../shell/query-view.tsx";
import type { RuleChange } from "../../shell/rule-change.ts";
import { sectionQuery } from "./identity-section-query.ts";
import type { SectionAnswer, SectionValues } from "./identity-section-query.ts";
import { AffectedCard } from "./policy-evidence.tsx";
import { PolicyOwnerPicker, usePolicyOwner } from "../../accounts/policy-owner-picker.tsx";
import type { SectionEditor } from "./section-editor.ts";

export type SectionRulesProps<Section extends IdentitySection> = {
  /** An account's code; null: the platform. */
  readonly account: string | null;
  readonly answer: SectionAnswer<Section>;
};

export type SectionPageProps<Section extends IdentitySection> = {
  readonly section: Section;
  readonly title: string;
  readonly sentence: string;
  /** Made anew for another owner, as what was not saved is of the one before. */
  readonly Rules: ComponentType<SectionRulesProps<Section>>;
};

export function SectionPage<Section extends IdentitySection>(props: SectionPageProps<Section>) {
  const { section, title, sentence, Rules } = props;
  const owner = usePolicyOwner();
  const { account } = owner;
  const query = useQuery(sectionQuery({ section, account }));
  return (
    <>
      <PageHeader title={title} sentence={sentence} />
      <PolicyOwnerPicker owner={owner} />
      <QueryView query={query}>
        {(answer) => <Rules key={account ?? "*"} account={account} answer={answer} />}
      </QueryView>
    </>
  );
}

export type SectionRulesFormProps<Section extends IdentitySection, Draft> = {
  readonly section: Section;
  readonly account: string | null;
  readonly editor: SectionEditor<Section, Draft>;
  readonly describeChanges: (
    before: SectionValues[Section],
    after: SectionValues[Section],
  ) => readonly RuleChange[];
  /** The cards of the rules. */
  readonly children: ReactNode;
  /** What the rules do now, beside them. */
  readonly evidence: ReactNode;
};

export function SectionRulesForm<Section extends IdentitySection, Draft>(
  props: SectionRulesFormProps<Section, Draft>,
) {
  const { section, account, evidence, ...form } = props;
  const { isDirty, value } = form.editor;
  const change = { kind: "identity-policy", section, value } as const;
  const changes = isDirty ? [account === null ? change : { ...change, account }] : [];
  return (
    <PolicyForm
      {...form}
      preview={<PreviewPanel isOfVisitors={false} changes={value === null ? null : changes} />}
      evidence={
        <>
          <AffectedCard {...form.editor.base} account={account} />
          {evidence}
        </>
      }
    />
  );
}
