// Sends a code by mail and asks for it: where it went, how long it is good, when the next may go.
import { Button, Group, Stack, Text } from "@mantine/core";
import { useEffect, useRef, useState } from "react";
import { asApiProblem } from "../../api/api-problem.ts";
import type { ApiProblem } from "../../api/api-problem.ts";
import { answerOf, api } from "../../api/api.ts";
import { describeCountdown } from "../../shell/describe-time.ts";
import { FormProblem } from "../../shell/form-problem.tsx";
import { keepFocus } from "../../shell/keep-focus.ts";
import { ownTimeMs, useSecondsLeft } from "../two-factor/countdown.tsx";
import type { FactorFormProps } from "./factor-form.tsx";
import { SecondFactorForm } from "./second-factor-form.tsx";
import { lookAgain } from "./second-factor-query.ts";
import type { AskedFactor } from "./second-factor-query.ts";

/** A mail needs a moment; whoever is impatient voids the code that is about to come. */
const AGAIN_AFTER_MS = 30_000;

export function EmailCodeForm(props: FactorFormProps) {
  const { asked } = props;
  const { emailCode } = asked;
  const sending = useCodeSending(asked);
  // Focused when the code has been asked for here, and not when the choice led here.
  const isFieldFocused = props.isFieldFocused || sending.count > 0;
  return (
    <Stack gap="md">
      <FormProblem problem={sending.problem} />
      {emailCode === null ? (
        <SendButton sending={sending} isPaused={asked.pausedUntil !== null} />
      ) : (
        <SecondFactorForm {...props} isFieldFocused={isFieldFocused} method="email">
          <SentCode asked={asked} emailCode={emailCode} sending={sending} />
        </SecondFactorForm>
      )}
    </Stack>
  );
}

type Sending = {
  readonly send: () => Promise<void>;
  readonly isSending: boolean;
  readonly problem: ApiProblem | null;
  /** How many were asked for on this page. */
  readonly count: number;
  /** 0: now. */
  readonly againInSeconds: number;
};

/** Where a mail is the only method the code is asked for without a press, once. */
function useCodeSending(asked: AskedFactor): Sending {
  const { methods, emailCode, pausedUntil } = asked;
  const [isSending, setSending] = useState(false);
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  const [count, setCount] = useState(0);
  const [againAtMs, setAgainAtMs] = useState<number | null>(null);
  const sentAtMs = emailCode?.sentAt == null ? null : ownTimeMs(emailCode.sentAt, asked);
  const waitsUntilMs = Math.max(againAtMs ?? 0, (sentAtMs ?? -AGAIN_AFTER_MS) + AGAIN_AFTER_MS);
  const againInSeconds = useSecondsLeft(waitsUntilMs === 0 ? null : waitsUntilMs);

  async function send(): Promise<void> {
    setSending(true);
    setProblem(null);
    try {
      await answerOf(api.POST("/api/v1/sign-in/second-factor/email-code"));
      setAgainAtMs(Date.now() + AGAIN_AFTER_MS);
      setCount((before) => before + 1);
      await lookAgain();
    } catch (error) {
      const refusal = asApiProblem(error);
      setProblem(refusal);
      const { retryAfterSeconds } = refusal;
      if (retryAfterSeconds !== null) setAgainAtMs(Date.now() + retryAfterSeconds * 1000);
    } finally {
      setSending(false);
    }
  }

  const isAskedFor = useRef(false);
  // A reload finds the code that is under way, and sends no other.
  const isSentByItself = methods.length === 1 && emailCode === null && pausedUntil === null;
  useEffect(() => {
    if (!isSentByItself || isAskedFor.current) return;
    isAskedFor.current = true;
    void send();
  });
  return { send, isSending, problem, count, againInSeconds };
}

type SendButtonProps = {
  readonly sending: Sending;
  readonly isPaused: boolean;
  readonly isAnother?: boolean;
};

/** Stays focused while it waits: what is disabled is lost to the keyboard. */
function SendButton({ sending, isPaused, isAnother = false }: SendButtonProps) {
  const { isSending, againInSeconds } = sending;
  const isWaiting = againInSeconds > 0 || isPaused;
  return (
    <Button
      variant={isAnother ? "default" : "filled"}
      size={isAnother ? "xs" : "sm"}
      fullWidth={!isAnother}
      loading={isSending}
      aria-disabled={isWaiting}
      {...(isWaiting ? { "data-disabled": true } : {})}
      onMouseDown={keepFocus}
      onClick={() => (isWaiting ? undefined : void sending.send())}
    >
      {isAnother ? "Send another code" : "Send a code"}
      {againInSeconds > 0 ? ` in ${describeCountdown(againInSeconds)}` : ""}
    </Button>
  );
}

type SentCodeProps = {
  readonly asked: AskedFactor;
  readonly emailCode: NonNullable<AskedFactor["emailCode"]>;
  readonly sending: Sending;
};

function SentCode({ asked, emailCode, sending }: SentCodeProps) {
  const { expiresAt, sentAt } = emailCode;
  const leftSeconds = useSecondsLeft(expiresAt === null ? null : ownTimeMs(expiresAt, asked));
  return (
    <Group justify="space-between" align="center" gap="sm">
      <Stack gap={0} flex="1 1 180px">
        <Text size="sm" className="postern-breakable" role="status">
          {sentWords(sentAt === null, sentAt !== null && leftSeconds === 0, asked.sentTo)}
          {sending.count > 1 ? " Only the newest one is good." : ""}
        </Text>
        {leftSeconds > 0 ? (
          <Text size="sm" c="dimmed" role="timer">
            Good for another {describeCountdown(leftSeconds)}.
          </Text>
        ) : null}
      </Stack>
      <SendButton sending={sending} isPaused={asked.pausedUntil !== null} isAnother />
    </Group>
  );
}

function sentWords(isWaiting: boolean, isExpired: boolean, sentTo: string): string {
  if (isExpired) return `The code sent to ${sentTo} has expired. Send another one.`;
  return isWaiting ? `A code is on its way to ${sentTo}.` : `A code was sent to ${sentTo}.`;
}
