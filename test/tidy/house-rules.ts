// The list of all house rules, each under the name that a failing check shows.
import { checkDomainOrder, checkFolderNames, checkFrontDoors } from "./folder-rules.ts";
import { checkHiddenDomainOrder, checkImportTable } from "./folder-rules.ts";
import type { ParsedFile, Violation } from "./parse-source.ts";
import { checkCorePurity, checkDriverFolders, checkEnvironmentReader } from "./purity-rules.ts";
import { checkFileName, checkFirstLine, checkLength, checkLineWidth } from "./shape-rules.ts";
import { checkSuiteIsRun, checkUniqueNames } from "./shape-rules.ts";
import { checkComments, checkFunctionLength, checkParameters } from "./syntax-rules.ts";
import { checkParsed, checkSkippedTests, checkSyntax } from "./syntax-rules.ts";

type FileRule = (file: ParsedFile) => readonly Violation[];
type TreeRule = (files: readonly ParsedFile[]) => readonly Violation[];

const FILE_RULES: Readonly<Record<string, FileRule>> = {
  "every file can be parsed": checkParsed,
  "folders are those of the map": checkFolderNames,
  "imports follow the table of folders": checkImportTable,
  "domains import earlier domains only": checkDomainOrder,
  "server domains are entered through index.ts": checkFrontDoors,
  "core has no clock, chance, waiting or package": checkCorePurity,
  "one file reads the environment": checkEnvironmentReader,
  "driver packages stay in their folder": checkDriverFolders,
  "the first line says what the file is for": checkFirstLine,
  "files are short": checkLength,
  "lines fit into 100 columns": checkLineWidth,
  "names are kebab-case and say something": checkFileName,
  "every suite is run by a project": checkSuiteIsRun,
  "no default export, class, enum or cast to any": checkSyntax,
  "at most three parameters": checkParameters,
  "functions are short": checkFunctionLength,
  "comments leave nothing for later": checkComments,
  "no test is kept from running": checkSkippedTests,
};

const TREE_RULES: Readonly<Record<string, TreeRule>> = {
  "no file beside the domains hides a later domain": checkHiddenDomainOrder,
  "file names within src are unique": checkUniqueNames,
};

/** Every rule as one that looks at the whole tree. */
export const HOUSE_RULES: readonly (readonly [string, TreeRule])[] = [
  ...Object.entries(FILE_RULES).map(
    ([name, rule]) => [name, (files: readonly ParsedFile[]) => files.flatMap(rule)] as const,
  ),
  ...Object.entries(TREE_RULES),
];

/** One line for each violation, as an editor or a terminal can follow it. */
export function describeViolations(violations: readonly Violation[]): readonly string[] {
  return violations.map(({ path, line, message }) => `${path}:${line} ${message}`);
}
