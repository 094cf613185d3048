// The page Security, User authentication: passwords, lockout and dormancy of one owner.
import { Grid, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { countOf } from "../../accounts/user-words.ts";
import { DraftNotice, FormProblem } from "../../shell/form-problem.tsx";
import { PageHeader } from "../../shell/page-header.tsx";
import { QueryView } from "../../shell/query-view.tsx";
import { useUnsavedGuard } from "../../shell/unsaved-guard.tsx";
import { readAuthenticationDraft, toAuthenticationDraft } from "./authentication-draft.ts";
import type { AuthenticationDraft } from "./authentication-draft.ts";
import { describeRuleChanges, RULE_WORDS } from "./authentication-rules.ts";
import { sectionQuery } from "./identity-section-query.ts";
import type { SectionAnswer } from "./identity-section-query.ts";
import { AffectedCard, LockedUsersCard, useRuledUsers } from "./policy-evidence.tsx";
import type { RuledUsers } from "./policy-evidence.tsx";
import { PolicyOwnerPicker, usePolicyOwner } from "./policy-owner-picker.tsx";
import { RuleCard } from "./rule-card.tsx";
import { usersAwayFor } from "./ruled-users.ts";
import { SaveBar } from "./save-bar.tsx";
import { useSectionEditor } from "./section-editor.ts";
import { TheirChanges } from "./their-changes.tsx";

const SECTION = "user-authentication";

const FORM = {
  toDraft: toAuthenticationDraft,
  readDraft: (draft: AuthenticationDraft) => readAuthenticationDraft(draft).rules,
};

export function UserAuthenticationPage() {
  const owner = usePolicyOwner();
  const { account } = owner;
  const query = useQuery(sectionQuery({ section: SECTION, account }));
  return (
    <>
      <PageHeader
        title="User authentication"
        sentence="What passwords have to be, and when users are locked. Each account has its own."
      />
      <PolicyOwnerPicker owner={owner} />
      <QueryView query={query}>
        {(answer) => <Rules key={account ?? "*"} account={account} answer={answer} />}
      </QueryView>
    </>
  );
}

type RulesProps = {
  readonly account: string | null;
  readonly answer: SectionAnswer<typeof SECTION>;
};

function Rules({ account, answer }: RulesProps) {
  const editor = useSectionEditor({ section: SECTION, account }, answer, FORM);
  const { base, draft, theirs, value } = editor;
  const { faults } = readAuthenticationDraft(draft);
  const ruled = useRuledUsers(account);
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
              changes={describeRuleChanges(base.value, theirs.value)}
              isSaving={editor.isSaving}
              mayKeepMine={value !== null}
              onKeepMine={() => void editor.keepMine()}
              onTakeTheirs={editor.takeTheirs}
            />
          )}
          {RULE_WORDS.map((words) => (
            <RuleCard
              key={words.key}
              words={words}
              draft={draft[words.key]}
              defaults={base.default}
              fault={faults[words.key]}
              onChange={(rule) => editor.setDraft({ ...draft, [words.key]: rule })}
              evidence={
                words.key === "dormancy" && value?.dormancy.enabled === true ? (
                  <AwayText ruled={ruled} months={value.dormancy.months} />
                ) : null
              }
            />
          ))}
          <SaveBar
            changesCount={value === null ? 0 : describeRuleChanges(base.value, value).length}
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
          <LockedUsersCard ruled={ruled} />
        </Stack>
      </Grid.Col>
    </Grid>
  );
}

type AwayTextProps = { readonly ruled: RuledUsers | null; readonly months: number };

/** Switching this on may lock people at once: better seen before than heard afterwards. */
function AwayText({ ruled, months }: AwayTextProps) {
  if (ruled === null) return null;
  const count = usersAwayFor(ruled.users, months, Date.now()).length;
  return (
    <Text size="sm" role="status">
      {count === 0
        ? "Nobody has stayed away that long."
        : `${countOf(count, "user")} stayed away that long and would be locked at once.`}
    </Text>
  );
}
