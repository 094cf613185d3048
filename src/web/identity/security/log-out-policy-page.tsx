// The page Security, Log-out policy: never, or after so many minutes without activity.
import { Radio, Stack, Text, TextInput } from "@mantine/core";
import { countOf } from "../../accounts/user-words.ts";
import { IDENTITY_BOUNDS } from "../../../core/identity/identity-policy.ts";
import { SettingCard } from "../../shell/setting-card.tsx";
import {
  describeLogOut,
  describeLogOutChanges,
  logOutFault,
  readLogOutDraft,
  switchLogOut,
  toLogOutDraft,
} from "./log-out-draft.ts";
import type { LogOutDraft } from "./log-out-draft.ts";
import { useRuledUsers } from "./policy-evidence.tsx";
import { useSectionEditor } from "./section-editor.ts";
import { SectionPage, SectionRulesForm } from "./section-page.tsx";
import type { SectionRulesProps } from "./section-page.tsx";

const SECTION = "log-out";
const FORM = { toDraft: toLogOutDraft, readDraft: readLogOutDraft };

export function LogOutPolicyPage() {
  return (
    <SectionPage
      section={SECTION}
      title="Log-out policy"
      sentence="When somebody who does nothing is logged out. Each account has its own."
      Rules={Rules}
    />
  );
}

function Rules({ account, answer }: SectionRulesProps<typeof SECTION>) {
  const editor = useSectionEditor({ section: SECTION, account }, answer, FORM);
  return (
    <SectionRulesForm
      section={SECTION}
      account={account}
      editor={editor}
      describeChanges={describeLogOutChanges}
      evidence={<OpenSessionsCard account={account} />}
    >
      <LogOutCard
        draft={editor.draft}
        defaultWords={describeLogOut(editor.base.default)}
        onChange={editor.setDraft}
      />
    </SectionRulesForm>
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
