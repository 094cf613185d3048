// Shows who one is with a passkey: the browser asks for it.
import { Stack, Text } from "@mantine/core";
import { useState } from "react";
import { asApiProblem } from "../../api/api-problem.ts";
import type { ApiProblem } from "../../api/api-problem.ts";
import { answerOf, api } from "../../api/api.ts";
import { FormProblem } from "../../shell/form-problem.tsx";
import { askForPasskey } from "../passkeys/ask-passkey.ts";
import { ProofActions } from "./proof-actions.tsx";
import type { ProofFormProps } from "./proof-form.tsx";

export function ProofByPasskey({ onProved, onCancel }: ProofFormProps) {
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  const [isSending, setSending] = useState(false);
  async function show(): Promise<void> {
    setSending(true);
    setProblem(null);
    try {
      onProved(await proveByPasskey());
    } catch (error) {
      setProblem(asApiProblem(error));
    } finally {
      setSending(false);
    }
  }
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (!isSending) void show();
      }}
    >
      <Stack gap="md">
        <FormProblem problem={problem} />
        <Text size="sm">Your browser asks for your passkey as soon as you go on.</Text>
        <ProofActions isSending={isSending} onCancel={onCancel} />
      </Stack>
    </form>
  );
}

async function proveByPasskey(): Promise<string> {
  const { options } = await answerOf(api.POST("/api/v1/me/proof/passkey-options"));
  const response = await askForPasskey(options);
  const body = { method: "passkey" as const, response };
  return (await answerOf(api.POST("/api/v1/me/proof", { body }))).provedUntil;
}
