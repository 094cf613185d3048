// Finds the regular expressions of a source file, written as such or put together from texts.
import { childNode, childNodes } from "../tidy/parse-source.ts";
import type { ParsedFile, SyntaxNode } from "../tidy/parse-source.ts";

/** `source` is null where it is put together from what only a running program knows. */
export type FoundRegex = {
  readonly path: string;
  readonly source: string | null;
  readonly flags: string;
};

export function regexesOf(file: ParsedFile): readonly FoundRegex[] {
  const texts = textsOf(file);
  return file.nodes.flatMap((node): FoundRegex[] => {
    const regex = node["regex"] as { readonly pattern: string; readonly flags: string } | undefined;
    if (node.type === "Literal" && regex !== undefined) {
      return [{ path: file.path, source: regex.pattern, flags: regex.flags }];
    }
    if (node.type !== "NewExpression" && node.type !== "CallExpression") return [];
    if (childNode(node, "callee")?.["name"] !== "RegExp") return [];
    const [source, flags] = childNodes(node, "arguments");
    const given = flags === undefined ? "" : textOf(flags, texts);
    return [{ path: file.path, source: textOf(source, texts), flags: given ?? "" }];
  });
}

/** The constants of the file that are texts. */
function textsOf(file: ParsedFile): ReadonlyMap<string, string> {
  const texts = new Map<string, string>();
  for (const node of file.nodes) {
    if (node.type !== "VariableDeclarator") continue;
    const text = textOf(childNode(node, "init"), texts);
    if (text !== null) texts.set(String(childNode(node, "id")?.["name"]), text);
  }
  return texts;
}

function textOf(
  node: SyntaxNode | null | undefined,
  texts: ReadonlyMap<string, string>,
): string | null {
  if (node === null || node === undefined) return null;
  if (node.type === "Literal") return typeof node["value"] === "string" ? node["value"] : null;
  if (node.type === "Identifier") return texts.get(String(node["name"])) ?? null;
  if (node.type === "BinaryExpression" && node["operator"] === "+") {
    return joined([
      textOf(childNode(node, "left"), texts),
      textOf(childNode(node, "right"), texts),
    ]);
  }
  if (node.type !== "TemplateLiteral") return null;
  const between = childNodes(node, "expressions").map((one) => textOf(one, texts));
  const plain = childNodes(node, "quasis").map((one) => cookedOf(one));
  return joined(plain.flatMap((text, at) => (at < between.length ? [text, between[at]!] : [text])));
}

function cookedOf(quasi: SyntaxNode): string | null {
  const { cooked } = quasi["value"] as { readonly cooked?: string };
  return cooked ?? null;
}

function joined(parts: readonly (string | null)[]): string | null {
  return parts.includes(null) ? null : parts.join("");
}
