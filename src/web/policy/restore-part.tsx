// Going back: to what the rules were before one change, or after it, with what that would do.
import { Button, Group, SegmentedControl, Stack, Text, Title } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { RestoredState } from "../../api/revision-api.ts";
import { asApiProblem } from "../api/api-problem.ts";
import type { ApiProblem } from "../api/api-problem.ts";
import { PreviewPanel } from "../preview/preview-panel.tsx";
import { areOfVisitors } from "../preview/preview-sentences.ts";
import { saveForMinutes } from "../shell/lockout-dialog.tsx";
import { FormProblem } from "../shell/form-problem.tsx";
import { labelFor, useGoBackChoice } from "../shell/go-back-choice.ts";
import { GoBackField } from "../shell/go-back-field.tsx";
import { QueryView } from "../shell/query-view.tsx";
import { showDone } from "../shell/show-toast.ts";
import { changesBackQuery, restoreRevision } from "./revision-queries.ts";

const STATES = [
  { value: "before", label: "Before this change" },
  { value: "after", label: "After this change" },
] as const satisfies readonly { readonly value: RestoredState; readonly label: string }[];

export function RestorePart({ number }: { readonly number: number }) {
  const [to, setTo] = useState<RestoredState>("before");
  const query = useQuery(changesBackQuery(number, to));
  return (
    <Stack gap="sm">
      <Title order={3}>Go back</Title>
      <SegmentedControl
        size="xs"
        aria-label="Back to how it was"
        data={[...STATES]}
        value={to}
        onChange={(value) => setTo(value)}
      />
      <QueryView query={query}>
        {(changes) =>
          changes.length === 0 ? (
            <Text size="sm" c="dimmed">
              The rules are like that now, so there is nothing to go back to.
            </Text>
          ) : (
            <>
              <PreviewPanel changes={changes} isOfVisitors={areOfVisitors(changes)} order={4} />
              <RestoreButton number={number} to={to} />
            </>
          )
        }
      </QueryView>
    </Stack>
  );
}

function RestoreButton({ number, to }: { readonly number: number; readonly to: RestoredState }) {
  const client = useQueryClient();
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  const goBack = useGoBackChoice();

  async function restore(): Promise<void> {
    setBusy(true);
    setProblem(null);
    try {
      await saveForMinutes(goBack.minutes, (safety) => restoreRevision(number, to, safety));
      showDone("It is as it was. This, too, is a change that can be gone back from.");
      // Every page of rules may show something else now.
      await client.invalidateQueries();
    } catch (error) {
      setProblem(asApiProblem(error));
    } finally {
      setBusy(false);
    }
  }

  return (
    <>
      <FormProblem problem={problem} />
      <GoBackField choice={goBack} />
      <Group justify="flex-end">
        <Button
          size="xs"
          disabled={goBack.fault !== null}
          loading={isBusy}
          onClick={() => void restore()}
        >
          {labelFor(`Go back to ${to} change ${number}`, goBack.minutes)}
        </Button>
      </Group>
    </>
  );
}
