// How a file looks from outside: its name, first line, length and width.
import type { SourceFile } from "./source-file.ts";
import { fileName, isTestFile } from "./source-file.ts";
import type { Violation } from "./parse-source.ts";

const SOURCE_LINES_MAX = 300;
const TEST_LINES_MAX = 400;
const LINE_WIDTH_MAX = 100;

/** Names that say nothing about what is inside. */
const EMPTY_NAMES = new Set([
  "util",
  "utils",
  "helper",
  "helpers",
  "common",
  "manager",
  "service",
  "types",
]);

/** Written by a program from what is held to the rules itself, and compared with it by a test. */
const GENERATED = new Set(["src/web/api/api-schema.ts"]);

function isDeclaration(path: string): boolean {
  return path.endsWith(".d.ts");
}

function linesOf(text: string): readonly string[] {
  return text.replace(/\n$/, "").split("\n");
}

/** The first line says in one sentence what the file is for; a shebang may stand before it. */
export function checkFirstLine(file: SourceFile): readonly Violation[] {
  if (isDeclaration(file.path)) return [];
  const lines = linesOf(file.text);
  const line = lines[0]?.startsWith("#!") ? 2 : 1;
  if (/^\/\/ \S.*\S\.$/.test(lines[line - 1] ?? "")) return [];
  const message =
    "the first line is one // sentence, ended by a period, saying what the file is for";
  return [{ path: file.path, line, message }];
}

export function checkLength(file: SourceFile): readonly Violation[] {
  if (GENERATED.has(file.path)) return [];
  const linesMax =
    file.path.startsWith("test/") || isTestFile(file.path) ? TEST_LINES_MAX : SOURCE_LINES_MAX;
  const count = linesOf(file.text).length;
  if (count <= linesMax) return [];
  return [{ path: file.path, line: count, message: `${count} lines, at most ${linesMax}` }];
}

export function checkLineWidth(file: SourceFile): readonly Violation[] {
  if (GENERATED.has(file.path)) return [];
  return linesOf(file.text).flatMap((text, index) => {
    const width = text.length;
    if (width <= LINE_WIDTH_MAX) return [];
    const message = `${width} columns, at most ${LINE_WIDTH_MAX}`;
    return [{ path: file.path, line: index + 1, message }];
  });
}

const KEBAB = /^[a-z0-9]+(-[a-z0-9]+)*$/;

/** Folders and files are kebab-case; a name that could stand for anything is refused. */
export function checkFileName(file: SourceFile): readonly Violation[] {
  const at = (message: string): readonly Violation[] => [{ path: file.path, line: 1, message }];
  const folders = file.path.split("/").slice(0, -1);
  const name = fileName(file.path).replace(/(\.test|\.config|\.d)?\.[a-z]+$/, "");
  const odd = [...folders, name].find((part) => !KEBAB.test(part));
  if (odd !== undefined) return at(`${odd} is not kebab-case`);
  const empty = [...folders, ...name.split("-")].find((part) => EMPTY_NAMES.has(part));
  return empty === undefined ? [] : at(`"${empty}" does not say what is inside`);
}

/** Within src a file name leads to one file; only index.ts, the front door, repeats. */
export function checkUniqueNames(files: readonly SourceFile[]): readonly Violation[] {
  const first = new Map<string, string>();
  return files.flatMap(({ path }) => {
    const name = fileName(path);
    if (!path.startsWith("src/") || name === "index.ts") return [];
    const earlier = first.get(name);
    if (earlier !== undefined) return [{ path, line: 1, message: `the name of ${earlier} again` }];
    first.set(name, path);
    return [];
  });
}

/** Folders of test whose suites vitest.config.ts runs; a suite elsewhere would never run. */
const SUITE_FOLDERS = new Set([
  "contracts",
  "attacks",
  "guides",
  "faults",
  "system",
  "scenarios",
  "browser",
]);

export function checkSuiteIsRun(file: SourceFile): readonly Violation[] {
  if (!isTestFile(file.path) || file.path.startsWith("src/")) return [];
  const parts = file.path.split("/");
  const folder = parts.length > 2 ? (parts[1] ?? "") : null;
  if (parts[0] === "test" && (folder === null || SUITE_FOLDERS.has(folder))) return [];
  return [{ path: file.path, line: 1, message: "no project of vitest.config.ts runs this suite" }];
}
