// One method of two-factor authentication: whether it is on, with set up, reset and turn off.
import { Button, Group, Text } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useRef, useState } from "react";
import type { ComponentType } from "react";
import { askToConfirm } from "../../shell/ask-to-confirm.tsx";
import { SettingCard } from "../../shell/setting-card.tsx";
import { showRefusal } from "../../shell/show-toast.ts";
import { StatusMark } from "../../shell/status-mark.tsx";
import { TimeText } from "../../shell/time-text.tsx";
import { isProofCancelled, useProof } from "./prove.ts";
import type { SetUpStepsProps } from "./set-up-step.ts";
import { SetUpDialog } from "./set-up-dialog.tsx";
import { methodsOn, twoFactorQuery } from "./two-factor-query.ts";
import type { HeardTwoFactor } from "./two-factor-query.ts";

export type MethodCardProps = {
  readonly title: string;
  readonly sentence: string;
  readonly known: HeardTwoFactor;
  /** Null: off. */
  readonly setUpAt: string | null;
  readonly Steps: ComponentType<SetUpStepsProps>;
  /** What does not work any more when it is off: "Codes from the app". */
  readonly lost: string;
  readonly turnOff: () => Promise<unknown>;
};

export function MethodCard(props: MethodCardProps) {
  const { title, sentence, setUpAt, Steps } = props;
  const { prove } = useProof();
  const [isOpen, setOpen] = useState(false);
  const opener = useRef<HTMLButtonElement>(null);
  const isOn = setUpAt !== null;

  /** Whoever has to show that it is them, does it before the dialog opens. */
  async function begin(): Promise<void> {
    try {
      await prove(() => Promise.resolve());
      setOpen(true);
    } catch (error) {
      if (!isProofCancelled(error)) showRefusal(error);
    }
  }

  /** The dialog knows only the one before it, which asked for the proof. */
  function close(): void {
    setOpen(false);
    opener.current?.focus();
  }

  return (
    <SettingCard
      title={title}
      sentence={sentence}
      control={<StatusMark tone={isOn ? "good" : "quiet"}>{isOn ? "On" : "Off"}</StatusMark>}
    >
      {isOn ? (
        <Text size="sm">
          Set up <TimeText at={setUpAt} />.
        </Text>
      ) : null}
      <Group gap="xs">
        <Button
          ref={opener}
          variant={isOn ? "default" : "filled"}
          onClick={() => void begin()}
          aria-label={`${isOn ? "Reset" : "Set up"}: ${title}`}
        >
          {isOn ? "Reset" : "Set up"}
        </Button>
        {isOn ? <TurnOff {...props} /> : null}
      </Group>
      {isOpen ? <SetUpDialog Steps={Steps} isReset={isOn} onClose={close} /> : null}
    </SettingCard>
  );
}

function TurnOff({ title, known, lost, turnOff }: MethodCardProps) {
  const client = useQueryClient();
  const { prove } = useProof();
  const isLast = methodsOn(known) === 1;
  if (isLast && known.isRequired) {
    return (
      <Text size="sm" c="dimmed" flex="1 1 240px">
        Your account requires a second factor. To turn this one off, set up another one first.
      </Text>
    );
  }
  return (
    <Button
      variant="default"
      aria-label={`Turn off: ${title}`}
      onClick={() =>
        askToConfirm({
          title: `Turn off ${title}?`,
          changes: describeTurnOff(lost, isLast),
          confirmLabel: "Turn off",
          act: async () => {
            await prove(turnOff);
            await client.invalidateQueries(twoFactorQuery);
          },
          done: `${title} is off.`,
        })
      }
    >
      Turn off
    </Button>
  );
}

function describeTurnOff(lost: string, isLast: boolean): string {
  const what = `${lost} do not open your sign-in any more. A mail tells you of it.`;
  return isLast
    ? `${what} It is your last method: your password alone opens your sign-in then, and your ` +
        "backup codes are deleted."
    : `${what} Browsers that you trusted are asked again.`;
}
