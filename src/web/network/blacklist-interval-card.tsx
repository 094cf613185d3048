// How long an automatic ban lasts, how it grows, where it holds, and what counts as one address.
import { Radio, SimpleGrid, Stack, Switch, Text } from "@mantine/core";
import { PLATFORM_POLICY_DEFAULT } from "../../core/network/network-policy.ts";
import { SettingCard } from "../shell/setting-card.tsx";
import type { AntiHackingCardProps } from "./anti-hacking-cards.tsx";
import { SCOPE_NAMES } from "./anti-hacking-draft.ts";
import type { AntiHackingNumber } from "./anti-hacking-draft.ts";
import { describeEscalation } from "./anti-hacking-words.ts";
import { describeSpan } from "./describe-span.ts";
import { WholeNumberField } from "./whole-number-field.tsx";

const { ban: DEFAULT } = PLATFORM_POLICY_DEFAULT;

export function BlacklistIntervalCard(props: AntiHackingCardProps) {
  return (
    <SettingCard
      title="Blacklist time interval"
      sentence={
        "How long an abusive IP address remains in the blacklist. A ban ends by itself, and " +
        "requests during it do not make it longer. Release one earlier under Address lists."
      }
    >
      <DurationFields {...props} />
      <ScopeFields {...props} />
      <Text size="xs" c="dimmed">
        Loopback, trusted proxies and the nodes themselves are never banned: an alarm is raised
        instead.
      </Text>
    </SettingCard>
  );
}

function DurationFields(props: AntiHackingCardProps) {
  const { draft, read, onChange } = props;
  const { rules } = read;
  return (
    <>
      <NumberOfCard
        {...props}
        name="duration"
        label="Blacklist time interval"
        description={`Seconds, from a minute to a year. Default ${DEFAULT.durationSeconds}.`}
      />
      <Switch
        label="Longer for repeats"
        description="Each repeat of an address within 30 days doubles its ban, up to the longest."
        checked={draft.isEscalating}
        onChange={(event) => onChange({ ...draft, isEscalating: event.currentTarget.checked })}
      />
      {draft.isEscalating ? (
        <NumberOfCard
          {...props}
          name="durationMax"
          label="Longest ban"
          description={`Seconds. Default ${DEFAULT.escalation.durationSecondsMax} (7 days).`}
        />
      ) : null}
      <Text size="sm" role="status">
        {rules === null
          ? ""
          : (describeEscalation(rules.ban) ??
            `Every ban lasts ${describeSpan(rules.ban.durationSeconds)}.`)}
      </Text>
    </>
  );
}

function ScopeFields(props: AntiHackingCardProps) {
  const { draft, onChange } = props;
  return (
    <>
      <Radio.Group
        label="Where bans hold"
        description="Bans for failed authentication, web chat and the hard limit."
        value={draft.scope}
        onChange={(scope) => onChange({ ...draft, scope })}
      >
        <Stack gap="xs" mt="xs">
          <Radio
            value="everywhere"
            label={SCOPE_NAMES.everywhere}
            description="On every surface, for every account. The default."
          />
          <Radio
            value="surface"
            label={SCOPE_NAMES.surface}
            description="Such as web chat: the address may still use the portal and sign in."
          />
        </Stack>
      </Radio.Group>
      <NumberOfCard
        {...props}
        name="ipv6PrefixLength"
        label="IPv6 prefix length"
        description={`48 to 128: one line has many addresses. Default ${DEFAULT.ipv6PrefixLength}.`}
      />
    </>
  );
}

type NumberOfCardProps = AntiHackingCardProps & {
  readonly name: AntiHackingNumber;
  readonly label: string;
  readonly description: string;
};

/** Half as wide as the card, where there is room. */
function NumberOfCard(props: NumberOfCardProps) {
  const { draft, read, onChange, name, label, description } = props;
  return (
    <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="md">
      <WholeNumberField
        label={label}
        description={description}
        text={draft.texts[name]}
        fault={read.faults[name]}
        onChange={(text) => onChange({ ...draft, texts: { ...draft.texts, [name]: text } })}
      />
    </SimpleGrid>
  );
}
