// A day and time by the viewer's clock, kept as an instant.
import { TextInput } from "@mantine/core";

export type MomentFieldProps = {
  readonly label: string;
  /** RFC 3339; null: none. */
  readonly value: string | null;
  readonly onChange: (value: string | null) => void;
};

export function MomentField({ label, value, onChange }: MomentFieldProps) {
  return (
    <TextInput
      type="datetime-local"
      label={label}
      value={localText(value)}
      onChange={(event) => onChange(instantOf(event.currentTarget.value))}
    />
  );
}

/** "2027-03-04T12:30", as the browser's field takes it. */
function localText(value: string | null): string {
  const at = value === null ? null : new Date(value);
  if (at === null || Number.isNaN(at.getTime())) return "";
  const local = new Date(at.getTime() - at.getTimezoneOffset() * 60_000);
  return local.toISOString().slice(0, 16);
}

function instantOf(text: string): string | null {
  const at = new Date(text);
  return Number.isNaN(at.getTime()) ? null : at.toISOString();
}
