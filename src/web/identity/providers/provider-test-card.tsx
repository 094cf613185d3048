// Asks the provider whether it can be used as it is saved, and shows what each step found.
import { Button, Group, Stack, Text } from "@mantine/core";
import { useState } from "react";
import type { ProviderAnswer, ProviderTestAnswer } from "../../../api/provider-api.ts";
import { asApiProblem } from "../../api/api-problem.ts";
import type { ApiProblem } from "../../api/api-problem.ts";
import { FormProblem } from "../../shell/form-problem.tsx";
import { SettingCard } from "../../shell/setting-card.tsx";
import { StatusMark } from "../../shell/status-mark.tsx";
import { testProvider } from "./provider-queries.ts";
import { describeTest, RESULT_WORDS, STEP_WORDS } from "./provider-words.ts";
import "./provider-test-card.css";

export type ProviderTestCardProps = {
  readonly provider: ProviderAnswer;
  /** Something is typed and not saved; the test would not look at it. */
  readonly isDirty: boolean;
};

export function ProviderTestCard({ provider, isDirty }: ProviderTestCardProps) {
  const [answer, setAnswer] = useState<ProviderTestAnswer | null>(null);
  const [testedVersion, setTestedVersion] = useState(0);
  const [isTesting, setTesting] = useState(false);
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  const isOld = answer !== null && testedVersion !== provider.version;

  async function test(): Promise<void> {
    setTesting(true);
    setProblem(null);
    setAnswer(null);
    try {
      setAnswer(await testProvider(provider.id));
      setTestedVersion(provider.version);
    } catch (error) {
      setProblem(asApiProblem(error));
    } finally {
      setTesting(false);
    }
  }

  return (
    <SettingCard
      title="Test"
      sentence="Asks the provider now, with what is saved. Nobody is signed in, nothing changes."
      control={
        <Button
          variant="default"
          loading={isTesting}
          disabled={isDirty}
          onClick={() => void test()}
        >
          Test
        </Button>
      }
    >
      {isDirty ? <Text size="sm">Save or discard what you typed first.</Text> : null}
      <FormProblem problem={problem} />
      <div role="status">
        {answer === null ? null : (
          <Stack gap="sm">
            <Text size="sm" fw={550}>
              {describeTest(answer)}
              {isOld ? " It was changed since then." : ""}
            </Text>
            <TestSteps answer={answer} />
          </Stack>
        )}
      </div>
    </SettingCard>
  );
}

function TestSteps({ answer }: { readonly answer: ProviderTestAnswer }) {
  return (
    <ol className="postern-test-steps">
      {answer.steps.map(({ step, result, message, advice }) => (
        <li key={step}>
          <Group justify="space-between" gap="xs" wrap="nowrap" align="flex-start">
            <Text size="sm" fw={550}>
              {STEP_WORDS[step]}
            </Text>
            <StatusMark tone={RESULT_WORDS[result].tone}>{RESULT_WORDS[result].word}</StatusMark>
          </Group>
          <Text size="sm" className="postern-breakable">
            {message}
          </Text>
          {advice === null ? null : (
            <Text size="sm" c="dimmed" className="postern-breakable">
              What to do: {advice}
            </Text>
          )}
        </li>
      ))}
    </ol>
  );
}
