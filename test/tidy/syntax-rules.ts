// Which parts of the language the house does without.
import { childNode, childNodes, dottedName, violation } from "./parse-source.ts";
import type { ParsedFile, SyntaxNode, Violation } from "./parse-source.ts";
import { isTestFile } from "./source-file.ts";

const PARAMETERS_MAX = 3;
const FUNCTION_LINES_MAX = 60;

/** Files that another program loads by their default export. */
const LOADED_BY_DEFAULT_EXPORT = /\.config\.ts$|^test\/report-knip\.mjs$/;

/** Default exports, classes other than errors, enums, `as any`. */
export function checkSyntax(file: ParsedFile): readonly Violation[] {
  return file.nodes.flatMap((node) => {
    const message = refusedSyntax(file, node);
    return message === null ? [] : [violation(file, node, message)];
  });
}

function refusedSyntax(file: ParsedFile, node: SyntaxNode): string | null {
  switch (node.type) {
    case "ExportDefaultDeclaration":
      return LOADED_BY_DEFAULT_EXPORT.test(file.path) ? null : "named exports only";
    case "TSExportAssignment":
      return "named exports only";
    case "ClassDeclaration":
    case "ClassExpression": {
      const parent = dottedName(childNode(node, "superClass"));
      if (parent !== null && /(^|\.)([A-Z]\w*)?(Error|Problem)$/.test(parent)) return null;
      return "no class other than an error: functions and readonly data";
    }
    case "TSEnumDeclaration":
      return "no enum: a union of texts";
    case "TSAsExpression":
    case "TSTypeAssertion":
      return childNode(node, "typeAnnotation")?.type === "TSAnyKeyword" ? "no cast to any" : null;
    default:
      return null;
  }
}

const FUNCTION_TYPES = new Set([
  "FunctionDeclaration",
  "FunctionExpression",
  "ArrowFunctionExpression",
]);

function functionsOf(file: ParsedFile): readonly SyntaxNode[] {
  return file.nodes.filter((node) => FUNCTION_TYPES.has(node.type));
}

/**
 * Asked several times for each request: an object for each call would be made and thrown away a
 * million times a second. They may take four.
 */
const HOT_PATH = new Set(
  ["address-set", "ban-table", "decide-network", "gather-facts", "sliding-window"].map(
    (name) => `src/core/network/${name}.ts`,
  ),
);

/** More than three things to pass travel as one object, by name. */
export function checkParameters(file: ParsedFile): readonly Violation[] {
  return functionsOf(file).flatMap((node) => {
    // The row of a table of examples is spread over the parameters of its test.
    if (isTestFile(file.path) && node.type === "ArrowFunctionExpression") return [];
    const parameters = childNodes(node, "params").filter(
      (parameter) => parameter["name"] !== "this",
    );
    const most = HOT_PATH.has(file.path) ? PARAMETERS_MAX + 1 : PARAMETERS_MAX;
    if (parameters.length <= most) return [];
    const message = `${parameters.length} parameters, at most ${PARAMETERS_MAX} and then an object`;
    return [violation(file, node, message)];
  });
}

/**
 * Suites are lists of examples and may be long; everything else is read in one look. The functions
 * inside a function are counted by themselves: without classes, parts that share a state stand in
 * the function that makes them.
 */
export function checkFunctionLength(file: ParsedFile): readonly Violation[] {
  if (isTestFile(file.path)) return [];
  const functions = functionsOf(file);
  return functions.flatMap((node) => {
    const inner = outermost(functions.filter((other) => isInside(other, node)));
    const innerLines = inner.reduce((sum, other) => sum + lineBreaks(file, other), 0);
    const lines = lineBreaks(file, node) - innerLines + 1;
    if (lines < FUNCTION_LINES_MAX) return [];
    const message = `a function of ${lines} lines, fewer than ${FUNCTION_LINES_MAX} wanted`;
    return [violation(file, node, message)];
  });
}

function isInside(node: SyntaxNode, outer: SyntaxNode): boolean {
  return node !== outer && node.start >= outer.start && node.end <= outer.end;
}

function outermost(nodes: readonly SyntaxNode[]): readonly SyntaxNode[] {
  return nodes.filter((node) => !nodes.some((other) => isInside(node, other)));
}

function lineBreaks(file: ParsedFile, node: SyntaxNode): number {
  return file.text.slice(node.start, node.end).split("\n").length - 1;
}

const UNFINISHED = /\b(TODO|FIXME|XXX|HACK)\b/;
const SILENCED = /@ts-(ignore|nocheck)\b/;

/** Nothing is left for later in a comment, and no compiler message is silenced. */
export function checkComments(file: ParsedFile): readonly Violation[] {
  return file.comments.flatMap(({ text, line }) => {
    const at = (message: string) => [{ path: file.path, line, message }];
    const unfinished = UNFINISHED.exec(text);
    if (unfinished !== null) return at(`${unfinished[1]}: do it, or write it down elsewhere`);
    return SILENCED.test(text) ? at("a compiler message is answered, not silenced") : [];
  });
}

const SUITE_FUNCTION = /^(describe|it|test|suite|bench)\.(?:\w+\.)*?(only|skip|todo)\b/;

/** A suite that is skipped, or that hides its neighbours, proves nothing. */
export function checkSkippedTests(file: ParsedFile): readonly Violation[] {
  return file.nodes.flatMap((node) => {
    if (node.type !== "MemberExpression") return [];
    const found = SUITE_FUNCTION.exec(dottedName(node) ?? "");
    if (found === null) return [];
    return [violation(file, node, `.${found[2]} keeps tests from running`)];
  });
}

/** A file that cannot be parsed was not checked at all. */
export function checkParsed(file: ParsedFile): readonly Violation[] {
  return file.syntaxErrors.map((message) => ({ path: file.path, line: 1, message }));
}
