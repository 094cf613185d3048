// The HTTP rate limits of recordings on a card: how many plays, in what time, and the ban after.
import { Button, Group, Radio, SimpleGrid, Stack, Text, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { ACCOUNT_POLICY_DEFAULT, HARD_LIMIT } from "../../../core/network/network-policy.ts";
import type { Mode } from "../../../core/network/network-policy.ts";
import { TheirChanges } from "../../identity/security/their-changes.tsx";
import { DraftNotice, FormProblem } from "../../shell/form-problem.tsx";
import { usePolicyEditor } from "../../shell/policy-editor.ts";
import type { PolicyEditor } from "../../shell/policy-editor.ts";
import { QueryView } from "../../shell/query-view.tsx";
import { SettingCard } from "../../shell/setting-card.tsx";
import { useUnsavedGuard } from "../../shell/unsaved-guard.tsx";
import {
  describeLimit,
  describeLimitChanges,
  limitFaults,
  readLimitDraft,
  toLimitDraft,
} from "./limit-draft.ts";
import type { LimitDraft, LimitFaults } from "./limit-draft.ts";
import {
  rateLimitsKey,
  rateLimitsQuery,
  readRateLimits,
  saveRateLimits,
} from "./rate-limit-query.ts";
import type { RateLimitsAnswer } from "./rate-limit-query.ts";

export function RateLimitCard({ account }: { readonly account: string }) {
  const query = useQuery(rateLimitsQuery(account));
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

type LimitFormProps = { readonly account: string; readonly answer: RateLimitsAnswer };

function LimitForm({ account, answer }: LimitFormProps) {
  const editor = usePolicyEditor(
    {
      queryKey: rateLimitsKey(account),
      draftName: `rate-limits:${account}`,
      read: () => readRateLimits(account),
      save: (value: RateLimitsAnswer["value"], version: number) =>
        saveRateLimits(account, value, version),
      toDraft: toLimitDraft,
      readDraft: readLimitDraft,
    },
    answer,
  );
  const { base, draft, theirs, value } = editor;
  useUnsavedGuard(editor.isDirty);
  return (
    <Stack gap="md">
      <FormProblem problem={editor.problem} />
      <DraftNotice isShown={editor.isRestored} />
      {theirs === null ? null : (
        <TheirChanges
          {...theirs}
          subject="the rate limits"
          changes={describeLimitChanges(base.value, theirs.value)}
          isSaving={editor.isSaving}
          mayKeepMine={value !== null}
          onKeepMine={() => void editor.keepMine()}
          onTakeTheirs={editor.takeTheirs}
        />
      )}
      <LimitFields
        draft={draft}
        faults={limitFaults(draft, base.value)}
        onChange={editor.setDraft}
      />
      <Text size="sm" role="status">
        {value === null ? "" : describeLimit(value)}
      </Text>
      <Text size="xs" c="dimmed">
        The platform's hard limit holds besides: more than {HARD_LIMIT.requestsMax} requests of any
        kind in {HARD_LIMIT.windowSeconds} seconds ban an address everywhere. It cannot be switched
        off.
      </Text>
      <LimitButtons editor={editor} />
    </Stack>
  );
}

type LimitEditor = PolicyEditor<RateLimitsAnswer, RateLimitsAnswer["value"], LimitDraft>;

function LimitButtons({ editor }: { readonly editor: LimitEditor }) {
  return (
    <Group gap="xs">
      <Button
        size="xs"
        disabled={!editor.isDirty || editor.value === null}
        loading={editor.isSaving}
        onClick={() => void editor.save()}
      >
        Save rate limits
      </Button>
      <Button
        size="xs"
        variant="default"
        disabled={!editor.isDirty || editor.isSaving}
        onClick={editor.discard}
      >
        Discard changes
      </Button>
      <Text size="sm" role="status">
        {editor.isSaved ? "The rate limits are saved. They hold from now on." : ""}
      </Text>
    </Group>
  );
}

const MODES: readonly { readonly mode: Mode; readonly label: string; readonly what: string }[] = [
  { mode: "off", label: "Off", what: "Not counted." },
  { mode: "monitor", label: "Monitor", what: "Counted and recorded, nobody is refused." },
  { mode: "enforce", label: "Enforce", what: "Counted, and bans." },
];

type LimitFieldsProps = {
  readonly draft: LimitDraft;
  readonly faults: LimitFaults;
  readonly onChange: (draft: LimitDraft) => void;
};

function LimitFields({ draft, faults, onChange }: LimitFieldsProps) {
  const { audio: defaults } = ACCOUNT_POLICY_DEFAULT["rate-limits"];
  const common = { inputMode: "numeric", maxLength: 9, autoComplete: "off" } as const;
  return (
    <>
      <Radio.Group
        aria-label="Rate limits are"
        value={draft.mode}
        onChange={(mode) => onChange({ ...draft, mode })}
      >
        <Group gap="lg" align="flex-start">
          {MODES.map(({ mode, label, what }) => (
            <Radio key={mode} value={mode} label={label} description={what} />
          ))}
        </Group>
      </Radio.Group>
      <SimpleGrid cols={{ base: 1, sm: 3 }} spacing="md">
        <TextInput
          {...common}
          label="Request Max Count"
          description={`Plays. Default ${defaults.requestMaxCount}.`}
          value={draft.countText}
          onChange={(event) => onChange({ ...draft, countText: event.currentTarget.value })}
          error={faults.count}
        />
        <TextInput
          {...common}
          label="Request Max Seconds"
          description={`Seconds. Default ${defaults.requestMaxSeconds}.`}
          value={draft.secondsText}
          onChange={(event) => onChange({ ...draft, secondsText: event.currentTarget.value })}
          error={faults.seconds}
        />
        <TextInput
          {...common}
          label="Request Ban Expiry"
          description={`Seconds. Default ${defaults.requestBanExpirySeconds}.`}
          value={draft.expiryText}
          onChange={(event) => onChange({ ...draft, expiryText: event.currentTarget.value })}
          error={faults.expiry}
        />
      </SimpleGrid>
    </>
  );
}
