// One field for a six-digit code: typed, pasted or filled in, it is sent once all digits are there.
import { TextInput } from "@mantine/core";
import type { TextInputProps } from "@mantine/core";
import { useEffect, useRef } from "react";
import type { ReactNode } from "react";
import { readCode } from "../../../core/identity/read-code.ts";
import "./code-field.css";

export type CodeFieldProps = Omit<TextInputProps, "value" | "onChange" | "ref"> & {
  readonly label: string;
  /** As it was typed, spaces and all; `form.getInputProps("code")` gives these three. */
  readonly value?: string;
  readonly onChange: (value: string) => void;
  readonly error?: ReactNode;
  /** Called when six digits are there, after `onChange`; the button beside it sends too. */
  readonly onComplete: () => void;
  /** Nothing can be typed meanwhile, but the focus stays. */
  readonly isSending: boolean;
};

const SENT_BY_ITSELF = "Six digits. They are sent as soon as all of them are there.";

/** No `maxLength`: "123 456" is pasted as it stands in the mail. */
export function CodeField({
  value = "",
  onChange,
  onComplete,
  isSending,
  ...rest
}: CodeFieldProps) {
  const input = useRef<HTMLInputElement>(null);
  const { error, disabled = false } = rest;
  useFocusKept(input, error, disabled);

  function take(typed: string): void {
    if (isSending) return;
    onChange(typed);
    const code = readCode("app", typed);
    if (code !== null && code !== readCode("app", value)) onComplete();
  }

  return (
    <TextInput
      description={SENT_BY_ITSELF}
      name="code"
      inputMode="numeric"
      autoComplete="one-time-code"
      autoCapitalize="none"
      autoCorrect="off"
      spellCheck={false}
      required
      classNames={{ input: "postern-code-digits" }}
      errorProps={{ role: "alert" }}
      {...rest}
      ref={input}
      readOnly={isSending}
      value={value}
      onChange={({ currentTarget }) => take(currentTarget.value)}
    />
  );
}

type Input = { readonly current: HTMLInputElement | null };

/** What was refused is marked, so that typing replaces it; a field that opens again is focused. */
function useFocusKept(input: Input, error: ReactNode, isDisabled: boolean): void {
  useEffect(() => {
    const { current } = input;
    if (error && current !== null && document.activeElement === current) current.select();
  }, [input, error]);
  const wasDisabled = useRef(isDisabled);
  useEffect(() => {
    const opens = wasDisabled.current && !isDisabled;
    wasDisabled.current = isDisabled;
    if (opens && isFocusIdle()) input.current?.focus();
  }, [input, isDisabled]);
}

/** On the page itself, on a heading or on a note; not on anything that somebody may be using. */
function isFocusIdle(): boolean {
  const { activeElement } = document;
  return !(activeElement instanceof HTMLElement) || activeElement.tabIndex < 0;
}
