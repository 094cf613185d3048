// Prints results: tables for people, JSON for programs; and progress, on standard error.
import { once } from "node:events";
import type { Writable } from "node:stream";
import type { CliContext } from "./cli-context.ts";

export type Cell = string | number | boolean | null | undefined;
export type Column<Row> = readonly [heading: string, cell: (row: Row) => Cell];

const PROGRESS_MS = 1_000;
// What a stranger could have written (notes, names) must not drive the terminal.
const NOT_PRINTABLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

export async function printJson(context: CliContext, value: unknown): Promise<void> {
  await printText(context.stdout, `${JSON.stringify(value, null, 2)}\n`);
}

export async function printLine(context: CliContext, line: string): Promise<void> {
  await printText(context.stdout, `${printable(line)}\n`);
}

/** Columns as wide as their widest cell; `empty` is said when there is no row. */
export async function printTable<Row>(
  context: CliContext,
  rows: readonly Row[],
  options: { readonly columns: readonly Column<Row>[]; readonly empty: string },
): Promise<void> {
  if (rows.length === 0) return printLine(context, options.empty);
  const { columns } = options;
  const lines = [
    columns.map(([heading]) => heading),
    ...rows.map((row) => columns.map(([, cell]) => printable(textOf(cell(row))))),
  ];
  const widths = columns.map((_, index) =>
    lines.reduce((widest, line) => Math.max(widest, line[index]?.length ?? 0), 0),
  );
  const text = lines.map((line) =>
    line
      .map((cell, index) => cell.padEnd(widths[index] ?? 0))
      .join("  ")
      .trimEnd(),
  );
  await printText(context.stdout, `${text.join("\n")}\n`);
}

/** Writes and waits while the reader is slower. */
async function printText(stream: Writable, text: string): Promise<void> {
  if (!stream.write(text)) await once(stream, "drain");
}

export type Progress = { readonly add: (count: number) => void; readonly end: () => void };

/** Says once a second on a terminal how far it is; silent for what is done sooner. */
export function startProgress(context: CliContext, unit: string): Progress {
  let total = 0;
  let isShown = false;
  const timer = setInterval(() => {
    if (context.stderr.isTTY !== true) return;
    isShown = true;
    context.stderr.write(`\r${total.toLocaleString("en")} ${unit}`);
  }, PROGRESS_MS);
  timer.unref();
  return {
    add: (count) => {
      total += count;
    },
    end: () => {
      clearInterval(timer);
      if (isShown) context.stderr.write("\n");
    },
  };
}

export function printable(text: string): string {
  return text.replaceAll(NOT_PRINTABLE, "\ufffd");
}

function textOf(cell: Cell): string {
  if (cell === null || cell === undefined || cell === "") return "-";
  if (typeof cell === "boolean") return cell ? "yes" : "no";
  return String(cell);
}
