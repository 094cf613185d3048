// Says that no code is taken at present, until when, and how many tries are left then.
import { Alert, Text } from "@mantine/core";
import { WarningIcon } from "../../shell/icons.tsx";
import { Countdown, ownTimeMs } from "./countdown.tsx";

/** As both answers about second factors carry it. */
export type CodeTries = {
  readonly attemptsLeft: number;
  readonly pausedUntil: string | null;
  readonly lockedUntil: string | null;
  readonly serverTime: string;
  readonly receivedAtMs: number;
};

export type CodePauseNoteProps = {
  readonly tries: CodeTries;
  /** Codes are taken again. */
  readonly onEnded: () => void;
};

export function CodePauseNote({ tries, onEnded }: CodePauseNoteProps) {
  const { attemptsLeft, pausedUntil, lockedUntil } = tries;
  const until = lockedUntil ?? pausedUntil;
  if (until === null) return null;
  const left = attemptsLeft === 1 ? "one more code" : `${attemptsLeft} more codes`;
  return (
    <Alert
      color="red"
      variant="light"
      icon={<WarningIcon />}
      role="status"
      title={
        lockedUntil === null
          ? "Please try again in five minutes."
          : "Codes are locked after five wrong ones."
      }
    >
      <Text size="sm">
        No code is taken for another{" "}
        <Countdown endsAtMs={ownTimeMs(until, tries)} onEnded={onEnded} />, not even the right one.
        {lockedUntil === null ? ` Then you may try ${left}.` : ""}
      </Text>
    </Alert>
  );
}
