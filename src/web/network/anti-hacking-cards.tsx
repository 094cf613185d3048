// The two protections of the guide on cards: failed authentication, and web chat requests.
import { SimpleGrid, Text } from "@mantine/core";
import type { Mode } from "../../core/network/network-policy.ts";
import { PLATFORM_POLICY_DEFAULT } from "../../core/network/network-policy.ts";
import { SettingCard } from "../shell/setting-card.tsx";
import type { AntiHackingDraft, AntiHackingNumber, AntiHackingRead } from "./anti-hacking-draft.ts";
import { describeAuthenticationRule, describeWebchatRule } from "./anti-hacking-words.ts";
import { ModeChoice } from "./mode-choice.tsx";
import type { ModeWords } from "./mode-words.ts";
import { WholeNumberField } from "./whole-number-field.tsx";

export type AntiHackingCardProps = {
  readonly draft: AntiHackingDraft;
  readonly read: AntiHackingRead;
  readonly onChange: (draft: AntiHackingDraft) => void;
};

const MODE_WORDS: ModeWords = {
  off: "Not counted.",
  monitor: "Counted and recorded, nobody is banned.",
  enforce: "Offending addresses go in the blacklist.",
};

const { "failed-authentication": FAILED, "webchat-requests": WEBCHAT } = PLATFORM_POLICY_DEFAULT;

export function AuthenticationCard(props: AntiHackingCardProps) {
  const { draft, read, onChange } = props;
  const { rules } = read;
  return (
    <ProtectionCard
      {...props}
      title="Failed Authentication Protection"
      sentence={
        "Wrong passwords, codes, reset links and API tokens, and what other systems report. The " +
        "same wrong password for the same user counts once."
      }
      mode={draft.authenticationMode}
      onMode={(authenticationMode) => onChange({ ...draft, authenticationMode })}
      count={{
        name: "offencesMax",
        label: "Failed authentications accepted",
        description: `From one address. Default ${FAILED.offencesMax}.`,
      }}
      window={{
        name: "offenceWindow",
        label: "Within seconds",
        description: `In any period this long. Default ${FAILED.windowSeconds}.`,
      }}
      words={
        rules === null ? "" : describeAuthenticationRule(rules["failed-authentication"], rules.ban)
      }
    />
  );
}

export function WebchatCard(props: AntiHackingCardProps) {
  const { draft, read, onChange } = props;
  const { rules } = read;
  return (
    <ProtectionCard
      {...props}
      title="Web chat Requests Protection"
      sentence="Maximum allowed requests per IP address. Offending addresses are blacklisted."
      mode={draft.webchatMode}
      onMode={(webchatMode) => onChange({ ...draft, webchatMode })}
      count={{
        name: "requestsMax",
        label: "Web chat requests allowed",
        description: `From one address. Default ${WEBCHAT.requestsMax}.`,
      }}
      window={{
        name: "requestWindow",
        label: "Within seconds",
        description: `In any period this long. Default ${WEBCHAT.windowSeconds}.`,
      }}
      words={rules === null ? "" : describeWebchatRule(rules["webchat-requests"], rules.ban)}
    />
  );
}

type NumberWords = {
  readonly name: AntiHackingNumber;
  readonly label: string;
  readonly description: string;
};

type ProtectionCardProps = AntiHackingCardProps & {
  readonly title: string;
  readonly sentence: string;
  readonly mode: Mode;
  readonly onMode: (mode: Mode) => void;
  readonly count: NumberWords;
  readonly window: NumberWords;
  /** What the rule does as it is set. */
  readonly words: string;
};

function ProtectionCard(props: ProtectionCardProps) {
  const { draft, read, onChange, title, sentence, mode, onMode, words } = props;
  return (
    <SettingCard title={title} sentence={sentence}>
      <ModeChoice label={`${title} is`} value={mode} words={MODE_WORDS} onChange={onMode} />
      <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="md">
        {[props.count, props.window].map(({ name, label, description }) => (
          <WholeNumberField
            key={name}
            label={label}
            description={description}
            text={draft.texts[name]}
            fault={read.faults[name]}
            onChange={(text) => onChange({ ...draft, texts: { ...draft.texts, [name]: text } })}
          />
        ))}
      </SimpleGrid>
      <Text size="sm" role="status">
        {words}
      </Text>
    </SettingCard>
  );
}
