// The switch of the country policy, what it does as it is set, and what it would do to oneself.
import { Alert, Button, Group, Stack, Text } from "@mantine/core";
import { useState } from "react";
import type { CountryRule } from "../../core/network/network-policy.ts";
import { answerOf, api } from "../api/api.ts";
import { InfoIcon, WarningIcon } from "../shell/icons.tsx";
import { SettingCard } from "../shell/setting-card.tsx";
import { showDone, showRefusal } from "../shell/show-toast.ts";
import { describeCountryRule } from "./country-draft.ts";
import { tellOwnPlace } from "./country-own-words.ts";
import { ModeChoice } from "./mode-choice.tsx";
import type { OwnPlace } from "./use-own-place.ts";

export type CountryProtectionCardProps = {
  readonly account: string | null;
  readonly draft: CountryRule;
  readonly saved: CountryRule;
  readonly own: OwnPlace | null;
  readonly onChange: (change: (draft: CountryRule) => CountryRule) => void;
};

const TITLE = "Allowed Country/Region IP access protection";

const MODE_WORDS = {
  off: "Countries are not looked at.",
  monitor: "Recorded as denied, nobody is refused.",
  enforce: "Denied countries are refused.",
};

export function CountryProtectionCard(props: CountryProtectionCardProps) {
  const { account, draft, saved, own, onChange } = props;
  return (
    <SettingCard
      title={TITLE}
      sentence="Addresses on an allow entry of the address lists pass wherever they are."
    >
      <ModeChoice
        label={`${TITLE} is`}
        value={draft.mode}
        words={MODE_WORDS}
        onChange={(mode) => onChange((before) => ({ ...before, mode }))}
      />
      <Text size="sm" role="status">
        {describeCountryRule(draft)}
      </Text>
      {own === null ? null : <OwnNote {...{ account, draft, saved, own }} />}
    </SettingCard>
  );
}

type OwnNoteProps = {
  readonly account: string | null;
  readonly draft: CountryRule;
  readonly saved: CountryRule;
  readonly own: OwnPlace;
};

function OwnNote({ account, draft, saved, own }: OwnNoteProps) {
  const { title, text } = tellOwnPlace({ saved, draft }, own);
  const isRefused = title !== null;
  return (
    <div role="status">
      <Alert
        color={isRefused ? "yellow" : "harbour"}
        variant="light"
        role="presentation"
        icon={isRefused ? <WarningIcon /> : <InfoIcon />}
        {...(isRefused ? { title } : {})}
      >
        <Stack gap="xs">
          <Text size="sm" className="postern-breakable">
            {text}
          </Text>
          {own.isExempt ? null : <AllowOwnButton account={account} own={own} />}
        </Stack>
      </Alert>
    </div>
  );
}

function AllowOwnButton({ account, own }: Pick<OwnNoteProps, "account" | "own">) {
  const [isBusy, setBusy] = useState(false);
  async function allow(): Promise<void> {
    setBusy(true);
    try {
      const note = "Allowed from the page Allowed countries";
      const body = { range: own.address, action: "allow" as const, note };
      const whose = account === null ? {} : { account };
      await answerOf(api.POST("/api/v1/entries", { body: { ...body, ...whose } }));
      await own.refresh();
      showDone(`${own.address} is on the allow list now.`);
    } catch (error) {
      showRefusal(error);
    } finally {
      setBusy(false);
    }
  }
  return (
    <Group>
      <Button size="xs" variant="default" loading={isBusy} onClick={() => void allow()}>
        Allow my address
      </Button>
    </Group>
  );
}
