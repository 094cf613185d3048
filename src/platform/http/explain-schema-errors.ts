// Says in words what a schema accepts where a value did not fit.
import type { TSchema } from "typebox";
import type { TLocalizedValidationError } from "typebox/error";
import type { InputError } from "../problem/problem.ts";

const ERRORS_MAX = 20;
const LISTED_MAX = 40;

type SchemaNode = { readonly [keyword: string]: unknown };

const TYPE_WORDS: Readonly<Record<string, string>> = {
  string: "a string",
  number: "a number",
  integer: "a whole number",
  boolean: "true or false",
  object: "an object",
  array: "a list",
  null: "null",
};

const FORMAT_WORDS: Readonly<Record<string, string>> = {
  "date-time": "a time such as 2026-01-31T12:00:00Z",
  date: "a date such as 2026-01-31",
  uri: "an absolute address such as https://example.com/",
  email: "an e-mail address",
  uuid: "a UUID",
};

/** At most 20 errors, one for each place; `path` is a JSON pointer into the part, "" its top. */
export function explainSchemaErrors(
  schema: TSchema,
  errors: readonly TLocalizedValidationError[],
): readonly InputError[] {
  const unions = errors.filter((error) => error.keyword === "anyOf");
  const explained = new Map<string, InputError>();
  for (const error of errors) {
    // What the members of a union say is told once, at the union.
    const isInUnion = unions.some((union) =>
      error.schemaPath.startsWith(`${union.schemaPath}/anyOf/`),
    );
    if (isInUnion || error.keyword === "additionalProperties") continue;
    const node = nodeAt(schema, error.schemaPath.replace(/\/additionalProperties$/, ""));
    for (const told of explain(error, node)) {
      const key = `${told.path} ${told.message}`;
      if (explained.size < ERRORS_MAX) explained.set(key, told);
    }
  }
  if (explained.size > 0) return [...explained.values()];
  return [{ path: "", message: "is not accepted" }];
}

function explain(error: TLocalizedValidationError, node: SchemaNode): InputError[] {
  const path = error.instancePath;
  switch (error.keyword) {
    case "required":
      return error.params.requiredProperties.map((name) => ({
        path: `${path}/${name}`,
        message: `is missing: it must be ${acceptedBy(propertyOf(node, name))}`,
      }));
    // Each unknown member has an error of its own: nothing fits the schema `false`.
    case "boolean": {
      const known = Object.keys(node["properties"] ?? {});
      const accepted = known.length === 0 ? "none is accepted" : `accepted are ${listed(known)}`;
      return [{ path: path.slice(0, 100), message: `is an unknown field; ${accepted}` }];
    }
    default:
      return [{ path, message: `must be ${acceptedBy(node)}` }];
  }
}

/** A noun phrase for all that the node asks for, such as "a whole number from 1 to 100". */
function acceptedBy(node: SchemaNode): string {
  if (Array.isArray(node["enum"])) return `one of ${listed(node["enum"])}`;
  if ("const" in node) return JSON.stringify(node["const"]);
  if (Array.isArray(node["anyOf"])) {
    const members = node["anyOf"] as readonly SchemaNode[];
    if (members.every((member) => "const" in member)) {
      return `one of ${listed(members.map((member) => member["const"]))}`;
    }
    // Objects of different members have the same words.
    return [...new Set(members.map(acceptedBy))].join(" or ");
  }
  const { description, pattern } = node;
  if (typeof description === "string" && typeof pattern === "string") {
    return describedText(description, node);
  }
  const words = [TYPE_WORDS[String(node["type"])] ?? "as described", ...bounds(node)];
  if (typeof description === "string") words.push(`(${description})`);
  return words.join(" ");
}

/** People read what a text is, not the regular expression that checks it. */
function describedText(description: string, node: SchemaNode): string {
  const words = `${description.charAt(0).toLowerCase()}${description.slice(1)}`;
  return [words, ...between(node["minLength"], node["maxLength"], " characters")].join(", ");
}

function bounds(node: SchemaNode): string[] {
  const words: string[] = [];
  const format = node["format"];
  if (typeof format === "string") words.push(`that is ${FORMAT_WORDS[format] ?? format}`);
  words.push(...between(node["minimum"], node["maximum"], ""));
  words.push(...between(node["minLength"], node["maxLength"], " characters"));
  words.push(...between(node["minItems"], node["maxItems"], " items"));
  if (typeof node["pattern"] === "string") words.push(`of the form ${node["pattern"]}`);
  return words;
}

function between(min: unknown, max: unknown, unit: string): string[] {
  const range = unit === "" ? "from " : "of ";
  if (typeof min === "number" && typeof max === "number")
    return [`${range}${min} to ${max}${unit}`];
  const of = unit === "" ? "" : "of ";
  if (typeof min === "number") return [`${of}at least ${min}${unit}`];
  return typeof max === "number" ? [`${of}at most ${max}${unit}`] : [];
}

function propertyOf(node: SchemaNode, name: string): SchemaNode {
  return ((node["properties"] ?? {}) as Record<string, SchemaNode>)[name] ?? {};
}

function listed(values: readonly unknown[]): string {
  const texts = values.slice(0, LISTED_MAX).map(String);
  return values.length > LISTED_MAX ? `${texts.join(", ")}, …` : texts.join(", ");
}

function nodeAt(schema: TSchema, schemaPath: string): SchemaNode {
  let node: unknown = schema;
  for (const part of schemaPath.split("/").slice(1)) {
    const name = part.replaceAll("~1", "/").replaceAll("~0", "~");
    node = (node as Record<string, unknown> | undefined)?.[name];
  }
  return (node ?? {}) as SchemaNode;
}
