// Whether address lists hold at all, and how often they did in the last 24 hours.
import { Button, Group, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { Mode } from "../../core/network/network-policy.ts";
import { DraftNotice, FormProblem } from "../shell/form-problem.tsx";
import { labelFor } from "../shell/go-back-choice.ts";
import { GoBackField } from "../shell/go-back-field.tsx";
import { TextLink } from "../shell/page-links.tsx";
import { QueryView } from "../shell/query-view.tsx";
import { useSavedWords } from "../shell/save-bar.tsx";
import { SettingCard } from "../shell/setting-card.tsx";
import { TheirChanges } from "../shell/their-changes.tsx";
import { useUnsavedGuard } from "../shell/unsaved-guard.tsx";
import { useFocusAfterSaving } from "../shell/use-focus-after-saving.ts";
import { ModeChoice } from "./mode-choice.tsx";
import { nameOfMode } from "./mode-words.ts";
import type { ModeWords } from "./mode-words.ts";
import { rulesQuery } from "./network-rules-query.ts";
import type { RulesAnswer, RulesOf } from "./network-rules-query.ts";
import { countRequests } from "./rule-evidence.ts";
import { ruleEvidenceQuery } from "./rule-evidence-query.ts";
import { useRulesEditor } from "./use-rules-editor.ts";

const SECTIONS = ["address-lists"] as const;
type Rules = RulesOf<"address-lists">;

const WORDS: ModeWords = {
  off: "Entries do nothing; bans hold.",
  monitor: "Allowed pass, denied are only recorded.",
  enforce: "Allowed pass, denied are refused.",
};

const FORM = {
  name: "address-lists",
  toDraft: (value: Rules) => value["address-lists"].mode,
  readDraft: (mode: Mode): Rules => ({ "address-lists": { mode } }),
};

export function AddressModeCard({ account }: { readonly account: string | null }) {
  const query = useQuery(rulesQuery({ account, sections: SECTIONS }));
  return (
    <SettingCard
      title="Address lists are"
      sentence={
        account === null
          ? "The platform's list is looked at first, for every request."
          : `Looked at for requests of ${account}, after the platform's rules.`
      }
    >
      <QueryView query={query}>
        {(answer) => <ModeForm account={account} answer={answer} />}
      </QueryView>
      <Evidence account={account} />
    </SettingCard>
  );
}

type ModeFormProps = {
  readonly account: string | null;
  readonly answer: RulesAnswer<"address-lists">;
};

function ModeForm({ account, answer }: ModeFormProps) {
  const editor = useRulesEditor({ account, sections: SECTIONS }, answer, FORM);
  const { base, draft, theirs } = editor;
  const savedWords = useSavedWords(editor.goBack.minutes);
  const { status, bar } = useFocusAfterSaving(editor.isDirty);
  useUnsavedGuard(editor.isDirty);
  return (
    <Stack gap="md">
      <FormProblem problem={editor.problem} />
      <DraftNotice isShown={editor.isRestored} isAsBefore={editor.isAsBefore} />
      {theirs === null ? null : (
        <TheirChanges
          {...theirs}
          subject="this"
          changes={describeModeChange(base.value, theirs.value)}
          isSaving={editor.isSaving}
          mayKeepMine
          onKeepMine={() => void editor.keepMine()}
          onTakeTheirs={editor.takeTheirs}
        />
      )}
      <ModeChoice
        label="Address lists are"
        value={draft}
        words={WORDS}
        onChange={editor.setDraft}
      />
      {editor.isDirty ? <GoBackField choice={editor.goBack} /> : null}
      <Group gap="xs" ref={bar}>
        {editor.isDirty ? (
          <>
            <Button
              size="xs"
              disabled={editor.goBack.fault !== null}
              loading={editor.isSaving}
              onClick={() => void editor.save()}
            >
              {labelFor("Save", editor.goBack.minutes)}
            </Button>
            <Button size="xs" variant="default" onClick={editor.discard}>
              Discard
            </Button>
          </>
        ) : null}
        <Text size="sm" role="status" ref={status} tabIndex={-1}>
          {editor.isDirty ? "Not saved yet." : editor.isSaved ? savedWords : "The mode is saved."}
        </Text>
      </Group>
    </Stack>
  );
}

function describeModeChange(from: Rules, to: Rules) {
  const [before, after] = [from["address-lists"].mode, to["address-lists"].mode];
  return [{ title: "Address lists", from: nameOfMode(before), to: nameOfMode(after) }];
}

const OWN_REASONS = [
  { reason: "on-deny-list", words: "refused by deny entries" },
  { reason: "banned", words: "refused while banned" },
] as const;
const REASONS = [
  ...OWN_REASONS,
  { reason: "on-subscribed-list", words: "refused by subscribed lists" },
] as const;

/** Left out where it cannot be had: the list is what one came for. */
function Evidence({ account }: { readonly account: string | null }) {
  const { data } = useQuery(ruleEvidenceQuery(account));
  if (data === undefined) return null;
  const owner = account === null ? {} : { account };
  return (
    <Group gap="lg" c="dimmed" style={{ rowGap: 2 }}>
      {(account === null ? REASONS : OWN_REASONS).map(({ reason, words }) => {
        const layer = account === null ? "platform" : "account";
        const requests = countRequests(data.reasons, { reason, verdict: "refuse" }, layer);
        return (
          <Text size="sm" key={reason}>
            <b>{requests.toLocaleString("en")}</b> {words} in 24 hours
            {requests === 0 ? null : (
              <>
                {" · "}
                <TextLink
                  to="/activity"
                  search={{ reason, period: "24h", ...owner } as never}
                  size="sm"
                  aria-label={`See the requests ${words}`}
                >
                  See them
                </TextLink>
              </>
            )}
          </Text>
        );
      })}
    </Group>
  );
}
