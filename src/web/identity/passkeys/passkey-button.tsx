// A button behind which the browser asks for a passkey; why there was none stands above it.
import { Button, Stack } from "@mantine/core";
import { useState } from "react";
import type { ApiProblem } from "../../api/api-problem.ts";
import { asApiProblem } from "../../api/api-problem.ts";
import { FormProblem } from "../../shell/form-problem.tsx";
import { keepFocus } from "../../shell/keep-focus.ts";
import { PasskeyIcon } from "./passkey-icon.tsx";

export type PasskeyButtonProps = {
  readonly label: string;
  readonly variant: "filled" | "default";
  /** From the options to the answer; what it rejects with is shown. */
  readonly act: () => Promise<void>;
};

export function PasskeyButton({ label, variant, act }: PasskeyButtonProps) {
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  const [isAsking, setAsking] = useState(false);

  async function ask(): Promise<void> {
    setAsking(true);
    setProblem(null);
    try {
      await act();
    } catch (error) {
      setProblem(asApiProblem(error));
    } finally {
      setAsking(false);
    }
  }

  return (
    <Stack gap="xs">
      <FormProblem problem={problem} />
      <Button
        type="button"
        variant={variant}
        fullWidth
        justify="space-between"
        leftSection={<PasskeyIcon />}
        // As wide as the sign, so that the words stand in the middle.
        rightSection={<span style={{ width: 18 }} />}
        loading={isAsking}
        onMouseDown={keepFocus}
        onClick={() => void ask()}
      >
        {label}
      </Button>
    </Stack>
  );
}
