// The page Security, 2FA authentication: how often a second factor is asked for, and of whom.
import { Grid, Stack } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { TwoFactorRules } from "../../../core/identity/identity-policy.ts";
import { DraftNotice, FormProblem } from "../../shell/form-problem.tsx";
import { PageHeader } from "../../shell/page-header.tsx";
import { QueryView } from "../../shell/query-view.tsx";
import { useUnsavedGuard } from "../../shell/unsaved-guard.tsx";
import { sectionQuery } from "./identity-section-query.ts";
import type { SectionAnswer } from "./identity-section-query.ts";
import { FactorEvidenceCard } from "./factor-evidence.tsx";
import { AffectedCard, useRuledUsers } from "./policy-evidence.tsx";
import { PolicyOwnerPicker, usePolicyOwner } from "./policy-owner-picker.tsx";
import { SaveBar } from "./save-bar.tsx";
import { useSectionEditor } from "./section-editor.ts";
import { TheirChanges } from "./their-changes.tsx";
import { FrequencyCard, RequireCard } from "./two-factor-rule-cards.tsx";
import { describeTwoFactorChanges } from "./two-factor-words.ts";

const SECTION = "two-factor";
/** Nothing is typed here: what is chosen is what is saved. */
const FORM = {
  toDraft: (rules: TwoFactorRules) => rules,
  readDraft: (rules: TwoFactorRules) => rules,
};

export function TwoFactorPolicyPage() {
  const owner = usePolicyOwner();
  const { account } = owner;
  const query = useQuery(sectionQuery({ section: SECTION, account }));
  return (
    <>
      <PageHeader
        title="2FA authentication"
        sentence="When a sign-in asks for a second factor. Each account has its own rules."
      />
      <PolicyOwnerPicker owner={owner} />
      <QueryView query={query}>
        {(answer) => <TwoFactorForm key={account ?? "*"} account={account} answer={answer} />}
      </QueryView>
    </>
  );
}

type TwoFactorFormProps = {
  readonly account: string | null;
  readonly answer: SectionAnswer<typeof SECTION>;
};

function TwoFactorForm({ account, answer }: TwoFactorFormProps) {
  const editor = useSectionEditor({ section: SECTION, account }, answer, FORM);
  const { base, draft, theirs } = editor;
  const ruled = useRuledUsers(account);
  useUnsavedGuard(editor.isDirty);
  const cardProps = { draft, saved: base.value, defaults: base.default, users: base.users };
  return (
    <Grid gap="lg">
      <Grid.Col span={{ base: 12, lg: 8 }}>
        <Stack gap="md">
          <FormProblem problem={editor.problem} />
          <DraftNotice isShown={editor.isRestored} />
          {theirs === null ? null : (
            <TheirChanges
              {...theirs}
              changes={describeTwoFactorChanges(base.value, theirs.value)}
              isSaving={editor.isSaving}
              mayKeepMine
              onKeepMine={() => void editor.keepMine()}
              onTakeTheirs={editor.takeTheirs}
            />
          )}
          <FrequencyCard {...cardProps} onChange={editor.setDraft} />
          <RequireCard {...cardProps} onChange={editor.setDraft} />
          <SaveBar
            changesCount={describeTwoFactorChanges(base.value, draft).length}
            hasFaults={false}
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
          <FactorEvidenceCard ruled={ruled} isRequired={draft.required.enabled} />
        </Stack>
      </Grid.Col>
    </Grid>
  );
}
