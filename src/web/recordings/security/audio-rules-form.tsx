// The form of one account: the access mode, what a change of it would do, and saving it.
import { Grid, Stack } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { keepPreviousData, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { AudioPolicyAnswer } from "../../../api/audio-download-api.ts";
import { AUDIO_POLICY_DEFAULT } from "../../../core/recordings/audio-policy.ts";
import type { AudioPolicy } from "../../../core/recordings/audio-policy.ts";
import { readWhitelist } from "../../../core/recordings/compile-whitelist.ts";
import { ApiProblem } from "../../api/api-problem.ts";
import { SaveBar } from "../../shell/save-bar.tsx";
import { TheirChanges } from "../../shell/their-changes.tsx";
import { DraftNotice, FormProblem } from "../../shell/form-problem.tsx";
import { useMe } from "../../shell/me.ts";
import { usePolicyEditor } from "../../shell/policy-editor.ts";
import type { SavedOver } from "../../shell/policy-editor.ts";
import { useUnsavedGuard } from "../../shell/unsaved-guard.tsx";
import { AccessModeCard } from "./access-mode-card.tsx";
import { AccessPreviewCard } from "./access-preview-card.tsx";
import { askBeforeSaving } from "./ask-before-saving.tsx";
import { AudioNotes } from "./audio-notes.tsx";
import {
  describeAudioChanges,
  readAudioDraft,
  toAudioDraft,
  whitelistFaults,
} from "./audio-draft.ts";
import type { DraftFault } from "./audio-draft.ts";
import {
  audioPolicyKey,
  audioPreviewQuery,
  readAudioPolicy,
  saveAudioPolicy,
} from "./audio-policy-query.ts";
import { shutsOutManager } from "./opened-by-change.ts";

/** The page saves rate limits as well. */
const SAVE_WORDS = {
  faultText: "The whitelist is not accepted yet; see above.",
  idleText: "Only the spelling of the whitelist was changed.",
  restText: "The access control is saved.",
} as const;

export type AudioRulesFormProps = {
  readonly account: string;
  readonly answer: AudioPolicyAnswer;
};

/** As one types a line of the whitelist, not each letter is worth a question. */
const ASKED_AFTER_MS = 400;
const WHITELIST_PATH = "/value/whitelist";

export function AudioRulesForm({ account, answer }: AudioRulesFormProps) {
  const me = useMe();
  const editor = usePolicyEditor(sourceOf(account), answer);
  const { base, draft, theirs, value, problem } = editor;
  const [refusedText, setRefusedText] = useState<string | null>(null);
  const { isAsking, askAndSave } = useAskAndSave(account);
  const changes = value === null ? [] : describeAudioChanges(base.value, value);
  const isChanged = changes.length > 0;
  const preview = usePreview(account, isChanged ? value : null);
  useUnsavedGuard(editor.isDirty);

  function save(from: AudioPolicy, act: () => Promise<void>): void {
    if (value === null) return;
    void askAndSave({ from, to: value }, async () => {
      setRefusedText(draft.whitelistText);
      await act();
    });
  }

  const refused = draft.whitelistText === refusedText ? lineFaultsOf(problem) : [];
  const faults = [...whitelistFaults(draft), ...refused];
  const shutsOutYou = value !== null && shutsOutManager(base.value, value, me.address);
  return (
    <Grid gap="lg">
      <Grid.Col span={{ base: 12, lg: 8 }}>
        <Stack gap="md">
          <FormProblem problem={withoutLines(problem)} />
          <DraftNotice isShown={editor.isRestored} isAsBefore={editor.isAsBefore} />
          {theirs === null ? null : (
            <TheirChanges
              {...theirs}
              subject="the access control"
              changes={describeAudioChanges(base.value, theirs.value)}
              isSaving={editor.isSaving || isAsking}
              mayKeepMine={value !== null}
              onKeepMine={() => save(theirs.value, editor.keepMine)}
              onTakeTheirs={editor.takeTheirs}
            />
          )}
          <AccessModeCard {...{ draft, faults }} saved={answer} onChange={editor.setDraft} />
          <AccessPreviewCard
            {...preview}
            state={value === null ? "faulty" : isChanged ? "asked" : "same"}
            shutsOutYou={shutsOutYou}
          />
          <SaveBar
            changesCount={changes.length}
            hasFaults={value === null}
            {...SAVE_WORDS}
            isDirty={editor.isDirty}
            isSaving={editor.isSaving || isAsking}
            isSaved={editor.isSaved}
            goBack={editor.goBack}
            onSave={() => save(base.value, editor.save)}
            onDiscard={editor.discard}
          />
        </Stack>
      </Grid.Col>
      <Grid.Col span={{ base: 12, lg: 4 }}>
        <AudioNotes saved={answer} />
      </Grid.Col>
    </Grid>
  );
}

type Move = { readonly from: AudioPolicy; readonly to: AudioPolicy };

/** Who would lose is looked up once more for what is saved: the preview is a moment behind. */
function useAskAndSave(account: string) {
  const me = useMe();
  const client = useQueryClient();
  const [isAsking, setAsking] = useState(false);
  async function askAndSave(move: Move, act: () => Promise<void>): Promise<void> {
    setAsking(true);
    const preview = await client.fetchQuery(audioPreviewQuery(account, move.to)).catch(() => null);
    setAsking(false);
    askBeforeSaving({ ...move, preview, me }, act);
  }
  return { isAsking, askAndSave };
}

function sourceOf(account: string) {
  return {
    queryKey: audioPolicyKey(account),
    draftName: `audio-download:${account}`,
    read: () => readAudioPolicy(account),
    save: (value: AudioPolicy, { version, minutes }: SavedOver<AudioPolicyAnswer>) => {
      // Whoever saves was asked, unless they were saved before or are not looked at.
      const read = readWhitelist(value.whitelist);
      const confirmWide = read.ok && read.veryWide.length > 0;
      return saveAudioPolicy(account, { value, version, confirmWide, minutes });
    },
    toDraft: toAudioDraft,
    readDraft: readAudioDraft,
  };
}

/** @param value null: there is nothing to ask about */
function usePreview(account: string, value: AudioPolicy | null) {
  const text = value === null ? null : JSON.stringify(value);
  const [askedText] = useDebouncedValue(text, ASKED_AFTER_MS);
  const asked = askedText === null ? null : (JSON.parse(askedText) as AudioPolicy);
  const query = useQuery({
    ...audioPreviewQuery(account, asked ?? AUDIO_POLICY_DEFAULT),
    enabled: asked !== null,
    placeholderData: keepPreviousData,
  });
  return { query, isBehind: text !== askedText || query.isPlaceholderData };
}

function lineFaultsOf(problem: ApiProblem | null): readonly DraftFault[] {
  return (problem?.errors ?? [])
    .filter(({ path }) => path === WHITELIST_PATH)
    .map(({ line, message }) => ({ line: line ?? null, message }));
}

/** Without what stands beside the field. */
function withoutLines(problem: ApiProblem | null): ApiProblem | null {
  if (problem === null) return null;
  const { code, status, message, retryAfterSeconds } = problem;
  const errors = problem.errors.filter(({ path }) => path !== WHITELIST_PATH);
  if (errors.length === problem.errors.length) return problem;
  return new ApiProblem({ code, status, message, retryAfterSeconds, errors });
}
