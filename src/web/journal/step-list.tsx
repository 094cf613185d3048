// The steps of a decision, in order: which rule, what it found, what came of it.
import { Text } from "@mantine/core";
import { StatusMark } from "../shell/status-mark.tsx";
import { describeStep, LAYER_NAMES } from "./step-words.ts";
import type { ShownStep } from "./step-words.ts";
import "./step-list.css";

export type StepListProps = {
  readonly label: string;
  readonly steps: readonly ShownStep[];
};

export function StepList({ label, steps }: StepListProps) {
  return (
    <ol className="postern-steps" aria-label={label}>
      {steps.map((step, index) => (
        <StepRow key={`${step.layer} ${step.step}`} step={step} before={steps[index - 1]} />
      ))}
    </ol>
  );
}

type StepRowProps = { readonly step: ShownStep; readonly before: ShownStep | undefined };

function StepRow({ step, before }: StepRowProps) {
  const { title, words, tone, mark } = describeStep(step);
  const isFirstOfLayer = before?.layer !== step.layer;
  return (
    <li data-tone={tone}>
      {isFirstOfLayer ? (
        <Text size="xs" fw={600} c="dimmed" className="postern-steps-layer">
          {LAYER_NAMES[step.layer] ?? step.layer}
        </Text>
      ) : null}
      <div className="postern-steps-row">
        <div>
          <Text size="sm" fw={tone === "quiet" ? 500 : 650}>
            {title}
          </Text>
          <Text size="sm" c="dimmed" className="postern-breakable">
            {words}
          </Text>
        </div>
        <StatusMark tone={tone}>{mark}</StatusMark>
      </div>
    </li>
  );
}
