// The two rules of the second factor on cards: how often it is asked for, and whether of everybody.
import { List, Radio, Stack, Switch, Text } from "@mantine/core";
import type { TwoFactorRules } from "../../../core/identity/identity-policy.ts";
import { countOf } from "../../accounts/user-words.ts";
import { SettingCard } from "../../shell/setting-card.tsx";
import { describeFrequency, endsTrust, FREQUENCY_WORDS } from "./two-factor-words.ts";

export type TwoFactorRuleProps = {
  readonly draft: TwoFactorRules;
  readonly saved: TwoFactorRules;
  readonly defaults: TwoFactorRules;
  /** For so many the rules hold. */
  readonly users: number;
  readonly onChange: (draft: TwoFactorRules) => void;
};

export function FrequencyCard({ draft, saved, defaults, users, onChange }: TwoFactorRuleProps) {
  return (
    <SettingCard
      title="Frequency"
      sentence="How often users who have a second factor are asked for it."
    >
      <Radio.Group
        aria-label="Frequency of two-factor authentication"
        value={draft.frequency}
        onChange={(frequency) => onChange({ ...draft, frequency })}
      >
        <Stack gap="sm">
          {FREQUENCY_WORDS.map(({ frequency, label, description }) => (
            <Radio key={frequency} value={frequency} label={label} description={description} />
          ))}
        </Stack>
      </Radio.Group>
      <Text size="sm" role="status" hidden={!endsTrust(saved, draft)}>
        {endsTrust(saved, draft)
          ? `Saving ends the trust in every browser of ${countOf(users, "user")}: ` +
            "their next sign-in asks again."
          : ""}
      </Text>
      <Text size="xs" c="dimmed">
        Default: {describeFrequency(defaults.frequency)}.
      </Text>
    </SettingCard>
  );
}

const TITLE = "Require two-factor authentication";

export function RequireCard({ draft, defaults, users, onChange }: TwoFactorRuleProps) {
  return (
    <SettingCard
      title={TITLE}
      sentence="Users without a second factor set one up when they next sign in, before all else."
      control={
        <Switch
          aria-label={TITLE}
          checked={draft.required.enabled}
          onChange={(event) =>
            onChange({ ...draft, required: { enabled: event.currentTarget.checked } })
          }
          onLabel="On"
          offLabel="Off"
          size="md"
        />
      }
    >
      <List size="sm" spacing={4}>
        <List.Item>
          {draft.required.enabled
            ? `It holds for ${countOf(users, "user")}.`
            : `Switched on, it would hold for ${countOf(users, "user")}.`}
        </List.Item>
        <List.Item>Users who are signed in go on; their next sign-in asks.</List.Item>
        <List.Item>
          Each chooses: an authenticator app, codes by e-mail, or a passkey. The last one that is on
          cannot be turned off.
        </List.Item>
      </List>
      <Text size="xs" c="dimmed">
        Default: {defaults.required.enabled ? "on" : "off"}.
      </Text>
    </SettingCard>
  );
}
