// Asks once more before an entry is saved that takes in very many addresses.
import { Stack, Text } from "@mantine/core";
import { modals } from "@mantine/modals";
import type { QueryClient } from "@tanstack/react-query";
import { parseRule } from "../../core/network/address-rule.ts";
import { askToType } from "../shell/ask-to-type.tsx";
import type { EntryValue } from "./address-entry-draft.ts";
import { describeSize } from "./address-entry-draft.ts";
import { touchesQuery } from "./address-entry-queries.ts";
import { describeTouches } from "./address-touch-words.ts";
import type { Touches } from "./address-touch-words.ts";

export type AskedSave = {
  readonly account: string | null;
  readonly value: EntryValue;
  /** What was saved before; null: nothing. Asking about the same again helps nobody. */
  readonly saved: EntryValue | null;
};

/**
 * Saves at once where there is nothing to ask.
 * @param save told whether a wide range is meant; it has told why when it rejects
 */
export async function askBeforeSavingEntry(
  client: QueryClient,
  { account, value, saved }: AskedSave,
  save: (confirmWide: boolean) => Promise<void>,
): Promise<void> {
  const reading = parseRule(value.range);
  if (!reading.ok) return;
  const { warnCode, range } = reading;
  const isWide = warnCode === "very-wide" || warnCode === "whole-family";
  const isSame = saved?.range === value.range && saved.action === value.action;
  if (isSame) return save(isWide).catch(() => undefined);
  const touches = await client.fetchQuery(touchesQuery(account, value.range)).catch(() => null);
  if (!isWide) return save(false).catch(() => undefined);
  const changes = <Changes size={describeSize(range)} value={value} touches={touches} />;
  const title = value.action === "deny" ? `Deny ${value.range}?` : `Allow ${value.range}?`;
  const confirmLabel = value.action === "deny" ? "Deny them" : "Allow them";
  if (warnCode === "whole-family") {
    const done = `${value.range} is saved.`;
    askToType({ title, changes, word: value.range, confirmLabel, act: () => save(isWide), done });
    return undefined;
  }
  modals.openConfirmModal({
    title,
    children: changes,
    labels: { confirm: confirmLabel, cancel: "Cancel" },
    confirmProps: { color: "red" },
    cancelProps: { "data-autofocus": true },
    onConfirm: () => void save(isWide).catch(() => undefined),
  });
  return undefined;
}

type ChangesProps = {
  readonly size: string;
  readonly value: EntryValue;
  readonly touches: Touches | null;
};

function Changes({ size, value, touches }: ChangesProps) {
  return (
    <Stack gap="xs">
      <Text size="sm">
        {value.range} is very wide: {size}.
      </Text>
      {touches === null ? (
        <Text size="sm">It could not be found out whom it touches.</Text>
      ) : (
        describeTouches(touches).map((line) => (
          <Text size="sm" key={line} className="postern-breakable">
            {line}
          </Text>
        ))
      )}
    </Stack>
  );
}
