// Where the keyboard goes on after saving, as the buttons that were pressed can be pressed no more.
import { useEffect, useRef } from "react";
import type { RefObject } from "react";
import { useUnconfirmed } from "../policy/unconfirmed-query.ts";

export type FocusAfterSaving = {
  /** Of what says whether it is saved; it takes the focus with `tabIndex={-1}`. */
  readonly status: RefObject<HTMLParagraphElement | null>;
  /** Of what stands around the buttons. */
  readonly bar: RefObject<HTMLDivElement | null>;
};

/** Focus that somebody has moved to a field meanwhile stays there. */
export function useFocusAfterSaving(isDirty: boolean): FocusAfterSaving {
  const { changes, ownGoesBackAtMs } = useUnconfirmed();
  const status = useRef<HTMLParagraphElement>(null);
  const bar = useRef<HTMLDivElement>(null);
  const wasDirty = useRef(isDirty);
  /** What was saved for some minutes is not listed above yet. */
  const isExpected = useRef(false);

  useEffect(() => {
    if (ownGoesBackAtMs !== null) isExpected.current = true;
    if (wasDirty.current && !isDirty) focusOn(status.current, bar.current);
    wasDirty.current = isDirty;
    const isListed = ownGoesBackAtMs === null && changes.length > 0;
    if (isDirty || !isListed || !isExpected.current) return;
    isExpected.current = false;
    // Not on its button: an Enter that is held would confirm what nobody has tried yet.
    if (document.activeElement === status.current) goTo(".postern-unconfirmed");
  }, [isDirty, changes, ownGoesBackAtMs]);

  return { status, bar };
}

/** Where nothing has it, or what is going away: this bar's buttons, a dialog that closes. */
function focusOn(target: HTMLElement | null, bar: HTMLElement | null): void {
  const current = document.activeElement;
  const isFree =
    current === null ||
    current === document.body ||
    bar?.contains(current) === true ||
    current.closest("[role=dialog]") !== null;
  if (isFree) target?.focus({ preventScroll: true });
}

function goTo(selector: string): void {
  document.querySelector<HTMLElement>(selector)?.focus({ preventScroll: true });
}
