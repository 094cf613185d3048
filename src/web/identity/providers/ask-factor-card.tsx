// The rule whether the own second factor is asked for after single sign-on, and whom it would ask.
import { List, Switch, Text } from "@mantine/core";
import type { SingleSignOnRules } from "../../../core/identity/identity-policy.ts";
import { countOf } from "../../accounts/user-words.ts";
import { SettingCard } from "../../shell/setting-card.tsx";
import type { RuledUsers } from "../security/policy-evidence.tsx";
import { usersWithoutFactor } from "../security/ruled-users.ts";
import { describeRuleOf } from "./provider-words.ts";

const TITLE = "Ask for the second factor after single sign-on";

export type AskFactorCardProps = {
  readonly draft: SingleSignOnRules;
  readonly defaults: SingleSignOnRules;
  readonly onChange: (draft: SingleSignOnRules) => void;
};

export function AskFactorCard({ draft, defaults, onChange }: AskFactorCardProps) {
  return (
    <SettingCard
      title={TITLE}
      sentence="Users with a second factor here are asked for it, whatever the provider asked."
      control={
        <Switch
          aria-label={TITLE}
          checked={draft.askSecondFactor.enabled}
          onChange={(event) =>
            onChange({ askSecondFactor: { enabled: event.currentTarget.checked } })
          }
          onLabel="On"
          offLabel="Off"
          size="md"
        />
      }
    >
      <List size="sm" spacing={4}>
        <List.Item>
          Off: the provider decides alone, and asks for what it is set up to ask.
        </List.Item>
        <List.Item>
          Where 2FA authentication is required, it is asked for either way, unless the provider says
          in its token that it asked for a second factor itself. Google and Microsoft do not say so.
        </List.Item>
        <List.Item>Browsers that somebody trusts are not asked again, as with passwords.</List.Item>
      </List>
      <Text size="xs" c="dimmed">
        Default: {describeRuleOf(defaults)}.
      </Text>
    </SettingCard>
  );
}

export function AskFactorEvidence({ ruled }: { readonly ruled: RuledUsers | null }) {
  if (ruled === null) return null;
  const users = ruled.users.filter(({ isDisabled }) => !isDisabled);
  const asked = users.length - usersWithoutFactor(users).length;
  return (
    <SettingCard title="Now">
      <Text size="sm">
        {asked === 0
          ? "None of them has a second factor on: switched on, the rule would ask nobody."
          : `${asked} of ${countOf(users.length, "user")} have a second factor on; the others ` +
            "would not be asked."}
      </Text>
      {ruled.isWhole ? null : (
        <Text size="xs" c="dimmed">
          Only the first {ruled.users.length} users were looked at.
        </Text>
      )}
    </SettingCard>
  );
}
