// Going back: to what the rules were before one change, or after it, with what that would do.
import { Button, Group, SegmentedControl, Stack, Text, Title } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { RestoredState } from "../../api/revision-api.ts";
import { PreviewPanel } from "../preview/preview-panel.tsx";
import { saveGuarded } from "../shell/lockout-dialog.tsx";
import { QueryView } from "../shell/query-view.tsx";
import { showDone, showRefusal } from "../shell/show-toast.ts";
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
              <PreviewPanel changes={changes} order={4} />
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

  async function restore(): Promise<void> {
    setBusy(true);
    try {
      await saveGuarded((safety) => restoreRevision(number, to, safety));
      showDone("It is as it was. This, too, is a change that can be gone back from.");
      // Every page of rules may show something else now.
      await client.invalidateQueries();
    } catch (error) {
      showRefusal(error, "Nothing was changed");
    } finally {
      setBusy(false);
    }
  }

  return (
    <Group justify="flex-end">
      <Button size="xs" loading={isBusy} onClick={() => void restore()}>
        {`Go back to ${to} change ${number}`}
      </Button>
    </Group>
  );
}
