// Prints standings as a table, with each figure beside its ratio to the first contestant.
import type { Standing } from "./rounds.ts";

/** A figure to show: its name in the measurement, the heading with its unit, digits to show. */
export type Column = {
  readonly figure: string;
  readonly heading: string;
  readonly digits: number;
  readonly hasRatio: boolean;
};

/** The table as text. Ratios are to the first row: 2.00 is twice the figure of the first row. */
export function formatTable(standings: readonly Standing[], columns: readonly Column[]): string {
  const base = standings[0];
  const heading = [
    "",
    ...columns.flatMap((column) => [column.heading, column.hasRatio ? "×" : null]),
  ];
  const rows = standings.map(({ name, figures }) => [
    name,
    ...columns.flatMap(({ figure, digits, hasRatio }) => {
      const value = figures[figure] ?? Number.NaN;
      const baseValue = base?.figures[figure] ?? Number.NaN;
      return [formatFigure(value, digits), hasRatio ? formatFigure(value / baseValue, 2) : null];
    }),
  ]);
  return alignColumns([heading, ...rows].map((row) => row.filter((cell) => cell !== null)));
}

function formatFigure(value: number, digits: number): string {
  if (Number.isNaN(value)) return "–";
  return value.toLocaleString("en", {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
}

function alignColumns(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, at) =>
    Math.max(...rows.map((row) => (row[at] ?? "").length)),
  );
  return rows
    .map((row) =>
      row
        .map((cell, at) =>
          at === 0 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0),
        )
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}
