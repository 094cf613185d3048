// Reads a YAML document as plain values, and says for each of them where it stands.
import { isAlias, isMap, isScalar, isSeq, Lexer, LineCounter, parseDocument } from "yaml";
import type { Document, ParsedNode, YAMLMap } from "yaml";
import type { FileFault } from "./policy-file-reading.ts";
import { findUnclosed } from "./unclosed-yaml.ts";
import { wordsOfYamlFault } from "./yaml-fault-words.ts";

export type Path = readonly (string | number)[];

export type YamlReading = {
  readonly value: unknown;
  /** Of the text itself, in its order: where any is, the value is not to be used. */
  readonly faults: readonly FileFault[];
  /** Of a key where the path ends in one; of what is nearest above it where it is not there. */
  readonly placeOf: (path: Path) => { readonly line: number; readonly column: number };
};

const DEPTH_MAX = 20;
/** Colons, dashes and question marks that make lists and keys, one after the other. */
const MARKS_MAX = 40;
/** What stands before the first word of a line: blanks, and marks of lists and keys. */
const DEEP_LINE = /(?:^|\n)[ \t?:-]{80}/;

const LEXER_MARKS: ReadonlySet<string> = new Set(["\u0002", "\u0018", "\u001f"]);

/**
 * YAML 1.2, core schema: `NO` and `off` are texts, `010` is ten. Without aliases, tags and merge
 * keys, so that a value is where it is written, and a small text is no large value
 * (CWE-776). A key stands once.
 */
export function readYaml(text: string): YamlReading {
  const lines = new LineCounter();
  const deepAt = findTooDeep(text);
  if (deepAt !== null) return refuseDepth(text, deepAt);
  const document = parseDocument(text, {
    version: "1.2",
    schema: "core",
    merge: false,
    stringKeys: true,
    // Looked at here: the library compares each key with each other one.
    uniqueKeys: false,
    prettyErrors: false,
    // Silent would also leave out that there is more than one document.
    logLevel: "error",
    lineCounter: lines,
  });
  const faults: FileFault[] = [];
  const add = (offset: number, path: Path, message: string): void => {
    faults.push({ ...placeAt(lines, offset), path: pointerOf(path), message });
  };
  for (const { offset, message } of faultsOfText(document, text, lines)) add(offset, [], message);
  if (document.directives?.yaml.explicit === true && document.directives.yaml.version !== "1.2") {
    add(0, [], "Only YAML 1.2 is read; leave the %YAML line out.");
  }
  const value = faults.length > 0 ? null : plain(document.contents, { path: [], add });
  return { value, faults, placeOf: (path) => placeAt(lines, offsetOf(document, path)) };
}

/** In our words; of a line only the first, as the library tells what follows from it as well. */
function faultsOfText(
  document: Document.Parsed,
  text: string,
  lines: LineCounter,
): readonly { readonly offset: number; readonly message: string }[] {
  const { errors, warnings } = document;
  if (errors.length + warnings.length === 0) return [];
  const unclosed = findUnclosed(document, text);
  const openFrom = unclosed[0]?.offset ?? Infinity;
  const told = [...errors, ...warnings]
    .map(({ code, pos }) => ({ offset: pos[0], message: wordsOfYamlFault(code) }))
    .filter(({ offset }) => offset < openFrom);
  const seen = new Set<number>();
  const firsts = told.filter(({ offset }) => {
    const { line } = lines.linePos(offset);
    return !seen.has(line) && seen.add(line);
  });
  return [...firsts, ...unclosed];
}

/**
 * INVARIANT: nothing deep reaches the library, which calls itself for each level: some thousands of
 * brackets end the whole process, for V8 cannot compile a regular expression on the last bit of a
 * stack. A level takes columns, a bracket, or one more mark before the next comma or line.
 */
function findTooDeep(text: string): number | null {
  const deepLine = DEEP_LINE.exec(text);
  if (deepLine !== null) return deepLine.index + (deepLine[0].startsWith("\n") ? 1 : 0);
  let offset = 0;
  let brackets = 0;
  let marks = 0;
  for (const token of new Lexer().lex(text)) {
    if (token === "[" || token === "{") brackets += 1;
    else if (token === "]" || token === "}") brackets -= 1;
    else if (token === ":" || token === "-" || token === "?") marks += 1;
    else if (token === "," || (token.includes("\n") && brackets <= 0)) marks = 0;
    if (brackets > DEPTH_MAX || marks > MARKS_MAX) return offset;
    // Marks of the lexer's own are not in the text.
    if (!LEXER_MARKS.has(token)) offset += token.length;
  }
  return null;
}

function refuseDepth(text: string, offset: number): YamlReading {
  const before = text.slice(0, offset).split("\n");
  const place = { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
  const message = `At most ${DEPTH_MAX} levels are read.`;
  return { value: null, faults: [{ ...place, path: "", message }], placeOf: () => place };
}

function placeAt(lines: LineCounter, offset: number) {
  const { line, col } = lines.linePos(offset);
  return { line: Math.max(1, line), column: Math.max(1, col) };
}

export function pointerOf(path: Path): string {
  return path
    .map((part) => `/${String(part).replaceAll("~", "~0").replaceAll("/", "~1")}`)
    .join("");
}

export function pathOfPointer(pointer: string): Path {
  return pointer
    .split("/")
    .slice(1)
    .map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~"));
}

type Walk = {
  readonly path: Path;
  readonly add: (offset: number, path: Path, message: string) => void;
};

function plain(node: ParsedNode | null, walk: Walk): unknown {
  if (node === null) return null;
  const { path, add } = walk;
  if (isAlias(node)) {
    add(node.range[0], path, "Aliases such as *name are not read; write the value out.");
    return null;
  }
  if (node.tag !== undefined) {
    add(node.range[0], path, "Tags such as !!str are not read; put a text in quotes instead.");
  }
  if (isScalar(node)) return node.value;
  if (path.length > DEPTH_MAX) {
    add(node.range[0], path, `At most ${DEPTH_MAX} levels are read.`);
    return null;
  }
  if (isSeq(node)) {
    return node.items.map((item, index) => plain(item, { add, path: [...path, index] }));
  }
  return plainMap(node, walk);
}

function plainMap(node: YAMLMap.Parsed, { path, add }: Walk): unknown {
  // No prototype: a key such as __proto__ is one like others, and refused as unknown.
  const members: Record<string, unknown> = Object.create(null) as Record<string, unknown>;
  for (const { key, value } of node.items) {
    const name = isScalar(key) ? String(key.value) : "";
    const at = [...path, name];
    if (!isScalar(key)) add(key.range[0], path, "A key must be a text.");
    else if (Object.hasOwn(members, name)) {
      add(key.range[0], at, `The key ${JSON.stringify(name)} stands twice; each may stand once.`);
    } else members[name] = plain(value, { add, path: at });
  }
  return members;
}

function offsetOf(document: Document.Parsed, path: Path): number {
  let node: ParsedNode | null = document.contents;
  let offset = node?.range[0] ?? 0;
  for (const part of path) {
    if (isSeq(node)) {
      const item: ParsedNode | undefined = node.items[Number(part)];
      if (item === undefined) return offset;
      [node, offset] = [item, item.range[0]];
    } else if (isMap(node)) {
      const pair = node.items.find(
        ({ key }) => isScalar(key) && String(key.value) === String(part),
      );
      if (pair === undefined) return offset;
      [node, offset] = [pair.value, pair.key.range?.[0] ?? offset];
    } else return offset;
  }
  return offset;
}
