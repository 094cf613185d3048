// Stands between the right password and everything else while a second factor is asked for.
import { Anchor, Checkbox, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useNavigate, useRouter, useSearch } from "@tanstack/react-router";
import { useState } from "react";
import type { SignInAnswer } from "../../../api/sign-in-api.ts";
import { ErrorState } from "../../shell/error-state.tsx";
import { keepFocus } from "../../shell/keep-focus.ts";
import { LoadingLines } from "../../shell/loading-lines.tsx";
import { isLeadingAway } from "../../shell/stage-pages.ts";
import { CodePauseNote } from "../two-factor/code-pause-note.tsx";
import { CardHeader } from "./card-header.tsx";
import { CodesLocked } from "./codes-locked.tsx";
import { chooseWay, lastMethod, rememberMethod } from "./factor-search.ts";
import type { FactorWay } from "./factor-search.ts";
import { FactorForm, MethodChoice, sentenceOf } from "./factor-form.tsx";
import { goOn } from "./go-on.ts";
import { lookAgain, secondFactorQuery } from "./second-factor-query.ts";
import type { AskedFactor } from "./second-factor-query.ts";
import { SignInEnding } from "./sign-in-ending.tsx";
import { SignOutInstead } from "./sign-out-instead.tsx";
import { GoWhereNeeded, isAnsweredAlready, useSignedInElsewhere } from "./signed-in-elsewhere.tsx";

export function SecondFactorPage() {
  const { data, error, refetch } = useQuery(secondFactorQuery);
  useSignedInElsewhere();
  if (isAnsweredAlready(error)) return <GoWhereNeeded />;
  if (data !== undefined) return <Asked asked={data} />;
  if (error !== null && !isLeadingAway(error)) {
    return <ErrorState error={error} onRetry={() => void refetch()} />;
  }
  return <LoadingLines lines={5} />;
}

function Asked({ asked }: { readonly asked: AskedFactor }) {
  const { with: wanted } = useSearch({ from: "/plain/second-factor" });
  const navigate = useNavigate();
  const router = useRouter();
  const [isTrusted, setTrusted] = useState(false);
  // Whoever chooses a method by keyboard stays on the choice.
  const [isFieldFocused, setFieldFocused] = useState(true);
  const way = chooseWay(asked, wanted, lastMethod());
  const { methods, trustDays } = asked;

  function show(next: FactorWay | undefined, isStep: boolean): void {
    setFieldFocused(isStep);
    // The back button undoes a step, not a choice.
    void navigate({ to: "/second-factor", search: { with: next }, replace: !isStep });
  }

  async function take(answer: SignInAnswer): Promise<void> {
    if (way !== "backup-code") rememberMethod(way);
    await goOn(router, answer);
  }

  const form = { asked, isTrusted, isFieldFocused, onTaken: take };
  if (asked.lockedUntil !== null) {
    return (
      <CodesLocked asked={asked}>
        {methods.includes("passkey") ? <FactorForm {...form} way="passkey" /> : null}
      </CodesLocked>
    );
  }
  return (
    <>
      <CardHeader title="Confirm that it is you">{sentenceOf(way, asked)}</CardHeader>
      <Stack gap="md">
        {way === "passkey" ? null : <Tries asked={asked} />}
        {way === "backup-code" || methods.length < 2 ? null : (
          <MethodChoice methods={methods} way={way} onChange={(next) => show(next, false)} />
        )}
        {trustDays === null ? null : (
          <TrustTick days={trustDays} isTicked={isTrusted} onChange={setTrusted} />
        )}
        <FactorForm {...form} way={way} key={way} />
        <SignInEnding asked={asked} />
        <Stack gap={4} align="flex-start">
          <OtherWay asked={asked} way={way} onShow={(next) => show(next, true)} />
          <SignOutInstead />
        </Stack>
      </Stack>
    </>
  );
}

function Tries({ asked }: { readonly asked: AskedFactor }) {
  const { attemptsLeft, pausedUntil } = asked;
  if (pausedUntil !== null) {
    return <CodePauseNote tries={asked} onEnded={() => void lookAgain()} />;
  }
  if (attemptsLeft > TOLD_FROM_TRIES) return null;
  const left = attemptsLeft === 1 ? "One more try is left" : `${attemptsLeft} more tries are left`;
  return (
    <Text size="sm" fw={600}>
      {left}. After the fifth wrong code no code is taken for thirty minutes.
    </Text>
  );
}

/** Before the first pause the refusal of each code says enough. */
const TOLD_FROM_TRIES = 2;

type TrustTickProps = {
  readonly days: number;
  readonly isTicked: boolean;
  readonly onChange: (isTicked: boolean) => void;
};

/** Before the field, because the code is sent as soon as it is whole. */
function TrustTick({ days, isTicked, onChange }: TrustTickProps) {
  return (
    <Checkbox
      label={`Trust this browser for ${days} days`}
      description="No code is asked for here until then. Not on a computer that others use too."
      checked={isTicked}
      onChange={({ currentTarget }) => onChange(currentTarget.checked)}
    />
  );
}

type OtherWayProps = {
  readonly asked: AskedFactor;
  readonly way: FactorWay;
  readonly onShow: (way: FactorWay | undefined) => void;
};

function OtherWay({ asked, way, onShow }: OtherWayProps) {
  const isBack = way === "backup-code";
  if (isBack ? asked.methods.length === 0 : !asked.hasBackupCodes) return null;
  return (
    <Text size="sm">
      <Anchor
        component="button"
        type="button"
        onMouseDown={keepFocus}
        onClick={() => onShow(isBack ? undefined : "backup-code")}
      >
        {isBack ? "Use another way" : "Use a backup code"}
      </Anchor>
    </Text>
  );
}
