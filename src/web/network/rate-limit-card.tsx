// The HTTP rate limits of recordings on a card of the page Audio download, with a save of its own.
import { Button, Group, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { HARD_LIMIT } from "../../core/network/network-policy.ts";
import { PreviewPanel } from "../preview/preview-panel.tsx";
import { DraftNotice, FormProblem } from "../shell/form-problem.tsx";
import { labelFor } from "../shell/go-back-choice.ts";
import { GoBackField } from "../shell/go-back-field.tsx";
import { QueryView } from "../shell/query-view.tsx";
import { useSavedWords } from "../shell/save-bar.tsx";
import { SettingCard } from "../shell/setting-card.tsx";
import { TheirChanges } from "../shell/their-changes.tsx";
import { useUnsavedGuard } from "../shell/unsaved-guard.tsx";
import { describeLimitChanges, limitFaults, readLimitDraft, toLimitDraft } from "./limit-draft.ts";
import type { LimitDraft } from "./limit-draft.ts";
import { LimitFields } from "./limit-fields.tsx";
import { describeLimit } from "./limit-words.ts";
import { rulesQuery } from "./network-rules-query.ts";
import type { RulesAnswer, RulesOf } from "./network-rules-query.ts";
import { ACCOUNT_LIMIT_SECTIONS } from "./rate-limits-draft.ts";
import { toRuleChanges } from "./to-rule-changes.ts";
import { useRulesEditor } from "./use-rules-editor.ts";
import type { RulesEditor } from "./use-rules-editor.ts";

type Limits = RulesOf<"rate-limits">;

export function RateLimitCard({ account }: { readonly account: string }) {
  const query = useQuery(rulesQuery({ account, sections: ACCOUNT_LIMIT_SECTIONS }));
  return (
    <SettingCard
      title="HTTP rate limits"
      sentence={
        "How many recordings one address may play in a time. Plays count: going on with one or " +
        "jumping in it, link previews and HEAD requests do not count again."
      }
    >
      <QueryView query={query}>
        {(answer) => <LimitForm account={account} answer={answer} />}
      </QueryView>
    </SettingCard>
  );
}

/** What is set for portal and API stays as it is. */
const FORM = {
  name: "audio-rate-limit",
  toDraft: (value: Limits): LimitDraft => toLimitDraft(value["rate-limits"].audio),
  readDraft: (draft: LimitDraft, saved: Limits): Limits | null => {
    const audio = readLimitDraft(draft);
    return audio === null ? null : { "rate-limits": { ...saved["rate-limits"], audio } };
  },
};

type LimitFormProps = { readonly account: string; readonly answer: RulesAnswer<"rate-limits"> };

function LimitForm({ account, answer }: LimitFormProps) {
  const editor = useRulesEditor({ account, sections: ACCOUNT_LIMIT_SECTIONS }, answer, FORM);
  const { base, draft, theirs, value } = editor;
  useUnsavedGuard(editor.isDirty);
  return (
    <Stack gap="md">
      <FormProblem problem={editor.problem} />
      <DraftNotice isShown={editor.isRestored} isAsBefore={editor.isAsBefore} />
      {theirs === null ? null : (
        <TheirChanges
          {...theirs}
          subject="the rate limits"
          changes={describeLimitChanges(
            base.value["rate-limits"].audio,
            theirs.value["rate-limits"].audio,
          )}
          isSaving={editor.isSaving}
          mayKeepMine={value !== null}
          onKeepMine={() => void editor.keepMine()}
          onTakeTheirs={editor.takeTheirs}
        />
      )}
      <LimitFields
        surface="audio"
        draft={draft}
        faults={limitFaults(draft)}
        onChange={editor.setDraft}
      />
      <Text size="sm" role="status">
        {value === null ? "" : describeLimit("audio", value["rate-limits"].audio, account)}
      </Text>
      <Text size="xs" c="dimmed">
        The platform's hard limit holds besides: more than {HARD_LIMIT.requestsMax} requests of any
        kind in {HARD_LIMIT.windowSeconds} seconds ban an address everywhere. It cannot be switched
        off.
      </Text>
      <PreviewPanel order={3} changes={toRuleChanges(account, base.value, value)} />
      <LimitButtons editor={editor} />
    </Stack>
  );
}

function LimitButtons({ editor }: { readonly editor: RulesEditor<"rate-limits", LimitDraft> }) {
  const { isDirty, isSaved, isSaving, goBack } = editor;
  const savedWords = useSavedWords(goBack.minutes);
  return (
    <Stack gap="xs">
      {isDirty ? <GoBackField choice={goBack} /> : null}
      <Group gap="xs">
        <Button
          size="xs"
          disabled={!isDirty || editor.value === null || goBack.fault !== null}
          loading={isSaving}
          onClick={() => void editor.save()}
        >
          {labelFor("Save rate limits", isDirty ? goBack.minutes : null)}
        </Button>
        <Button
          size="xs"
          variant="default"
          disabled={!isDirty || isSaving}
          onClick={editor.discard}
        >
          Discard changes
        </Button>
        <Text size="sm" role="status">
          {isDirty ? "The rate limits are not saved yet." : isSaved ? savedWords : ""}
        </Text>
      </Group>
    </Stack>
  );
}
