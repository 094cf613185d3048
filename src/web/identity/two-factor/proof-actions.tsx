// The buttons below each way of showing who one is.
import { Button, Group } from "@mantine/core";
import { keepFocus } from "../../shell/keep-focus.ts";

export type ProofActionsProps = {
  readonly isSending: boolean;
  readonly isDisabled?: boolean;
  readonly onCancel: () => void;
};

export function ProofActions({ isSending, isDisabled = false, onCancel }: ProofActionsProps) {
  return (
    <Group justify="flex-end" gap="sm">
      <Button variant="default" onMouseDown={keepFocus} onClick={onCancel}>
        Cancel
      </Button>
      <Button type="submit" onMouseDown={keepFocus} loading={isSending} disabled={isDisabled}>
        Go on
      </Button>
    </Group>
  );
}
