// Links an authenticator app: the QR code, the six digits that it shows then, Done.
import { Button, Code, Group, Stack, Text } from "@mantine/core";
import { useState } from "react";
import type { AppSetupAnswer, FactorOnAnswer } from "../../../api/two-factor-api.ts";
import { answerOf, api } from "../../api/api.ts";
import { FormProblem } from "../../shell/form-problem.tsx";
import { keepFocus } from "../../shell/keep-focus.ts";
import { LoadingLines } from "../../shell/loading-lines.tsx";
import { CopyTextButton } from "./copy-text-button.tsx";
import { proveNothing } from "./prove.ts";
import { QrCode } from "./qr-code.tsx";
import { SetUpCodeForm } from "./set-up-code-form.tsx";
import type { SetUpStepsProps } from "./set-up-step.ts";
import { SetUpSuccess } from "./set-up-success.tsx";
import { useShownOnce } from "./shown-once.ts";
import { useBegun } from "./use-begun.ts";
import type { Begun } from "./use-begun.ts";

export function AppSetupSteps(props: SetUpStepsProps) {
  const { isReset, frame, prove = proveNothing, onOn, onCancel, onDone } = props;
  const setup = useBegun(() => prove(() => answerOf(api.POST("/api/v1/me/two-factor/app"))));
  const [isLinked, setLinked] = useState(false);
  const [answer, setAnswer] = useState<FactorOnAnswer | null>(null);
  const once = useShownOnce((answer?.backupCodes ?? null) !== null, () =>
    answer === null ? onCancel() : onDone(answer),
  );

  if (answer !== null) {
    const sentence =
      "The authenticator app authentication is successfully " +
      (isReset ? "reset with your account." : "enabled with your account.");
    const { backupCodes } = answer;
    return frame({
      title: isReset ? "The authenticator app is reset" : "The authenticator app is on",
      content: <SetUpSuccess sentence={sentence} backupCodes={backupCodes} once={once} />,
      close: once.close,
      isGuarded: backupCodes !== null,
    });
  }
  if (!isLinked) {
    return frame({
      title: "Link the app to your account",
      content: <LinkApp setup={setup} isReset={isReset} onNext={() => setLinked(true)} />,
      close: onCancel,
      isGuarded: true,
    });
  }
  return frame({
    title: "Enter the Authentication Code",
    content: (
      <SetUpCodeForm
        send={(code) =>
          prove(() => answerOf(api.POST("/api/v1/me/two-factor/app/confirm", { body: { code } })))
        }
        onOn={(given) => {
          setAnswer(given);
          onOn?.();
        }}
        onAgain={() => {
          setLinked(false);
          void setup.again();
        }}
        aside={
          <Button variant="default" onMouseDown={keepFocus} onClick={() => setLinked(false)}>
            Back
          </Button>
        }
      >
        <Text size="sm">
          Provide the six-digit code that the app shows now. It shows a new one every half minute.
        </Text>
      </SetUpCodeForm>
    ),
    close: onCancel,
    isGuarded: true,
  });
}

type LinkAppProps = {
  readonly setup: Begun<AppSetupAnswer>;
  readonly isReset: boolean;
  readonly onNext: () => void;
};

function LinkApp({ setup, isReset, onNext }: LinkAppProps) {
  const { answer, problem, isAsking } = setup;
  return (
    <Stack gap="md">
      <FormProblem problem={problem} />
      {problem !== null ? (
        <Group justify="flex-end">
          <Button loading={isAsking} onClick={() => void setup.again()}>
            Try again
          </Button>
        </Group>
      ) : null}
      {answer === null || isAsking ? (
        problem === null && <LoadingLines lines={7} />
      ) : (
        <Link setup={answer} isReset={isReset} onNext={onNext} />
      )}
    </Stack>
  );
}

type LinkProps = {
  readonly setup: AppSetupAnswer;
  readonly isReset: boolean;
  readonly onNext: () => void;
};

function Link({ setup, isReset, onNext }: LinkProps) {
  const { qrCode, secret } = setup;
  return (
    <>
      <Text size="sm">
        Open an authenticator app on your phone, such as Google Authenticator, Microsoft
        Authenticator or Aegis, and scan the QR code.
        {isReset ? " The codes of the app you have now stay good until the next step is done." : ""}
      </Text>
      <Group justify="center">
        <div style={{ borderRadius: 8, overflow: "hidden", border: "1px solid #c4cbd5" }}>
          <QrCode {...qrCode} label="QR code for the authenticator app" />
        </div>
      </Group>
      <Stack gap={6}>
        <Text size="sm">The app cannot scan it? Enter this secret there:</Text>
        <Group gap="xs">
          <Code fz="sm" px={10} py={6} className="postern-breakable">
            {secret}
          </Code>
          <CopyTextButton text={secret.replaceAll(" ", "")} label="Copy the secret" />
        </Group>
      </Stack>
      <Group justify="flex-end">
        <Button data-autofocus autoFocus onClick={onNext}>
          Next
        </Button>
      </Group>
    </>
  );
}
