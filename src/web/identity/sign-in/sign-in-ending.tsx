// Tells how long a sign-in that is not whole yet may still take, when that is not long any more.
import { Text } from "@mantine/core";
import { describeCountdown } from "../../shell/describe-time.ts";
import { ownTimeMs, useSecondsLeft } from "../two-factor/countdown.tsx";
import { lookAgain } from "./second-factor-query.ts";
import type { AskedFactor } from "./second-factor-query.ts";

const TOLD_FROM_SECONDS = 120;

/** When it is over, the server says so, which leads to the sign-in page. */
export function SignInEnding({ asked }: { readonly asked: AskedFactor }) {
  const { endsAt, pausedUntil } = asked;
  const leftSeconds = useSecondsLeft(ownTimeMs(endsAt, asked), () => void lookAgain());
  const isTooShort = pausedUntil !== null && Date.parse(endsAt) < Date.parse(pausedUntil);
  if (!isTooShort && leftSeconds > TOLD_FROM_SECONDS) return null;
  return (
    <Text size="sm" c="dimmed">
      This sign-in ends in {describeCountdown(leftSeconds)}
      {isTooShort ? ", before the pause does. Sign in again then." : "; then you sign in again."}
    </Text>
  );
}
