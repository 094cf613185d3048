// Beside the list of numbers: one number's label, who may hear it, and removing it.
import { Button, Divider, Drawer, Group, Stack, Text, TextInput, Title } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { answerOf, api } from "../api/api.ts";
import { askToConfirm } from "../shell/ask-to-confirm.tsx";
import { FormProblem } from "../shell/form-problem.tsx";
import { useProblemForm } from "../shell/problem-form.ts";
import { showDone } from "../shell/show-toast.ts";
import { TimeText } from "../shell/time-text.tsx";
import { FactList } from "./fact-list.tsx";
import { groupDigits } from "./group-digits.ts";
import { NumberGrants } from "./number-grants.tsx";
import { grantsQuery, refreshPeople } from "./people-queries.ts";
import type { TrackingNumberAnswer } from "./people-queries.ts";
import { ShareableSwitch } from "./shareable-switch.tsx";
import { countOf } from "./user-words.ts";
import { keepFocus } from "../shell/keep-focus.ts";
import { actorName } from "../shell/actor-name.ts";

export type TrackingNumberPanelProps = {
  /** Null: closed. */
  readonly number: TrackingNumberAnswer | null;
  readonly onClose: () => void;
};

export function TrackingNumberPanel({ number, onClose }: TrackingNumberPanelProps) {
  return (
    <Drawer
      opened={number !== null}
      onClose={onClose}
      size={520}
      title={number === null ? "" : groupDigits(number.number)}
    >
      {number === null ? null : <PanelBody key={number.id} number={number} onClose={onClose} />}
    </Drawer>
  );
}

type PanelBodyProps = { readonly number: TrackingNumberAnswer; readonly onClose: () => void };

function PanelBody({ number, onClose }: PanelBodyProps) {
  return (
    <Stack gap="lg">
      <FactList
        facts={[
          { name: "Account", value: number.account },
          {
            name: "Added",
            value: (
              <>
                <TimeText at={number.createdAt} /> by {actorName(number.createdBy)}
              </>
            ),
          },
        ]}
      />
      <LabelForm number={number} />
      <Divider />
      <NumberGrants number={number} />
      <Divider />
      <ShareableSwitch number={number} />
      <Divider />
      <Removal number={number} onClose={onClose} />
    </Stack>
  );
}

function LabelForm({ number }: { readonly number: TrackingNumberAnswer }) {
  const client = useQueryClient();
  const params = { path: { id: number.id } };
  const { form, submit, isSending, problem, restart } = useProblemForm<
    { label: string },
    TrackingNumberAnswer
  >({
    draft: `number:${number.id}`,
    initialValues: { label: number.label },
    send: ({ label }) => {
      const body = { label: label.trim() };
      return answerOf(api.PATCH("/api/v1/tracking-numbers/{id}", { params, body }));
    },
    onSaved: async ({ label }) => {
      restart({ label });
      showDone("The label was saved.");
      await refreshPeople(client);
    },
  });
  return (
    <form onSubmit={submit} noValidate>
      <FormProblem problem={problem} />
      <Group align="flex-end" gap="xs" wrap="nowrap">
        <TextInput
          label="Label (optional)"
          maxLength={100}
          autoComplete="off"
          flex={1}
          {...form.getInputProps("label")}
        />
        <Button
          type="submit"
          onMouseDown={keepFocus}
          variant="default"
          loading={isSending}
          disabled={!form.isDirty()}
        >
          Save
        </Button>
      </Group>
    </form>
  );
}

const NAMED_MAX = 5;

function Removal({ number, onClose }: PanelBodyProps) {
  const client = useQueryClient();
  const grants = useQuery(grantsQuery(number.id)).data ?? [];
  const shown = groupDigits(number.number);
  const names = grants.slice(0, NAMED_MAX).map(({ name }) => name);
  const others = grants.length - names.length;
  const named = `${names.join(", ")}${others > 0 ? ` and ${others} more` : ""}`;
  function ask(): void {
    askToConfirm({
      title: `Remove ${shown}?`,
      changes: (
        <>
          <Text size="sm">
            {grants.length === 0
              ? "Nobody is granted it, so nobody loses anything."
              : `${countOf(grants.length, "user")} can no longer hear its recordings: ${named}.`}
          </Text>
          <Text size="sm">It can be added again; the grants do not come back with it.</Text>
        </>
      ),
      confirmLabel: "Remove number",
      act: async () => {
        const params = { path: { id: number.id } };
        await answerOf(api.DELETE("/api/v1/tracking-numbers/{id}", { params }));
        onClose();
        // Nobody may ask again for the grants of a number that is gone.
        client.removeQueries({ queryKey: grantsQuery(number.id).queryKey });
        await refreshPeople(client);
      },
      done: `${shown} was removed.`,
    });
  }
  return (
    <Stack gap="xs" align="flex-start">
      <Title order={3}>Remove the number</Title>
      <Button variant="outline" color="red" onClick={ask}>
        Remove number
      </Button>
    </Stack>
  );
}
