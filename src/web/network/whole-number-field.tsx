// A whole number of a rule as it is typed: its bounds, its default, and what is not accepted.
import { TextInput } from "@mantine/core";

export type WholeNumberFieldProps = {
  readonly label: string;
  /** What is counted, and the default: "Seconds. Default 60." */
  readonly description: string;
  readonly text: string;
  readonly fault: string | undefined;
  readonly onChange: (text: string) => void;
};

export function WholeNumberField(props: WholeNumberFieldProps) {
  const { label, description, text, fault, onChange } = props;
  return (
    <TextInput
      label={label}
      description={description}
      inputMode="numeric"
      autoComplete="off"
      value={text}
      onChange={(event) => onChange(event.currentTarget.value)}
      error={fault}
    />
  );
}
