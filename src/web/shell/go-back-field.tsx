// Lets whoever saves choose that it goes back by itself unless it is confirmed in time.
import { Autocomplete, Checkbox, Group } from "@mantine/core";
import { MINUTES_OFFERED } from "./go-back-choice.ts";
import type { GoBackChoice } from "./go-back-choice.ts";

export type GoBackFieldProps = { readonly choice: GoBackChoice };

export function GoBackField({ choice }: GoBackFieldProps) {
  const { isOn, text, fault, setOn, setText } = choice;
  return (
    <Group gap="xs" align="flex-start" style={{ rowGap: 4 }}>
      <Checkbox
        size="sm"
        py={5}
        label="Go back unless I confirm it in time"
        checked={isOn}
        onChange={(event) => setOn(event.currentTarget.checked)}
      />
      {isOn ? (
        <Autocomplete
          size="xs"
          aria-label="Minutes to confirm it"
          inputMode="numeric"
          autoComplete="off"
          data={[...MINUTES_OFFERED]}
          // All of them, whatever is typed: they are there to be chosen from.
          filter={({ options }) => options}
          // Above, where it hides no button that saves.
          comboboxProps={{ position: "top-start", width: 116 }}
          value={text}
          onChange={setText}
          error={fault}
          rightSection={<span aria-hidden>minutes</span>}
          rightSectionWidth={64}
          styles={{
            wrapper: { width: 116 },
            input: { fontSize: 14 },
            section: { fontSize: 14, pointerEvents: "none" },
          }}
        />
      ) : null}
    </Group>
  );
}
