// Shows who one is with a code: of the app, by e-mail, or one of the backup codes.
import { Button, Group, Stack, Text, TextInput } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { readCode } from "../../../core/identity/read-code.ts";
import type { CodeMethod } from "../../../core/identity/second-factor.ts";
import { asApiProblem } from "../../api/api-problem.ts";
import type { ApiProblem } from "../../api/api-problem.ts";
import { answerOf, api } from "../../api/api.ts";
import { FormProblem } from "../../shell/form-problem.tsx";
import { keepFocus } from "../../shell/keep-focus.ts";
import { useProblemForm } from "../../shell/problem-form.ts";
import { CodeField } from "./code-field.tsx";
import type { CodeFieldProps } from "./code-field.tsx";
import { CodePauseNote } from "./code-pause-note.tsx";
import { ProofActions } from "./proof-actions.tsx";
import type { ProofFormProps } from "./proof-form.tsx";
import { twoFactorQuery } from "./two-factor-query.ts";
import type { HeardTwoFactor } from "./two-factor-query.ts";

export type ProofByCodeProps = ProofFormProps & {
  readonly method: CodeMethod;
  readonly known: HeardTwoFactor;
};

export function ProofByCode({ method, known, onProved, onCancel }: ProofByCodeProps) {
  const client = useQueryClient();
  const [isSent, setSent] = useState(method !== "email");
  const refresh = (): Promise<void> => client.invalidateQueries(twoFactorQuery);
  const { form, submit, isSending, problem } = useProblemForm({
    draft: null,
    initialValues: { code: "" },
    validate: { code: (code) => codeFault(method, code) },
    send: async ({ code }) => {
      try {
        return await answerOf(api.POST("/api/v1/me/proof", { body: { method, code } }));
      } catch (error) {
        // How many tries are left, and whether there is a pause now; the fifth ended the session.
        if (asApiProblem(error).status !== 401) await refresh();
        throw error;
      }
    },
    onSaved: ({ provedUntil }) => onProved(provedUntil),
  });
  const isShut = known.pausedUntil !== null || known.lockedUntil !== null;
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        <CodePauseNote tries={known} onEnded={() => void refresh()} />
        <FormProblem problem={isShut ? null : problem} />
        {method === "email" ? (
          <MailCode sentTo={known.sentTo} isSent={isSent} onSent={() => setSent(true)} />
        ) : null}
        {isSent ? (
          <Field
            method={method}
            isSending={isSending}
            onComplete={() => submit()}
            disabled={isShut}
            {...form.getInputProps("code")}
            value={form.values.code}
            onChange={(code) => form.setFieldValue("code", code)}
          />
        ) : null}
        <ProofActions isSending={isSending} isDisabled={!isSent || isShut} onCancel={onCancel} />
      </Stack>
    </form>
  );
}

function codeFault(method: CodeMethod, code: string): string | null {
  if (readCode(method, code) !== null) return null;
  return method === "backup-code"
    ? "Enter one of your backup codes, such as abcde-23456."
    : "Enter the six digits of the code.";
}

type FieldProps = Omit<CodeFieldProps, "label"> & { readonly method: CodeMethod };

function Field({ method, ...input }: FieldProps) {
  if (method !== "backup-code") return <CodeField label="Code" autoFocus {...input} />;
  const { onComplete: _, isSending, value, onChange, ...rest } = input;
  return (
    <TextInput
      label="Backup code"
      description="Each can be used once."
      required
      autoFocus
      autoComplete="off"
      autoCapitalize="none"
      spellCheck={false}
      {...rest}
      readOnly={isSending}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}

type MailCodeProps = {
  readonly sentTo: string;
  readonly isSent: boolean;
  readonly onSent: () => void;
};

/** Choosing this way sends nothing yet: somebody may only be looking through the ways. */
function MailCode({ sentTo, isSent, onSent }: MailCodeProps) {
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  const [isSending, setSending] = useState(false);
  async function send(): Promise<void> {
    setSending(true);
    setProblem(null);
    try {
      await answerOf(api.POST("/api/v1/me/proof/email-code"));
      onSent();
    } catch (error) {
      setProblem(asApiProblem(error));
    } finally {
      setSending(false);
    }
  }
  return (
    <>
      <FormProblem problem={problem} />
      <Group gap="sm" justify="space-between">
        <Text size="sm" className="postern-breakable" role="status" flex="1 1 200px">
          {isSent
            ? `A six-digit code should arrive at ${sentTo} within a minute, good for ten minutes.`
            : `A six-digit code is sent to ${sentTo}.`}
        </Text>
        <Button
          variant="default"
          size="xs"
          loading={isSending}
          onMouseDown={keepFocus}
          onClick={() => void send()}
        >
          {isSent ? "Send a new code" : "Send the code"}
        </Button>
      </Group>
    </>
  );
}
