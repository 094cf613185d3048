// The tab of deny lists that others keep: those subscribed to, and one more.
import { Button, Divider, Group, Modal, Select, Stack, Text, TextInput } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import type { SubscriptionAnswer } from "../../api/subscription-api.ts";
import { SUBSCRIPTION_BOUNDS, SUBSCRIPTION_FORMATS } from "../../core/network/subscription.ts";
import type { SubscriptionFormat } from "../../core/network/subscription.ts";
import { answerOf, api } from "../api/api.ts";
import { EmptyState } from "../shell/empty-state.tsx";
import { FormProblem } from "../shell/form-problem.tsx";
import { keepFocus } from "../shell/keep-focus.ts";
import { useProblemForm } from "../shell/problem-form.ts";
import { QueryView } from "../shell/query-view.tsx";
import { showDone } from "../shell/show-toast.ts";
import { SubscriptionCard } from "./subscription-card.tsx";
import { countRanges, FORMAT_NAMES, sourceFault } from "./subscription-words.ts";
import { subscriptionsQuery } from "./subscriptions-query.ts";

export function SubscriptionsPanel() {
  const query = useQuery(subscriptionsQuery);
  const [isAdding, adding] = useDisclosure(false);
  return (
    <Stack gap="md">
      <Group justify="space-between">
        <Text size="sm" c="dimmed" maw={640}>
          Deny lists that others publish. They come after the entries of people, and never hold for
          allowed or private addresses. Each begins on Monitor.
        </Text>
        <Button variant="default" onClick={adding.open}>
          Subscribe to a list
        </Button>
      </Group>
      <QueryView query={query}>
        {(subscriptions) => <Subscribed subscriptions={subscriptions} />}
      </QueryView>
      <Modal opened={isAdding} onClose={adding.close} title="Subscribe to a list">
        <SubscriptionForm onClose={adding.close} />
      </Modal>
    </Stack>
  );
}

type SubscribedProps = { readonly subscriptions: readonly SubscriptionAnswer[] };

function Subscribed({ subscriptions }: SubscribedProps) {
  if (subscriptions.length === 0) {
    return (
      <EmptyState title="No list yet">
        Subscribe to one, such as Spamhaus DROP, and see on Monitor whom it would refuse.
      </EmptyState>
    );
  }
  return (
    <Stack gap="lg">
      {subscriptions.map((subscription) => (
        <Stack key={subscription.id} gap="lg">
          <Divider />
          <SubscriptionCard subscription={subscription} />
        </Stack>
      ))}
    </Stack>
  );
}

type Values = { name: string; source: string; format: SubscriptionFormat };

const NOTHING: Values = { name: "", source: "", format: "auto" };
const FORMATS = SUBSCRIPTION_FORMATS.map((value) => ({ value, label: FORMAT_NAMES[value] }));

function SubscriptionForm({ onClose }: { readonly onClose: () => void }) {
  const client = useQueryClient();
  const { form, submit, isSending, problem } = useProblemForm<Values, SubscriptionAnswer>({
    draft: null,
    initialValues: NOTHING,
    validate: {
      name: (text) => (text.trim() === "" ? "Give it a name." : null),
      source: sourceFault,
    },
    send: async ({ name, source, format }) => {
      const body = { name: name.trim(), source: source.trim(), format };
      const { id } = await answerOf(api.POST("/api/v1/subscriptions", { body }));
      const params = { path: { id } };
      return await answerOf(api.POST("/api/v1/subscriptions/{id}/refresh", { params }));
    },
    onSaved: async ({ name, ranges, fault }) => {
      onClose();
      showDone(
        fault === null
          ? `${name} is on Monitor with ${countRanges(ranges)}.`
          : `${name} was added, and could not be read: ${fault}.`,
      );
      await client.invalidateQueries({ queryKey: subscriptionsQuery.queryKey });
    },
  });
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        <FormProblem problem={problem} />
        <TextInput
          label="Name"
          description="By which refusals name it."
          required
          maxLength={SUBSCRIPTION_BOUNDS.nameLengthMax}
          autoComplete="off"
          data-autofocus
          {...form.getInputProps("name")}
        />
        <TextInput
          label="Source"
          description="An https address, or file: and a path in SUBSCRIPTION_DIR."
          required
          maxLength={SUBSCRIPTION_BOUNDS.sourceLengthMax}
          autoComplete="off"
          {...form.getInputProps("source")}
        />
        <Select
          label="Format"
          data={FORMATS}
          allowDeselect={false}
          {...form.getInputProps("format")}
        />
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" onMouseDown={keepFocus} loading={isSending}>
            Subscribe
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
