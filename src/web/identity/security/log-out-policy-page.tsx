// The page Security, Log-out policy: never, or after so many minutes without activity.
import { Grid, Radio, Stack, Text, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { countOf } from "../../accounts/user-words.ts";
import { IDENTITY_BOUNDS } from "../../../core/identity/identity-policy.ts";
import { DraftNotice, FormProblem } from "../../shell/form-problem.tsx";
import { PageHeader } from "../../shell/page-header.tsx";
import { QueryView } from "../../shell/query-view.tsx";
import { SettingCard } from "../../shell/setting-card.tsx";
import { useUnsavedGuard } from "../../shell/unsaved-guard.tsx";
import { sectionQuery } from "./identity-section-query.ts";
import type { SectionAnswer } from "./identity-section-query.ts";
import {
  describeLogOut,
  describeLogOutChanges,
  logOutFault,
  readLogOutDraft,
  switchLogOut,
  toLogOutDraft,
} from "./log-out-draft.ts";
import type { LogOutDraft } from "./log-out-draft.ts";
import { AffectedCard, useRuledUsers } from "./policy-evidence.tsx";
import { PolicyOwnerPicker, usePolicyOwner } from "./policy-owner-picker.tsx";
import { SaveBar } from "./save-bar.tsx";
import { useSectionEditor } from "./section-editor.ts";
import { TheirChanges } from "./their-changes.tsx";

const SECTION = "log-out";
const FORM = { toDraft: toLogOutDraft, readDraft: readLogOutDraft };

export function LogOutPolicyPage() {
  const owner = usePolicyOwner();
  const { account } = owner;
  const query = useQuery(sectionQuery({ section: SECTION, account }));
  return (
    <>
      <PageHeader
        title="Log-out policy"
        sentence="When somebody who does nothing is logged out. Each account has its own."
      />
      <PolicyOwnerPicker owner={owner} />
      <QueryView query={query}>
        {(answer) => <LogOutForm key={account ?? "*"} account={account} answer={answer} />}
      </QueryView>
    </>
  );
}

type LogOutFormProps = {
  readonly account: string | null;
  readonly answer: SectionAnswer<typeof SECTION>;
};

function LogOutForm({ account, answer }: LogOutFormProps) {
  const editor = useSectionEditor({ section: SECTION, account }, answer, FORM);
  const { base, draft, theirs, value } = editor;
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
              changes={describeLogOutChanges(base.value, theirs.value)}
              isSaving={editor.isSaving}
              mayKeepMine={value !== null}
              onKeepMine={() => void editor.keepMine()}
              onTakeTheirs={editor.takeTheirs}
            />
          )}
          <LogOutCard
            draft={draft}
            defaultWords={describeLogOut(base.default)}
            onChange={editor.setDraft}
          />
          <SaveBar
            changesCount={value === null ? 0 : describeLogOutChanges(base.value, value).length}
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
          <OpenSessionsCard account={account} />
        </Stack>
      </Grid.Col>
    </Grid>
  );
}

type LogOutCardProps = {
  readonly draft: LogOutDraft;
  readonly defaultWords: string;
  readonly onChange: (draft: LogOutDraft) => void;
};

function LogOutCard({ draft, defaultWords, onChange }: LogOutCardProps) {
  const { minimum, maximum } = IDENTITY_BOUNDS.idleMinutes;
  return (
    <SettingCard
      title="Without activity"
      sentence="Opening pages and saving are activity; what a page does by itself is not."
    >
      <Radio.Group
        aria-label="When somebody is logged out"
        value={draft.isOn ? "after" : "never"}
        onChange={(choice) => onChange(switchLogOut(draft, choice === "after"))}
      >
        <Stack gap="sm">
          <Radio
            value="never"
            label="Never log out"
            description="Sessions stay until somebody signs out or ends them."
          />
          <Radio value="after" label="Log out after some minutes without activity" />
        </Stack>
      </Radio.Group>
      <TextInput
        label="Minutes without activity"
        description={`${minimum} to ${maximum}`}
        inputMode="numeric"
        w={200}
        maxLength={6}
        autoComplete="off"
        disabled={!draft.isOn}
        value={draft.minutesText}
        onChange={(event) => onChange({ ...draft, minutesText: event.currentTarget.value })}
        error={logOutFault(draft)}
      />
      <Text size="xs" c="dimmed">
        Default: {defaultWords}. A shorter time holds at once, for open sessions too. The console
        warns two minutes before.
      </Text>
    </SettingCard>
  );
}

function OpenSessionsCard({ account }: { readonly account: string | null }) {
  const ruled = useRuledUsers(account);
  if (ruled === null) return null;
  const sessions = ruled.users.reduce((sum, { signIn }) => sum + signIn.sessions, 0);
  const people = ruled.users.filter(({ signIn }) => signIn.sessions > 0).length;
  return (
    <SettingCard title="Now">
      <Text size="sm">
        {sessions === 0
          ? "None of them is signed in."
          : `${countOf(people, "user")} signed in, with ${countOf(sessions, "open session")}.`}
      </Text>
    </SettingCard>
  );
}
