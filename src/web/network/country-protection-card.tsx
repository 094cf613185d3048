// The switch of the country policy, what it does as it is set, and what it would do to oneself.
import { Alert, Button, Group, Stack, Text } from "@mantine/core";
import { useState } from "react";
import type { CountryRule, Mode } from "../../core/network/network-policy.ts";
import { answerOf, api } from "../api/api.ts";
import { InfoIcon, WarningIcon } from "../shell/icons.tsx";
import { SettingCard } from "../shell/setting-card.tsx";
import { showDone, showRefusal } from "../shell/show-toast.ts";
import { nameOfPlace } from "./address-test-card.tsx";
import { actionOf, describeAction, describeCountryRule } from "./country-draft.ts";
import { ModeChoice } from "./mode-choice.tsx";
import type { OwnPlace } from "./use-own-place.ts";

export type CountryProtectionCardProps = {
  readonly account: string | null;
  readonly draft: CountryRule;
  readonly savedMode: Mode;
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
  const { account, draft, savedMode, own, onChange } = props;
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
      {own === null ? null : <OwnNote {...{ account, draft, savedMode, own }} />}
    </SettingCard>
  );
}

/** Whether saving would refuse the one who saves. */
export function refusesOwn(draft: CountryRule, own: OwnPlace | null): boolean {
  if (own === null || own.isExempt || draft.mode !== "enforce") return false;
  return actionOf(draft, own.country) === "deny";
}

type OwnNoteProps = {
  readonly account: string | null;
  readonly draft: CountryRule;
  readonly savedMode: Mode;
  readonly own: OwnPlace;
};

const BEFORE_IT_IS_ON =
  " Before you turn this on, allow your own addresses, so that you do not lock yourself out by " +
  "accident.";

/** The guide's advice: allow your own addresses before this is turned on. */
function OwnNote({ account, draft, savedMode, own }: OwnNoteProps) {
  const isRefused = refusesOwn(draft, own);
  const where = `${own.address}, ${nameOfPlace(own.country)}`;
  return (
    <div role="status">
      <Alert
        color={isRefused ? "yellow" : "harbour"}
        variant="light"
        role="presentation"
        icon={isRefused ? <WarningIcon /> : <InfoIcon />}
        {...(isRefused ? { title: "This would refuse you" } : {})}
      >
        <Stack gap="xs">
          <Text size="sm" className="postern-breakable">
            {isRefused
              ? `You are at ${where}, which is denied. Allow your own address before you save.`
              : `You are at ${where}: ${
                  own.isExempt
                    ? "on an allow entry, so no country rule holds for you."
                    : `${describeAction(actionOf(draft, own.country))} by these rules.`
                }${savedMode === "enforce" ? "" : BEFORE_IT_IS_ON}`}
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
