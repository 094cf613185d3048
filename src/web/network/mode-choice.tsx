// The switch every network rule begins with: off, monitor or enforce, and what each would do.
import { Radio, SimpleGrid } from "@mantine/core";
import type { Mode } from "../../core/network/network-policy.ts";
import { nameOfMode } from "./mode-words.ts";
import type { ModeWords } from "./mode-words.ts";

const MODES = ["off", "monitor", "enforce"] as const satisfies readonly Mode[];

export type ModeChoiceProps = {
  /** What is switched, for screen readers: "Rate limits are". */
  readonly label: string;
  readonly value: Mode;
  readonly words: ModeWords;
  readonly onChange: (mode: Mode) => void;
};

export function ModeChoice({ label, value, words, onChange }: ModeChoiceProps) {
  return (
    <Radio.Group aria-label={label} value={value} onChange={onChange}>
      <SimpleGrid cols={{ base: 1, sm: 3 }} spacing="md" verticalSpacing="xs">
        {MODES.map((mode) => (
          <Radio key={mode} value={mode} label={nameOfMode(mode)} description={words[mode]} />
        ))}
      </SimpleGrid>
    </Radio.Group>
  );
}
