// Adds a passkey: a name for it, the browser's own dialog, Done.
import { Button, Group, Stack, Text, TextInput } from "@mantine/core";
import { useState } from "react";
import type { FactorOnAnswer } from "../../../api/two-factor-api.ts";
import { describeDevice } from "../../../core/identity/describe-device.ts";
import { answerOf, api } from "../../api/api.ts";
import { FormProblem } from "../../shell/form-problem.tsx";
import { keepFocus } from "../../shell/keep-focus.ts";
import { useProblemForm } from "../../shell/problem-form.ts";
import { proveNothing } from "../two-factor/prove.ts";
import type { Prove } from "../two-factor/prove.ts";
import type { SetUpStepsProps } from "../two-factor/set-up-step.ts";
import { SetUpSuccess } from "../two-factor/set-up-success.tsx";
import { useShownOnce } from "../two-factor/shown-once.ts";
import { createPasskey } from "./ask-passkey.ts";
import { passkeyNameFault } from "./passkey-name-fault.ts";

/** One more each time: there is no reset. */
export function PasskeySetupSteps(props: SetUpStepsProps) {
  const { frame, prove = proveNothing, onOn, onCancel, onDone, isCancelInFrame } = props;
  const [answer, setAnswer] = useState<FactorOnAnswer | null>(null);
  const once = useShownOnce((answer?.backupCodes ?? null) !== null, () =>
    answer === null ? onCancel() : onDone(answer),
  );

  if (answer !== null) {
    const { backupCodes } = answer;
    const sentence = "The passkey is added. From now on it signs you in without a password.";
    return frame({
      title: "The passkey is added",
      content: <SetUpSuccess sentence={sentence} backupCodes={backupCodes} once={once} />,
      close: once.close,
      isGuarded: backupCodes !== null,
    });
  }
  return frame({
    title: "Add a passkey",
    content: (
      <NewPasskeyForm
        prove={prove}
        onCancel={isCancelInFrame === true ? null : onCancel}
        onAdded={(given) => {
          setAnswer(given);
          onOn?.();
        }}
      />
    ),
    close: onCancel,
    isGuarded: true,
  });
}

type NewPasskeyFormProps = {
  readonly prove: Prove;
  /** Null: it stands elsewhere. */
  readonly onCancel: (() => void) | null;
  readonly onAdded: (answer: FactorOnAnswer) => void;
};

function NewPasskeyForm({ prove, onCancel, onAdded }: NewPasskeyFormProps) {
  const { form, submit, isSending, problem } = useProblemForm({
    draft: null,
    initialValues: { name: describeDevice(navigator.userAgent) },
    validate: { name: passkeyNameFault },
    send: ({ name }) => addPasskey(prove, name.trim()),
    onSaved: onAdded,
  });
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        <FormProblem problem={problem} />
        <Text size="sm">
          Your browser asks where to keep it: on this device, on your phone, or on a security key.
          It is used with your finger, your face or a PIN.
        </Text>
        <TextInput
          label="Name"
          description="By which you know it again, such as Work laptop."
          required
          maxLength={100}
          autoComplete="off"
          data-autofocus
          {...form.getInputProps("name")}
        />
        <Group justify="flex-end" gap="sm">
          {onCancel === null ? null : (
            <Button variant="default" onClick={onCancel}>
              Cancel
            </Button>
          )}
          <Button type="submit" onMouseDown={keepFocus} loading={isSending}>
            Add passkey
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

async function addPasskey(prove: Prove, name: string): Promise<FactorOnAnswer> {
  const { options } = await prove(() => answerOf(api.POST("/api/v1/me/passkeys/options")));
  const response = await createPasskey(options);
  return answerOf(api.POST("/api/v1/me/passkeys", { body: { response, name } }));
}
