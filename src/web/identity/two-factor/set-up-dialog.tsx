// The dialog in which a method is set up or reset, from its first step to Done.
import { Modal } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { ComponentType } from "react";
import { useProof } from "./prove.ts";
import type { SetUpStep, SetUpStepsProps } from "./set-up-step.ts";
import { twoFactorQuery } from "./two-factor-query.ts";

export type SetUpDialogProps = {
  readonly Steps: ComponentType<SetUpStepsProps>;
  readonly isReset: boolean;
  readonly onClose: () => void;
};

export function SetUpDialog({ Steps, isReset, onClose }: SetUpDialogProps) {
  const client = useQueryClient();
  const { prove, isAsking } = useProof();
  // What is set up here stays "set up" or "reset" when the page behind knows that it is on.
  const [wasOn] = useState(isReset);

  function frame({ title, content, close, isGuarded }: SetUpStep) {
    return (
      <Modal
        opened
        onClose={close}
        title={title}
        closeOnClickOutside={!isGuarded}
        // The dialog that asks for a proof stands above this one then.
        closeOnEscape={!isAsking}
        trapFocus={!isAsking}
      >
        {content}
      </Modal>
    );
  }

  return (
    <Steps
      isReset={wasOn}
      frame={frame}
      prove={prove}
      onOn={() => void client.invalidateQueries(twoFactorQuery)}
      onCancel={onClose}
      onDone={onClose}
    />
  );
}
