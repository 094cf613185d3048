// A list of one's own browsers or sessions: where each is, some times, and what can be done.
import { Button, Group, Table, VisuallyHidden } from "@mantine/core";
import { TimeText } from "../../shell/time-text.tsx";
import { PlaceText } from "./place-text.tsx";
import type { Place } from "./place-text.tsx";

export type PlaceRow = Place & { readonly id: string; readonly isCurrent: boolean };

export type PlaceColumn<Row> = {
  readonly label: string;
  /** `visibleFrom`: on narrower screens the column is left out. */
  readonly cell?: { readonly visibleFrom: "xs" | "sm" };
  readonly timeOf: (row: Row) => string;
};

export type PlaceAction<Row> = {
  readonly label: string;
  /** Says also whose row it is: several buttons say the same. */
  readonly describe: (row: Row) => string;
  readonly act: (row: Row) => void;
  /** False where nothing can be done. */
  readonly isFor?: (row: Row) => boolean;
};

export type PlaceTableProps<Row> = {
  readonly placeLabel: string;
  readonly columns: readonly PlaceColumn<Row>[];
  readonly rows: readonly Row[];
  readonly action: PlaceAction<Row>;
};

export function PlaceTable<Row extends PlaceRow>(props: PlaceTableProps<Row>) {
  const { placeLabel, columns, rows, action } = props;
  return (
    <Table.ScrollContainer minWidth={300}>
      <Table verticalSpacing="sm">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{placeLabel}</Table.Th>
            {columns.map(({ label, cell }) => (
              <Table.Th key={label} {...cell}>
                {label}
              </Table.Th>
            ))}
            <Table.Th>
              <VisuallyHidden>Actions</VisuallyHidden>
            </Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map((row) => (
            <Table.Tr key={row.id}>
              <Table.Td>
                <PlaceText place={row} mark={row.isCurrent ? "this one" : null} />
              </Table.Td>
              {columns.map(({ label, cell, timeOf }) => (
                <Table.Td key={label} {...cell}>
                  <TimeText at={timeOf(row)} />
                </Table.Td>
              ))}
              <Table.Td>
                <Group justify="flex-end">
                  <ActionButton row={row} action={action} />
                </Group>
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

function ActionButton<Row>(props: { readonly row: Row; readonly action: PlaceAction<Row> }) {
  const { row, action } = props;
  if (action.isFor?.(row) === false) return null;
  return (
    <Button
      variant="default"
      size="xs"
      onClick={() => action.act(row)}
      aria-label={action.describe(row)}
    >
      {action.label}
    </Button>
  );
}
