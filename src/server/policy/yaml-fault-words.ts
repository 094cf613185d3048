// Says in plain words what is wrong with the text of a policy file, and what is accepted instead.
import type { ErrorCode } from "yaml";

const NO_NAMES = "Names such as &name and *name are not read; write the value out.";
const NO_TAGS = "Tags such as !!str are not read; put a text in quotes instead.";

/** Of each code of the YAML library, whose own words are for whoever programs with it. */
const WORDS: Readonly<Record<ErrorCode, string>> = {
  ALIAS_PROPS: NO_NAMES,
  BAD_ALIAS: NO_NAMES,
  MULTIPLE_ANCHORS: NO_NAMES,
  BAD_COLLECTION_TYPE: NO_TAGS,
  BAD_PROP_ORDER: NO_TAGS,
  MULTIPLE_TAGS: NO_TAGS,
  TAG_RESOLVE_FAILED: NO_TAGS,
  BAD_DIRECTIVE: "Lines that begin with % are not read; leave them out.",
  BAD_DQ_ESCAPE:
    "In double quotes a backslash begins an escape such as \\n; write \\\\ for a backslash, or " +
    "put the text in single quotes.",
  BAD_INDENT:
    "What stands here is not indented as it must be; indent keys and items of one level by the " +
    "same number of spaces, and what belongs to them by more.",
  BAD_SCALAR_START: "A text that begins with this character must stand in quotes.",
  BLOCK_AS_IMPLICIT_KEY:
    "A key or list begins where none can; put each key on a line of its own, indent those of one " +
    "level by the same number of spaces, and put a text with a colon in quotes.",
  BLOCK_IN_FLOW:
    "Within [ ] and { } items are parted by commas, as in [a, b] and { key: value, other: 1 }; " +
    "lists with - are not read there.",
  DUPLICATE_KEY: "A key stands twice; each may stand once.",
  IMPOSSIBLE: "This is no YAML 1.2; write key: value, or - before each item of a list.",
  KEY_OVER_1024_CHARS: "A key may have at most 1,024 characters.",
  MISSING_CHAR:
    "Something is missing here: a colon and a space after a key, a comma between items, or a " +
    "space before # and after a colon.",
  MULTILINE_IMPLICIT_KEY: "A key and its colon must stand on one line, as in key: value.",
  MULTIPLE_DOCS:
    "A file holds one document; leave out the line --- and what follows it, or put that into a " +
    "file of its own.",
  NON_STRING_KEY: "A key must be a text.",
  RESOURCE_EXHAUSTION: "The text is nested too deep; at most 20 levels are read.",
  TAB_AS_INDENT: "A tab indents here; indent with spaces.",
  UNEXPECTED_TOKEN:
    "This cannot stand here; write key: value, or - before each item of a list, and put a text " +
    "with special characters in quotes.",
};

/** @param code of a newer library too: what is not known is told as no YAML */
export function wordsOfYamlFault(code: string): string {
  return (WORDS as Readonly<Record<string, string | undefined>>)[code] ?? WORDS.IMPOSSIBLE;
}
