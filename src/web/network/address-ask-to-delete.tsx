// Asks before entries are deleted: which ones they are, and who that touches.
import { List, Stack, Text } from "@mantine/core";
import type { QueryClient } from "@tanstack/react-query";
import { useQueries } from "@tanstack/react-query";
import { countOf } from "../accounts/user-words.ts";
import { askToSave } from "../shell/ask-to-save.tsx";
import { deleteEntries, refreshEntries, touchesQuery } from "./address-entry-queries.ts";
import type { EntryAnswer } from "./address-entry-queries.ts";
import { AddressEntryPreview } from "./address-entry-preview.tsx";
import { describeRemoval, summariseTouches } from "./address-touch-words.ts";

/** More are only counted. */
const NAMED_MAX = 6;
const NOTE_LINES_MAX = 2;
/** So many a preview takes at a time. */
const PREVIEWED_MAX = 10_000;

export type AskedDeletion = {
  readonly account: string | null;
  /** At least one. */
  readonly entries: readonly EntryAnswer[];
  readonly onDeleted: () => void;
};

export function askToDeleteEntries(client: QueryClient, asked: AskedDeletion): void {
  const { account, entries, onDeleted } = asked;
  const count = countOf(entries.length, "entry", "entries");
  const one = entries.length === 1 ? entries[0] : undefined;
  askToSave({
    title: one === undefined ? `Delete ${count}?` : `Delete ${one.range}?`,
    changes: <Deletion account={account} entries={entries} />,
    confirmLabel: one === undefined ? `Delete ${count}` : "Delete it",
    act: async (minutes) => {
      try {
        await deleteEntries(
          account,
          entries.map(({ id }) => id),
          minutes,
        );
        onDeleted();
      } finally {
        // What somebody else deleted meanwhile is gone from the list too.
        await refreshEntries(client);
      }
    },
    done:
      one === undefined
        ? `${count} deleted. They hold no longer.`
        : `${one.range} is deleted. It holds no longer.`,
  });
}

type DeletionProps = {
  readonly account: string | null;
  readonly entries: readonly EntryAnswer[];
};

function Deletion({ account, entries }: DeletionProps) {
  const named = entries.slice(0, NAMED_MAX);
  const others = entries.length - named.length;
  const touches = useQueries({ queries: named.map(({ range }) => touchesQuery(account, range)) });
  return (
    <Stack gap="xs">
      <List size="sm" spacing={6}>
        {named.map(({ id, range, action, note }, index) => (
          <List.Item key={id} className="postern-breakable">
            <Text span size="sm" ff="monospace">
              {range}
            </Text>{" "}
            ({action})
            {note === "" ? null : (
              <Text size="sm" lineClamp={NOTE_LINES_MAX} title={note}>
                “<bdi>{note}</bdi>”
              </Text>
            )}
            <Text size="sm" c="dimmed" role="status">
              {wordsOf(touches[index])}
            </Text>
          </List.Item>
        ))}
      </List>
      {others > 0 ? (
        <Text size="sm">And {others.toLocaleString("en")} more, not looked at one by one.</Text>
      ) : null}
      {(["deny", "allow"] as const)
        .filter((action) => entries.some((entry) => entry.action === action))
        .map((action) => (
          <Text size="sm" key={action}>
            {describeRemoval(action)}
          </Text>
        ))}
      <Text size="sm">History can bring them back.</Text>
      {entries.length > PREVIEWED_MAX ? null : (
        <AddressEntryPreview account={account} add={[]} remove={entries.map(({ id }) => id)} />
      )}
    </Stack>
  );
}

type AnsweredTouches = {
  readonly data: Parameters<typeof summariseTouches>[0] | undefined;
  readonly isError: boolean;
};

function wordsOf(answer: AnsweredTouches | undefined): string {
  if (answer?.data !== undefined) return `Last 24 hours: ${summariseTouches(answer.data)}.`;
  return answer?.isError === true ? "Whom it touches could not be found out." : "Looking …";
}
