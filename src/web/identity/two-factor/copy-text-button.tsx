// Copies a text, and says that it did, or how to do it by hand.
import { Button, VisuallyHidden } from "@mantine/core";
import { useEffect, useState } from "react";
import { CheckIcon } from "../../shell/icons.tsx";

const SAID_MS = 3_000;

type Outcome = "copied" | "failed" | null;

const LABELS = { copied: "Copied", failed: "Mark it and copy by hand" } as const;

export type CopyTextButtonProps = {
  readonly text: string;
  /** "Copy the secret" */
  readonly label: string;
  readonly onCopied?: () => void;
};

export function CopyTextButton({ text, label, onCopied }: CopyTextButtonProps) {
  const [outcome, setOutcome] = useState<Outcome>(null);
  useEffect(() => {
    if (outcome === null) return undefined;
    const timer = setTimeout(() => setOutcome(null), SAID_MS);
    return () => clearTimeout(timer);
  }, [outcome]);

  async function copy(): Promise<void> {
    try {
      // Not there at all where the page came over plain http (Clipboard API, secure contexts).
      await navigator.clipboard.writeText(text);
      setOutcome("copied");
      onCopied?.();
    } catch {
      setOutcome("failed");
    }
  }

  return (
    <>
      <Button
        variant="default"
        size="xs"
        leftSection={outcome === "copied" ? <CheckIcon size={15} /> : undefined}
        onClick={() => void copy()}
      >
        {outcome === null ? label : LABELS[outcome]}
      </Button>
      <VisuallyHidden role="status">{outcome === null ? "" : LABELS[outcome]}</VisuallyHidden>
    </>
  );
}
