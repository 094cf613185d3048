// Asks before a dialog is closed in which something was typed and not saved.
import { useEffect, useRef } from "react";
import type { KeyboardEvent, RefObject } from "react";
import { askToDrop, useUnsavedGuard } from "./unsaved-guard.tsx";

export type TypedGuard = {
  readonly close: () => void;
  readonly modalProps: {
    readonly onClose: () => void;
    readonly closeOnEscape: false;
    readonly onKeyDown: (event: KeyboardEvent) => void;
  };
  /** Set by its form, see `useTyped`. */
  readonly isTyped: RefObject<boolean>;
};

export function useTypedGuard(onClose: () => void): TypedGuard {
  const isTyped = useRef(false);
  function close(): void {
    if (!isTyped.current) return onClose();
    const words = {
      title: "Close without saving?",
      sentence: "What you typed here is not saved and would be lost.",
      confirm: "Close without saving",
      cancel: "Go on",
    };
    void askToDrop(words).then((mayDrop) => {
      if (mayDrop) onClose();
    });
    return undefined;
  }
  return {
    close,
    modalProps: {
      onClose: close,
      // A dialog hears of every Escape, also of those meant for the question above it.
      closeOnEscape: false,
      onKeyDown: ({ key, target, nativeEvent }) => {
        // Mantine's mark of a field whose own list is open.
        const isOfList =
          target instanceof Element &&
          target.getAttribute("data-mantine-stop-propagation") === "true";
        if (key === "Escape" && !isOfList && !nativeEvent.isComposing) close();
      },
    },
    isTyped,
  };
}

/** In the form: whether there is something to lose, by closing it and by leaving the page. */
export function useTyped({ isTyped }: Pick<TypedGuard, "isTyped">, isTypedNow: boolean): void {
  useUnsavedGuard(isTypedNow);
  useEffect(() => {
    isTyped.current = isTypedNow;
    return () => {
      isTyped.current = false;
    };
  }, [isTyped, isTypedNow]);
}
