// A list in a form: one entry a line, with the fault of whichever line is not accepted.
import { Textarea } from "@mantine/core";
import type { ReactNode } from "react";
import type { ProviderForm } from "./provider-rules.ts";

export type LinesFieldProps = {
  readonly form: ProviderForm;
  readonly name: "tenants" | "factorAcrs" | "privateHosts";
  readonly label: string;
  readonly description: ReactNode;
  readonly isDisabled?: boolean;
};

/** The server names the line (`/tenants/0`); the field shows what it says all the same. */
export function LinesField({ form, name, label, description, isDisabled }: LinesFieldProps) {
  const { error, onChange, ...input } = form.getInputProps(name);
  const ofLines = Object.keys(form.errors).filter((key) => key.startsWith(`${name}.`));
  const ofLine = ofLines[0] === undefined ? undefined : form.errors[ofLines[0]];
  return (
    <Textarea
      label={label}
      description={description}
      autosize
      minRows={2}
      maxRows={8}
      autoComplete="off"
      autoCapitalize="off"
      spellCheck={false}
      disabled={isDisabled === true}
      {...input}
      onChange={(event) => {
        for (const key of ofLines) form.clearFieldError(key);
        onChange(event);
      }}
      error={error ?? ofLine}
    />
  );
}
