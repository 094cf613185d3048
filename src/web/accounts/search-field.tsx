// A field that searches while one types.
import { CloseButton, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useState } from "react";

const TYPING_MS = 250;

export type SearchText = {
  readonly text: string;
  readonly setText: (text: string) => void;
  /** What to ask for: trimmed, and a moment behind the typing. */
  readonly search: string;
};

export function useSearchText(): SearchText {
  const [text, setText] = useState("");
  const [search] = useDebouncedValue(text.trim(), TYPING_MS);
  return { text, setText, search: text.trim() === "" ? "" : search };
}

export type SearchFieldProps = {
  readonly label: string;
  readonly placeholder: string;
  readonly search: SearchText;
};

export function SearchField({ label, placeholder, search }: SearchFieldProps) {
  const { text, setText } = search;
  return (
    <TextInput
      type="search"
      label={label}
      placeholder={placeholder}
      value={text}
      maxLength={200}
      onChange={(event) => setText(event.currentTarget.value)}
      autoComplete="off"
      spellCheck={false}
      rightSection={
        text === "" ? null : (
          <CloseButton size="sm" aria-label="Clear the search" onClick={() => setText("")} />
        )
      }
    />
  );
}
