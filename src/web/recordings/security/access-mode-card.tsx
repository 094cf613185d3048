// The rule on its card: the access mode, and beneath it the whitelist where the mode has one.
import { Divider, Group, Radio, Stack, Switch, Text } from "@mantine/core";
import type { AudioPolicyAnswer } from "../../../api/audio-download-api.ts";
import { countOf } from "../../accounts/user-words.ts";
import { InfoIcon } from "../../shell/icons.tsx";
import { TextLink } from "../../shell/page-links.tsx";
import { SettingCard } from "../../shell/setting-card.tsx";
import { ACCESS_MODE_WORDS, nameOfMode } from "./access-mode-words.ts";
import { opensByWhitelist, usesWhitelist } from "./audio-draft.ts";
import type { AudioDraft, DraftFault } from "./audio-draft.ts";
import { WhitelistField } from "./whitelist-field.tsx";

export type AccessModeCardProps = {
  readonly draft: AudioDraft;
  readonly saved: AudioPolicyAnswer;
  readonly faults: readonly DraftFault[];
  readonly onChange: (draft: AudioDraft) => void;
};

export function AccessModeCard({ draft, saved, faults, onChange }: AccessModeCardProps) {
  return (
    <SettingCard
      title="Access control"
      sentence="Who may play and download the recordings of this account. It holds for every link."
    >
      <Radio.Group
        aria-label="Access control of audio downloads"
        value={draft.mode}
        onChange={(mode) => onChange({ ...draft, mode })}
      >
        <Stack gap="sm">
          {ACCESS_MODE_WORDS.map(({ mode, label, sentence, advice }) => (
            <div key={mode}>
              <Radio value={mode} label={label} description={sentence} />
              {advice === null ? null : <Advice text={advice} />}
            </div>
          ))}
        </Stack>
      </Radio.Group>
      <Text size="xs" c="dimmed">
        Default: {nameOfMode(saved.default.mode)}.
      </Text>
      {usesWhitelist(draft.mode) ? (
        <>
          <Divider />
          <WhitelistField draft={draft} faults={faults} onChange={onChange} />
        </>
      ) : null}
      {opensByWhitelist(draft.mode) ? (
        <ShareableSwitch draft={draft} saved={saved} onChange={onChange} />
      ) : null}
    </SettingCard>
  );
}

/** In line with the words of the radio above it. */
function Advice({ text }: { readonly text: string }) {
  return (
    <Group gap={6} wrap="nowrap" align="flex-start" c="dimmed" mt={4} ml={32}>
      <span style={{ flex: "none", lineHeight: 0, marginTop: 2 }}>
        <InfoIcon size={15} />
      </span>
      <Text size="xs" maw={560}>
        {text}
      </Text>
    </Group>
  );
}

type ShareableSwitchProps = Omit<AccessModeCardProps, "faults">;

/** Somebody at the office without a sign-in is nobody whose numbers could be asked. */
function ShareableSwitch({ draft, saved, onChange }: ShareableSwitchProps) {
  const { account, numbers, shareableNumbers } = saved;
  return (
    <Stack gap={6}>
      <Text size="sm" maw={620}>
        At an address of the whitelist nobody has to sign in, so there is no user whose numbers
        could be checked:{" "}
        {draft.onlyShareable
          ? "only numbers marked shareable are open there."
          : "every number of the account is open there."}
      </Text>
      <Switch
        label="Whitelist opens only numbers marked shareable"
        description="For the other numbers it asks to sign in there too."
        checked={draft.onlyShareable}
        onChange={(event) => onChange({ ...draft, onlyShareable: event.currentTarget.checked })}
      />
      <Text size="sm" c="dimmed">
        {numbers === 0
          ? "The account has no tracking numbers yet."
          : `${shareableNumbers} of ${countOf(numbers, "number")} ${
              shareableNumbers === 1 ? "is" : "are"
            } marked shareable.`}{" "}
        <TextLink to="/tracking-numbers" search={{ account }} size="sm">
          See and mark numbers
        </TextLink>
      </Text>
    </Stack>
  );
}
