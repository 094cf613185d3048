// The form of every page of network rules, with whose requests they hold for beside it.
import { Text } from "@mantine/core";
import type { ReactNode } from "react";
import type { PolicySection } from "../../core/network/network-policy.ts";
import { PreviewPanel } from "../preview/preview-panel.tsx";
import { actorName } from "../shell/actor-name.ts";
import { PolicyForm } from "../shell/policy-form.tsx";
import type { RuleChange } from "../shell/rule-change.ts";
import { SettingCard } from "../shell/setting-card.tsx";
import { TimeText } from "../shell/time-text.tsx";
import type { RulesAnswer, RulesOf } from "./network-rules-query.ts";
import { toRuleChanges } from "./to-rule-changes.ts";
import type { RulesEditor } from "./use-rules-editor.ts";

export type RulesFormProps<Section extends PolicySection, Draft> = {
  readonly account: string | null;
  readonly editor: RulesEditor<Section, Draft>;
  /** From one version of the rules to another, in words. */
  readonly describeChanges: (from: RulesOf<Section>, to: RulesOf<Section>) => readonly RuleChange[];
  /** Where one line of words stands for several changes. */
  readonly countChanges?: (from: RulesOf<Section>, to: RulesOf<Section>) => number;
  readonly faultText?: string;
  /** Unless the rules hold as every policy of its owner does. */
  readonly forWhom?: string;
  /** Saves by calling it, at once or after asking. */
  readonly onSave?: (save: () => Promise<void>) => void;
  readonly children: ReactNode;
  readonly evidence: ReactNode;
};

export function RulesForm<Section extends PolicySection, Draft>(
  props: RulesFormProps<Section, Draft>,
) {
  const { account, forWhom, evidence, ...form } = props;
  const { base, value } = form.editor;
  return (
    <PolicyForm
      {...form}
      preview={<PreviewPanel changes={toRuleChanges(account, base.value, value)} />}
      idleText="A number was spelled anew; it is the same number."
      evidence={
        <>
          {evidence}
          <SavedCard saved={form.editor.base} forWhom={forWhom ?? describeReach(account)} />
        </>
      }
    />
  );
}

/** Requests of an account meet the platform's rules first, then its own. */
function describeReach(account: string | null): string {
  return account === null
    ? "The platform's rules hold for every request, before those of any account."
    : `These rules hold for requests of ${account}, after the platform's.`;
}

type SavedCardProps = {
  readonly forWhom: string;
  readonly saved: Pick<RulesAnswer<PolicySection>, "version" | "changedAt" | "changedBy">;
};

function SavedCard({ forWhom, saved }: SavedCardProps) {
  const { version, changedAt, changedBy } = saved;
  return (
    <SettingCard title="For whom">
      <Text size="sm">{forWhom}</Text>
      <Text size="sm" c="dimmed" className="postern-breakable">
        {version === 0 ? (
          "Nobody has changed them yet: the defaults hold."
        ) : (
          <>
            Saved <TimeText at={changedAt} /> by <bdi>{actorName(changedBy)}</bdi>.
          </>
        )}
      </Text>
    </SettingCard>
  );
}
