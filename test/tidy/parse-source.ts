// Turns a source file into its syntax tree, imports and comments, so that no rule guesses by text.
import { posix } from "node:path";
import { parseSync } from "oxc-parser";
import type { SourceFile } from "./source-file.ts";

/** Any node of the syntax tree; the rules look only at the few fields they know. */
export type SyntaxNode = { readonly type: string; readonly start: number; readonly end: number } & {
  readonly [field: string]: unknown;
};

/** What a file imports: the text as written, and the path it means when that is relative. */
export type ImportedName = {
  readonly specifier: string;
  readonly path: string | null;
  readonly line: number;
};

export type ParsedFile = SourceFile & {
  readonly nodes: readonly SyntaxNode[];
  readonly comments: readonly { readonly text: string; readonly line: number }[];
  readonly imports: readonly ImportedName[];
  readonly syntaxErrors: readonly string[];
};

/** A broken rule: where, and in words that say what is right. */
export type Violation = { readonly path: string; readonly line: number; readonly message: string };

export function parseSource(file: SourceFile): ParsedFile {
  const parsed = parseSync(file.path, file.text);
  const nodes = collectNodes(parsed.program);
  const lineStarts = findLineStarts(file.text);
  return {
    ...file,
    nodes,
    comments: parsed.comments.map((comment) => ({
      text: comment.value,
      line: lineAt(lineStarts, comment.start),
    })),
    imports: nodes.flatMap((node) => {
      const specifier = importedSpecifier(node);
      if (specifier === null) return [];
      const line = lineAt(lineStarts, node.start);
      return [{ specifier, path: resolveRelative(file.path, specifier), line }];
    }),
    syntaxErrors: parsed.errors.map((error) => error.message),
  };
}

export function violation(file: ParsedFile, node: SyntaxNode, message: string): Violation {
  return { path: file.path, line: lineAt(findLineStarts(file.text), node.start), message };
}

/** A field of a node when it is itself a node. */
export function childNode(node: SyntaxNode, field: string): SyntaxNode | null {
  const value = node[field];
  return isNode(value) ? value : null;
}

/** A field of a node when it is a list; what is not a node in it is left out. */
export function childNodes(node: SyntaxNode | null, field: string): readonly SyntaxNode[] {
  const value = node?.[field];
  return Array.isArray(value) ? value.filter(isNode) : [];
}

/** `a.b.c` for a chain of plain member accesses, null for anything else. */
export function dottedName(node: SyntaxNode | null): string | null {
  if (node === null) return null;
  if (node.type === "Identifier") return String(node["name"]);
  if (node.type === "MetaProperty") return "import.meta";
  if (node.type !== "MemberExpression") return null;
  const object = dottedName(childNode(node, "object"));
  const property = childNode(node, "property");
  if (object === null || property === null) return null;
  if (property.type === "Identifier" && node["computed"] !== true) {
    return `${object}.${String(property["name"])}`;
  }
  return property.type === "Literal" ? `${object}.${String(property["value"])}` : null;
}

const IMPORTING_CALL =
  /^(require|require\.resolve|process\.getBuiltinModule|import\.meta\.resolve)$/;

function importedSpecifier(node: SyntaxNode): string | null {
  switch (node.type) {
    case "ImportDeclaration":
    case "ExportNamedDeclaration":
    case "ExportAllDeclaration":
    case "ImportExpression":
    case "TSImportType":
      return stringValue(childNode(node, "source"));
    case "TSExternalModuleReference":
      return stringValue(childNode(node, "expression"));
    case "CallExpression": {
      const callee = dottedName(childNode(node, "callee"));
      if (callee === null || !IMPORTING_CALL.test(callee)) return null;
      return stringValue(childNodes(node, "arguments")[0]);
    }
    // new URL("./worker.ts", import.meta.url) reaches another file just as an import does.
    case "NewExpression": {
      if (dottedName(childNode(node, "callee")) !== "URL") return null;
      const [first, second] = childNodes(node, "arguments");
      const text = second === undefined ? null : stringValue(first);
      return text !== null && /^\.{1,2}\/.*\.(ts|tsx|js|mjs)$/.test(text) ? text : null;
    }
    default:
      return null;
  }
}

function stringValue(node: SyntaxNode | null | undefined): string | null {
  if (node === null || node === undefined) return null;
  if (node.type === "Literal" && typeof node["value"] === "string") return node["value"];
  if (node.type !== "TemplateLiteral") return null;
  const quasis = childNodes(node, "quasis");
  const value = quasis.length === 1 ? quasis[0]?.["value"] : null;
  if (typeof value !== "object" || value === null || !("cooked" in value)) return null;
  return typeof value.cooked === "string" ? value.cooked : null;
}

function resolveRelative(from: string, specifier: string): string | null {
  if (!specifier.startsWith(".")) return null;
  return posix.normalize(posix.join(posix.dirname(from), specifier));
}

function collectNodes(root: unknown): readonly SyntaxNode[] {
  const nodes: SyntaxNode[] = [];
  const waiting: unknown[] = [root];
  while (waiting.length > 0) {
    const value = waiting.pop();
    if (Array.isArray(value)) waiting.push(...value.toReversed());
    else if (isNode(value)) {
      nodes.push(value);
      waiting.push(...Object.values(value).toReversed());
    }
  }
  return nodes;
}

function isNode(value: unknown): value is SyntaxNode {
  return (
    typeof value === "object" &&
    value !== null &&
    typeof (value as { type?: unknown }).type === "string" &&
    typeof (value as { start?: unknown }).start === "number"
  );
}

function findLineStarts(text: string): readonly number[] {
  const starts = [0];
  for (let at = text.indexOf("\n"); at !== -1; at = text.indexOf("\n", at + 1)) starts.push(at + 1);
  return starts;
}

function lineAt(lineStarts: readonly number[], offset: number): number {
  let line = 0;
  while (line < lineStarts.length && (lineStarts[line] ?? 0) <= offset) line += 1;
  return line;
}
