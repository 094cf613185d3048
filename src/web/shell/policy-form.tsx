// The form of every page of rules: the rules, what somebody else saved, evidence, and saving.
import { Grid, Stack } from "@mantine/core";
import type { ReactNode } from "react";
import { DraftNotice, FormProblem } from "./form-problem.tsx";
import type { PolicyEditor, VersionedAnswer } from "./policy-editor.ts";
import type { RuleChange } from "./rule-change.ts";
import { SaveBar } from "./save-bar.tsx";
import { TheirChanges } from "./their-changes.tsx";
import { useUnsavedGuard } from "./unsaved-guard.tsx";

export type SavedAnswer<Value> = VersionedAnswer<Value> & {
  readonly changedAt: string | null;
  readonly changedBy: string | null;
};

export type PolicyFormProps<Answer extends SavedAnswer<Value>, Value, Draft> = {
  readonly editor: PolicyEditor<Answer, Value, Draft>;
  /** From one version of the rules to another, in words. */
  readonly describeChanges: (from: Value, to: Value) => readonly RuleChange[];
  /** Where one line of words stands for several changes. */
  readonly countChanges?: (from: Value, to: Value) => number;
  readonly faultText?: string;
  readonly idleText?: string;
  /** Saves by calling it, at once or after asking. */
  readonly onSave?: (save: () => Promise<void>) => void;
  readonly children: ReactNode;
  /** What the draft would do, below the rules. */
  readonly preview: ReactNode;
  /** What the rules do now, beside them. */
  readonly evidence: ReactNode;
};

export function PolicyForm<Answer extends SavedAnswer<Value>, Value, Draft>(
  props: PolicyFormProps<Answer, Value, Draft>,
) {
  const { editor, describeChanges, countChanges, faultText, idleText } = props;
  const { base, theirs, value } = editor;
  const ask = props.onSave ?? ((save: () => Promise<void>) => void save());
  const count = countChanges ?? ((from, to) => describeChanges(from, to).length);
  useUnsavedGuard(editor.isDirty);
  return (
    <Grid gap="lg">
      <Grid.Col span={{ base: 12, lg: 8 }}>
        <Stack gap="md">
          <FormProblem problem={editor.problem} />
          <DraftNotice isShown={editor.isRestored} isAsBefore={editor.isAsBefore} />
          {theirs === null ? null : (
            <TheirChanges
              {...theirs}
              changes={describeChanges(base.value, theirs.value)}
              isSaving={editor.isSaving}
              mayKeepMine={value !== null}
              onKeepMine={() => ask(editor.keepMine)}
              onTakeTheirs={editor.takeTheirs}
            />
          )}
          {props.children}
          {props.preview}
          <SaveBar
            changesCount={value === null ? 0 : count(base.value, value)}
            hasFaults={value === null}
            {...(faultText === undefined ? {} : { faultText })}
            {...(idleText === undefined ? {} : { idleText })}
            isDirty={editor.isDirty}
            isSaving={editor.isSaving}
            isSaved={editor.isSaved}
            goBack={editor.goBack}
            onSave={() => ask(editor.save)}
            onDiscard={editor.discard}
          />
        </Stack>
      </Grid.Col>
      <Grid.Col span={{ base: 12, lg: 4 }}>
        <Stack gap="md">{props.evidence}</Stack>
      </Grid.Col>
    </Grid>
  );
}
