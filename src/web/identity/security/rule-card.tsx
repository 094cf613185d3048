// One rule of user authentication on a card: switch, sentence, number with bounds, advice.
import { Group, Switch, Text, TextInput } from "@mantine/core";
import type { ReactNode } from "react";
import type { UserAuthenticationRules } from "../../../core/identity/identity-policy.ts";
import { InfoIcon } from "../../shell/icons.tsx";
import { SettingCard } from "../../shell/setting-card.tsx";
import { switchRule } from "./authentication-draft.ts";
import type { RuleDraft } from "./authentication-draft.ts";
import { describeRule } from "./authentication-rules.ts";
import type { RuleWords } from "./authentication-rules.ts";

export type RuleCardProps = {
  readonly words: RuleWords;
  readonly draft: RuleDraft;
  readonly defaults: UserAuthenticationRules;
  /** What is wrong with the number as it is typed. */
  readonly fault: string | undefined;
  readonly onChange: (draft: RuleDraft) => void;
  /** What the rule would do now. */
  readonly evidence?: ReactNode;
};

export function RuleCard(props: RuleCardProps) {
  const { words, draft, defaults, fault, onChange, evidence } = props;
  const { number } = words;
  return (
    <SettingCard
      title={words.title}
      sentence={words.sentence}
      control={
        <Switch
          aria-label={words.title}
          checked={draft.isOn}
          onChange={(event) => onChange(switchRule(words, draft, event.currentTarget.checked))}
          onLabel="On"
          offLabel="Off"
          size="md"
        />
      }
    >
      {number === null ? null : (
        <TextInput
          label={number.label}
          description={`${number.minimum} to ${number.maximum}`}
          inputMode="numeric"
          w={240}
          maxLength={6}
          autoComplete="off"
          disabled={!draft.isOn}
          value={draft.numberText}
          onChange={(event) => onChange({ ...draft, numberText: event.currentTarget.value })}
          error={fault}
        />
      )}
      <Text size="xs" c="dimmed">
        Default: {describeDefault(words, defaults)}.
      </Text>
      {evidence}
      {words.advice === null ? null : (
        <Group gap={6} wrap="nowrap" align="flex-start" c="dimmed">
          <span style={{ flex: "none", lineHeight: 0, marginTop: 2 }}>
            <InfoIcon size={15} />
          </span>
          <Text size="xs" maw={560}>
            {words.advice}
          </Text>
        </Group>
      )}
    </SettingCard>
  );
}

/** "on, 8 characters", or "off (90 days when on)": the number of a rule that is off counts too. */
function describeDefault(words: RuleWords, defaults: UserAuthenticationRules): string {
  if (words.number === null) return describeRule(words, defaults);
  const isOn = defaults[words.key].enabled;
  const whenOn = describeRule(words, {
    ...defaults,
    [words.key]: { ...defaults[words.key], enabled: true },
  });
  return isOn ? `on, ${whenOn}` : `off; ${whenOn} when it is switched on`;
}
