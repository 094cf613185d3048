// Who a range of addresses touches: who signed in and what was asked from there lately.
import { Alert, List, Stack, Text } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import type { ListAction } from "../../core/network/network-policy.ts";
import { asApiProblem } from "../api/api-problem.ts";
import { WarningIcon } from "../shell/icons.tsx";
import { useMe } from "../shell/me.ts";
import { touchesQuery } from "./address-entry-queries.ts";
import { describeEffect, describeTouches } from "./address-touch-words.ts";
import { rulesQuery } from "./network-rules-query.ts";

/** As one types, not each letter is worth a question. */
const ASKED_AFTER_MS = 300;

const MODE_SECTIONS = ["address-lists"] as const;

export type AddressTouchesProps = {
  readonly account: string | null;
  /** Canonical; null while none is written. */
  readonly range: string | null;
  readonly action: ListAction;
};

export function AddressTouches({ account, range, action }: AddressTouchesProps) {
  const [asked] = useDebouncedValue(range, ASKED_AFTER_MS);
  const query = useQuery({ ...touchesQuery(account, asked ?? ""), enabled: asked !== null });
  const rules = useQuery(rulesQuery({ account, sections: MODE_SECTIONS }));
  const mode = rules.data?.value["address-lists"].mode ?? null;
  const isCurrent = asked === range;
  const touches = isCurrent ? query.data : undefined;
  return (
    <Stack gap={6} component="section" aria-label="Who this touches">
      <Text size="sm" fw={550}>
        Who this touches
      </Text>
      <div role="status">
        {range === null ? (
          <Text size="sm" c="dimmed">
            Shown as soon as an address is written.
          </Text>
        ) : touches !== undefined ? (
          <TouchLines lines={describeTouches(touches)} />
        ) : isCurrent && query.isError ? (
          <Text size="sm">It could not be found out: {asApiProblem(query.error).message}</Text>
        ) : (
          <Text size="sm" c="dimmed">
            Looking at the last 24 hours …
          </Text>
        )}
      </div>
      <Text size="sm" c="dimmed">
        {describeEffect(action, account !== null, mode)}
      </Text>
      {touches?.includesYou === true && action === "deny" ? <YouAreInIt /> : null}
    </Stack>
  );
}

function TouchLines({ lines }: { readonly lines: readonly string[] }) {
  if (lines.length === 0) {
    return <Text size="sm">Nobody came from there in the last 24 hours.</Text>;
  }
  return (
    <>
      <Text size="sm">In the last 24 hours:</Text>
      <List size="sm">
        {lines.map((line) => (
          <List.Item key={line} className="postern-breakable">
            {line}
          </List.Item>
        ))}
      </List>
    </>
  );
}

function YouAreInIt() {
  const { address } = useMe();
  return (
    <Alert color="red" variant="light" icon={<WarningIcon />} role="alert">
      You are in it: your own address is {address}.
    </Alert>
  );
}
