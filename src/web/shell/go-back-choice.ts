// Whether what is saved goes back by itself unless it is confirmed, and after how many minutes.
import { useState } from "react";
import { readWholeNumber } from "./whole-number.ts";
import type { WholeNumber } from "./whole-number.ts";

/** As the API takes it (`CONFIRM_MINUTES`, whose file would bring its schemas into every page). */
export const MINUTES_TO_CONFIRM = { minimum: 1, maximum: 1440 } as const;

/** To choose from; others are typed. */
export const MINUTES_OFFERED = ["5", "10", "30", "60"] as const;
const MINUTES_AT_FIRST = "10";

export function readMinutesToConfirm(text: string): WholeNumber {
  return readWholeNumber(text, MINUTES_TO_CONFIRM);
}

export type GoBackChoice = {
  readonly isOn: boolean;
  readonly text: string;
  /** Why the text is not accepted; null: it is, or it does not matter. */
  readonly fault: string | null;
  /** Null: what is saved stays, or nothing can be saved yet. */
  readonly minutes: number | null;
  readonly setOn: (isOn: boolean) => void;
  readonly setText: (text: string) => void;
};

/** @param begin what is chosen before anybody has chosen */
export function useGoBackChoice(
  begin: { readonly isOn: boolean; readonly minutes: number | null } = {
    isOn: false,
    minutes: null,
  },
): GoBackChoice {
  const [isOn, setOn] = useState(begin.isOn);
  const [text, setText] = useState(begin.minutes?.toString() ?? MINUTES_AT_FIRST);
  const reading = readMinutesToConfirm(text);
  return {
    isOn,
    text,
    fault: isOn && !reading.ok ? reading.fault : null,
    minutes: isOn && reading.ok ? reading.value : null,
    setOn,
    setText,
  };
}

/** What a button that saves says: "Save", or "Save for 10 minutes". */
export function labelFor(label: string, minutes: number | null): string {
  if (minutes === null) return label;
  return `${label} for ${minutes} ${minutes === 1 ? "minute" : "minutes"}`;
}
