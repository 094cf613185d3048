// The rate limit of one surface: its switch and its three numbers, by the guide's names.
import { SimpleGrid } from "@mantine/core";
import { ACCOUNT_POLICY_DEFAULT } from "../../core/network/network-policy.ts";
import type { LimitedSurface } from "../../core/network/network-policy.ts";
import { SURFACE_NAMES } from "../journal/surface-words.ts";
import { ModeChoice } from "./mode-choice.tsx";
import type { LimitDraft, LimitFaults } from "./limit-draft.ts";
import { WholeNumberField } from "./whole-number-field.tsx";

export type LimitFieldsProps = {
  readonly surface: LimitedSurface;
  readonly draft: LimitDraft;
  readonly faults: LimitFaults;
  readonly onChange: (draft: LimitDraft) => void;
};

const MODE_WORDS = {
  off: "Not counted.",
  monitor: "Counted and recorded, nobody is refused.",
  enforce: "Counted, and bans.",
};

export function LimitFields({ surface, draft, faults, onChange }: LimitFieldsProps) {
  const defaults = ACCOUNT_POLICY_DEFAULT["rate-limits"][surface];
  return (
    <>
      <ModeChoice
        label={`${SURFACE_NAMES[surface]} rate limits are`}
        value={draft.mode}
        words={MODE_WORDS}
        onChange={(mode) => onChange({ ...draft, mode })}
      />
      <SimpleGrid cols={{ base: 1, sm: 3 }} spacing="md">
        <WholeNumberField
          label="Request Max Count"
          description={`${surface === "audio" ? "Plays" : "Requests"}. Default ${
            defaults.requestMaxCount
          }.`}
          text={draft.countText}
          fault={faults.count}
          onChange={(countText) => onChange({ ...draft, countText })}
        />
        <WholeNumberField
          label="Request Max Seconds"
          description={`Seconds. Default ${defaults.requestMaxSeconds}.`}
          text={draft.secondsText}
          fault={faults.seconds}
          onChange={(secondsText) => onChange({ ...draft, secondsText })}
        />
        <WholeNumberField
          label="Request Ban Expiry"
          description={`Seconds. Default ${defaults.requestBanExpirySeconds}.`}
          text={draft.expiryText}
          fault={faults.expiry}
          onChange={(expiryText) => onChange({ ...draft, expiryText })}
        />
      </SimpleGrid>
    </>
  );
}
