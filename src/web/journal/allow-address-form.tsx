// Puts an address on an allow list: whose, for how long, and why, with the reason filled in.
import { Alert, Button, Group, Radio, Select, Stack, TextInput } from "@mantine/core";
import type { UseFormReturnType } from "@mantine/form";
import { useQueryClient } from "@tanstack/react-query";
import { answerOf, api } from "../api/api.ts";
import { AddressTouches } from "../network/address-touches.tsx";
import { noteFault } from "../network/note-fault.ts";
import { FormProblem } from "../shell/form-problem.tsx";
import { WarningIcon } from "../shell/icons.tsx";
import { keepFocus } from "../shell/keep-focus.ts";
import { useMe } from "../shell/me.ts";
import { useProblemForm } from "../shell/problem-form.ts";
import { showDone } from "../shell/show-toast.ts";
import { refreshGate } from "./activity-queries.ts";
import type { ShownStep } from "./step-words.ts";

export type AllowAddressFormProps = {
  readonly address: string;
  /** The account the request is for; null: none is known. */
  readonly account: string | null;
  /** Of the decision now: they say whose rules refuse, and whether the lists are on. */
  readonly steps: readonly ShownStep[];
  readonly from: string | null;
  readonly onDone: () => void;
};

type Values = { layer: string; lasts: string; note: string };

const HOUR_MS = 3_600_000;
const LASTS: Readonly<Record<string, { readonly label: string; readonly hours: number | null }>> = {
  day: { label: "For 24 hours", hours: 24 },
  week: { label: "For 7 days", hours: 168 },
  always: { label: "Until it is deleted", hours: null },
};

export function AllowAddressForm(props: AllowAddressFormProps) {
  const { address, account, steps, from, onDone } = props;
  const client = useQueryClient();
  const { isOperator } = useMe();
  // An account's allow entry exempts from that account's rules only (SPEC 2.2).
  const refusedBy = steps.findLast(({ result }) => result === "matched")?.layer;
  const isPlatforms = isOperator && (refusedBy !== "account" || account === null);
  const { form, submit, isSending, problem } = useProblemForm<Values, unknown>({
    draft: null,
    initialValues: {
      layer: isPlatforms ? "platform" : "account",
      lasts: "day",
      note: from === null ? "" : `Allowed after ${from}`,
    },
    validate: { note: noteFault },
    send: ({ layer, lasts, note }) => {
      const hours = LASTS[lasts]?.hours ?? null;
      const expiresAt =
        hours === null ? null : new Date(Date.now() + hours * HOUR_MS).toISOString();
      const owner = layer === "account" && account !== null ? { account } : {};
      const body = { range: address, action: "allow" as const, note, expiresAt, ...owner };
      return answerOf(api.POST("/api/v1/entries", { body }));
    },
    onSaved: async () => {
      showDone(`${address} is on the allow list.`);
      await refreshGate(client);
      onDone();
    },
  });
  return (
    <form onSubmit={submit} noValidate aria-label={`Allow ${address}`}>
      <Stack gap="md" p="md" className="postern-inset">
        <FormProblem problem={problem} />
        {isOperator && account !== null ? (
          <LayerChoice account={account} input={form.getInputProps("layer")} />
        ) : null}
        <ListsOff steps={steps} layer={form.values.layer} />
        <Select
          label="How long"
          data={Object.entries(LASTS).map(([value, { label }]) => ({ value, label }))}
          allowDeselect={false}
          {...form.getInputProps("lasts")}
        />
        <TextInput label="Note" {...form.getInputProps("note")} />
        <AddressTouches
          account={form.values.layer === "account" ? account : null}
          range={address}
          action="allow"
        />
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onDone}>
            Cancel
          </Button>
          <Button type="submit" onMouseDown={keepFocus} loading={isSending}>
            Allow {address}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

type LayerChoiceProps = {
  readonly account: string;
  readonly input: ReturnType<UseFormReturnType<Values>["getInputProps"]>;
};

function LayerChoice({ account, input }: LayerChoiceProps) {
  return (
    <Radio.Group label="Whose allow list" {...input}>
      <Stack gap="xs" mt={6}>
        <Radio
          value="platform"
          label="The platform’s"
          description="No network rule holds for it any more, whatever it asks for."
        />
        <Radio
          value="account"
          label={`${account}’s`}
          description={`Only the rules of ${account} do not hold for it any more.`}
        />
      </Stack>
    </Radio.Group>
  );
}

type ListsOffProps = { readonly steps: readonly ShownStep[]; readonly layer: string };

/** An entry of a list that is off changes nothing. */
function ListsOff({ steps, layer }: ListsOffProps) {
  const isOff = steps.some(
    (step) =>
      step.layer === layer && step.step === "on-allow-list" && step.detail?.["mode"] === "off",
  );
  if (!isOff) return null;
  return (
    <Alert color="red" variant="light" icon={<WarningIcon />}>
      These address lists are off. The entry is kept, and holds once they are turned on.
    </Alert>
  );
}
