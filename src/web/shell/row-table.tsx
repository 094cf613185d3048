// A table that becomes a list of stacked rows where the screen is narrow.
import { Table } from "@mantine/core";
import type { ReactNode } from "react";
import "./row-table.css";

export type RowColumn<Row> = {
  readonly label: string;
  /** For columns of buttons: read aloud, not seen. */
  readonly isLabelHidden?: boolean;
  readonly cell: (row: Row) => ReactNode;
  /** Figures stand at the right, one below the other. */
  readonly isFigure?: boolean;
  /** Left out where the screen is narrow. */
  readonly isLesser?: boolean;
};

export type RowTableProps<Row> = {
  /** What the table lists, for screen readers. */
  readonly label: string;
  /** The first one says whose row it is. */
  readonly columns: readonly RowColumn<Row>[];
  readonly rows: readonly Row[];
  readonly keyOf: (row: Row) => string;
};

/** Roles are written out: some browsers forget them where rows are no table rows any more. */
export function RowTable<Row>({ label, columns, rows, keyOf }: RowTableProps<Row>) {
  return (
    <Table className="postern-rows" aria-label={label} role="table">
      <Table.Thead role="rowgroup">
        <Table.Tr role="row">
          {columns.map((column) => (
            <Table.Th key={column.label} role="columnheader" scope="col" {...marksOf(column)}>
              {column.isLabelHidden === true ? (
                <span className="postern-rows-unseen">{column.label}</span>
              ) : (
                column.label
              )}
            </Table.Th>
          ))}
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody role="rowgroup">
        {rows.map((row) => (
          <Table.Tr key={keyOf(row)} role="row">
            {columns.map((column, index) =>
              index === 0 ? (
                <Table.Th key={column.label} role="rowheader" scope="row" {...marksOf(column)}>
                  {column.cell(row)}
                </Table.Th>
              ) : (
                <Table.Td key={column.label} role="cell" {...marksOf(column)}>
                  {column.cell(row)}
                </Table.Td>
              ),
            )}
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}

function marksOf<Row>({ label, isLabelHidden, isFigure, isLesser }: RowColumn<Row>) {
  return {
    "data-label": isLabelHidden === true ? undefined : label,
    "data-figure": isFigure === true ? true : undefined,
    "data-lesser": isLesser === true ? true : undefined,
  };
}
