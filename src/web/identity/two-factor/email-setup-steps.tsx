// Turns codes by e-mail on: the six digits that were mailed, Done.
import { Anchor, Button, Group, Stack, Text } from "@mantine/core";
import { useState } from "react";
import type { EmailCodeAnswer } from "../../../api/second-factor-api.ts";
import type { FactorOnAnswer } from "../../../api/two-factor-api.ts";
import { answerOf, api } from "../../api/api.ts";
import { FormProblem } from "../../shell/form-problem.tsx";
import { keepFocus } from "../../shell/keep-focus.ts";
import { LoadingLines } from "../../shell/loading-lines.tsx";
import { proveNothing } from "./prove.ts";
import { SetUpCodeForm } from "./set-up-code-form.tsx";
import type { SetUpStepsProps } from "./set-up-step.ts";
import { SetUpSuccess } from "./set-up-success.tsx";
import { useShownOnce } from "./shown-once.ts";
import { useBegun } from "./use-begun.ts";
import type { Begun } from "./use-begun.ts";

export function EmailSetupSteps(props: SetUpStepsProps) {
  const { isReset, frame, prove = proveNothing, onOn, onCancel, onDone } = props;
  const setup = useBegun(() => prove(() => answerOf(api.POST("/api/v1/me/two-factor/email"))));
  const [answer, setAnswer] = useState<FactorOnAnswer | null>(null);
  const once = useShownOnce((answer?.backupCodes ?? null) !== null, () =>
    answer === null ? onCancel() : onDone(answer),
  );

  if (answer !== null) {
    const sentence =
      "The e-mail authentication is successfully " +
      (isReset ? "reset with your account." : "enabled with your account.");
    const { backupCodes } = answer;
    return frame({
      title: isReset ? "E-mail authentication is reset" : "E-mail authentication is on",
      content: <SetUpSuccess sentence={sentence} backupCodes={backupCodes} once={once} />,
      close: once.close,
      isGuarded: backupCodes !== null,
    });
  }
  return frame({
    title: "Enter the Authentication Code",
    content:
      setup.answer === null ? (
        <Asking setup={setup} />
      ) : (
        <SetUpCodeForm
          send={(code) =>
            prove(() =>
              answerOf(api.POST("/api/v1/me/two-factor/email/confirm", { body: { code } })),
            )
          }
          onOn={(given) => {
            setAnswer(given);
            onOn?.();
          }}
          onAgain={() => void setup.again()}
          aside={<SendAgain setup={setup} />}
          // A form that has ended begins anew with the next code.
          key={setup.count}
        >
          <FormProblem problem={setup.problem} />
          <Text size="sm" className="postern-breakable" role="status">
            {setup.count === 1 ? "A" : "A new"} six-digit code should arrive at{" "}
            {setup.answer.sentTo} within a minute. It is good for ten minutes
            {setup.count === 1 ? "." : "; those before it are not any more."}
          </Text>
        </SetUpCodeForm>
      ),
    close: onCancel,
    isGuarded: true,
  });
}

type SetupProps = { readonly setup: Begun<EmailCodeAnswer> };

function Asking({ setup }: SetupProps) {
  const { problem, isAsking } = setup;
  if (problem === null) return <LoadingLines lines={3} />;
  return (
    <Stack gap="md">
      <FormProblem problem={problem} />
      <Group justify="flex-end">
        <Button loading={isAsking} onClick={() => void setup.again()}>
          Try again
        </Button>
      </Group>
    </Stack>
  );
}

function SendAgain({ setup }: SetupProps) {
  return (
    <Anchor
      component="button"
      type="button"
      size="sm"
      disabled={setup.isAsking}
      onMouseDown={keepFocus}
      onClick={() => void setup.again()}
    >
      Send a new code
    </Anchor>
  );
}
