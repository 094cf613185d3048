// Says that five wrong codes have locked the second factor, until when, and what to do now.
import { Stack, Text } from "@mantine/core";
import type { ReactNode } from "react";
import { TextLink } from "../../shell/page-links.tsx";
import { Countdown, ownTimeMs } from "../two-factor/countdown.tsx";
import { CardHeader } from "./card-header.tsx";
import { lookAgain } from "./second-factor-query.ts";
import type { AskedFactor } from "./second-factor-query.ts";
import { SignOutInstead } from "./sign-out-instead.tsx";

export type CodesLockedProps = {
  readonly asked: AskedFactor;
  /** What opens all the same, or null. */
  readonly children: ReactNode;
};

export function CodesLocked({ asked, children }: CodesLockedProps) {
  const { lockedUntil } = asked;
  return (
    <>
      <CardHeader title="Codes are locked" />
      <Stack gap="md">
        <LockedWords untilMs={lockedUntil === null ? null : ownTimeMs(lockedUntil, asked)} />
        {children === null ? null : (
          <Stack gap="xs">
            <Text size="sm">A passkey works all the same, because nobody can guess it.</Text>
            {children}
          </Stack>
        )}
        <SignOutInstead label="Sign out and come back later" />
      </Stack>
    </>
  );
}

export type LockedWordsProps = {
  /** On this browser's clock; null: not known. */
  readonly untilMs: number | null;
};

export function LockedWords({ untilMs }: LockedWordsProps) {
  return (
    <>
      <Text role="status">
        There were five wrong codes, so none is accepted for{" "}
        {untilMs === null ? (
          "thirty minutes"
        ) : (
          <>
            another <Countdown endsAtMs={untilMs} onEnded={() => void lookAgain()} />
          </>
        )}
        , not even the right one. A mail tells you of it.
      </Text>
      <Text size="sm">Sign in again then, or ask your administrator to release you sooner.</Text>
      <Text size="sm">
        Did you not type these codes? Then somebody knows your password:{" "}
        <TextLink to="/forgotten-password" inherit>
          choose a new password at once
        </TextLink>
        .
      </Text>
    </>
  );
}
