// What every page of one section of rules is: whose rules, the rules, what they do, and saving.
import { Grid, Stack } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { ComponentType, ReactNode } from "react";
import type { IdentitySection } from "../../../core/identity/identity-policy.ts";
import { DraftNotice, FormProblem } from "../../shell/form-problem.tsx";
import { PageHeader } from "../../shell/page-header.tsx";
import { QueryView } from "../../shell/query-view.tsx";
import { useUnsavedGuard } from "../../shell/unsaved-guard.tsx";
import type { RuleChange } from "./authentication-rules.ts";
import { sectionQuery } from "./identity-section-query.ts";
import type { SectionAnswer, SectionValues } from "./identity-section-query.ts";
import { AffectedCard } from "./policy-evidence.tsx";
import { PolicyOwnerPicker, usePolicyOwner } from "./policy-owner-picker.tsx";
import { SaveBar } from "./save-bar.tsx";
import type { SectionEditor } from "./section-editor.ts";
import { TheirChanges } from "./their-changes.tsx";

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
  const { account, editor, describeChanges, children, evidence } = props;
  const { base, theirs, value } = editor;
  useUnsavedGuard(editor.isDirty);
  return (
    <Grid gap="lg">
      <Grid.Col span={{ base: 12, lg: 8 }}>
        <Stack gap="md">
          <FormProblem problem={editor.problem} />
          <DraftNotice isShown={editor.isRestored} />
          {theirs === null ? null : (
            <TheirChanges
              {...theirs}
              changes={describeChanges(base.value, theirs.value)}
              isSaving={editor.isSaving}
              mayKeepMine={value !== null}
              onKeepMine={() => void editor.keepMine()}
              onTakeTheirs={editor.takeTheirs}
            />
          )}
          {children}
          <SaveBar
            changesCount={value === null ? 0 : describeChanges(base.value, value).length}
            hasFaults={value === null}
            isDirty={editor.isDirty}
            isSaving={editor.isSaving}
            isSaved={editor.isSaved}
            onSave={() => void editor.save()}
            onDiscard={editor.discard}
          />
        </Stack>
      </Grid.Col>
      <Grid.Col span={{ base: 12, lg: 4 }}>
        <Stack gap="md">
          <AffectedCard {...base} account={account} />
          {evidence}
        </Stack>
      </Grid.Col>
    </Grid>
  );
}
