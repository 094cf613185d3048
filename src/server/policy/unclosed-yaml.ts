// Finds brackets and quotes that are never closed: the fault is where they begin.
import { isMap, isSeq, visit } from "yaml";
import type { Document, Node } from "yaml";

type Unclosed = { readonly offset: number; readonly message: string };

const CLOSING: Readonly<Record<string, string | undefined>> = { "[": "]", "{": "}" };

/** In the order of the text. A quote that is not closed takes all brackets that follow with it. */
export function findUnclosed(document: Document.Parsed, text: string): readonly Unclosed[] {
  const brackets: { readonly offset: number; readonly end: number; readonly message: string }[] =
    [];
  const quotes: Unclosed[] = [];
  visit(document, {
    Collection: (_key, node) => {
      const [offset, end] = rangeOf(node);
      const closing = CLOSING[text[offset] ?? ""];
      if (closing === undefined || isClosed(node, { text, closing })) return;
      const message = `The ${text[offset]} is never closed; write ${closing} after its last item.`;
      brackets.push({ offset, end, message });
    },
    Scalar: (_key, node) => {
      const [offset, end] = rangeOf(node);
      if (node.type !== "QUOTE_DOUBLE" && node.type !== "QUOTE_SINGLE") return;
      const quote = node.type === "QUOTE_DOUBLE" ? '"' : "'";
      if (text.slice(offset + 1, end).endsWith(quote)) return;
      quotes.push({
        offset,
        message: `The quote ${quote} is never closed; write ${quote} at its end.`,
      });
    },
  });
  const [quote] = quotes;
  const own = brackets.filter(({ end }) => quote === undefined || end < quote.offset);
  const found = [...own.map(({ offset, message }) => ({ offset, message })), ...quotes];
  return found.toSorted((a, b) => a.offset - b.offset);
}

/** Where it begins, and where its value ends. */
function rangeOf(node: Node): readonly [number, number] {
  const [offset, end] = node.range ?? [0, 0];
  return [offset, end];
}

/** The last bracket is its own, and not that of its last item. */
function isClosed(
  node: Node,
  { text, closing }: { readonly text: string; readonly closing: string },
): boolean {
  const [, end] = rangeOf(node);
  return text[end - 1] === closing && endOfItems(node) < end;
}

function endOfItems(node: Node): number {
  if (isSeq<Node>(node)) return endOf(node.items.at(-1));
  if (!isMap<Node, Node | null>(node)) return 0;
  const last = node.items.at(-1);
  return endOf(last?.value ?? last?.key);
}

function endOf(node: Node | undefined): number {
  return node === undefined ? 0 : rangeOf(node)[1];
}
