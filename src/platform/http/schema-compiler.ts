// Checks request parts against their TypeBox schemas, without bending what was sent.
import type { FastifySchemaCompiler } from "fastify";
import type { Static, TSchema } from "typebox";
import { Compile } from "typebox/compile";
import { Format } from "typebox/format";
import { Settings } from "typebox/system";
import { Value } from "typebox/value";
import { Problem } from "../problem/problem.ts";
import { explainSchemaErrors } from "./explain-schema-errors.ts";
import { readTextMembers } from "./read-text-members.ts";

// A union of many literals fills several places, so this is more than is ever told.
Settings.Set({ maxErrors: 64 });

// RFC 3339 has leap seconds and RFC 9557 more; a time that is no moment here cannot be kept.
Format.Set("date-time", (text) => Format.IsDateTime(text) && !Number.isNaN(Date.parse(text)));

// Finding every fault of a large value would hold up all other requests.
const EXPLAINED_VALUES_MAX = 2_000;
const UNEXPLAINED = [{ path: "", message: "does not fit, and is too large to say where" }];

const PART_NAMES: Readonly<Record<string, string>> = {
  body: "The body",
  querystring: "The query",
  params: "The path",
  headers: "The headers",
};

/**
 * Numbers and booleans of the query and the path are read from their text; a body's values must
 * have the right type as sent. Members with a default in the schema get it. Nothing unknown is
 * taken out, so `additionalProperties: false` refuses it (ASVS 15.3.3).
 */
export const compileSchema: FastifySchemaCompiler<TSchema> = function compileSchema(route) {
  const { schema } = route;
  const httpPart = route.httpPart ?? "body";
  const check = createSchemaCheck(schema, PART_NAMES[httpPart] ?? "The request");
  return function validate(sent: unknown): { value: unknown } | { error: Error } {
    const result = check(httpPart === "body" ? sent : readTextMembers(schema, sent));
    return result.ok ? { value: result.value } : { error: result.problem };
  };
};

export type SchemaCheckResult<Schema extends TSchema> =
  | { readonly ok: true; readonly value: Static<Schema> }
  | { readonly ok: false; readonly problem: Problem };

/**
 * Compiles the schema when it is first asked; the check fills in defaults. `subject` begins the
 * sentence of the problem (code `invalid-input`, status 400), such as "The policy".
 */
export function createSchemaCheck<Schema extends TSchema>(
  schema: Schema,
  subject: string,
): (sent: unknown) => SchemaCheckResult<Schema> {
  return function check(sent) {
    const validator = compiledOnce(schema);
    const value = Value.Default(schema, sent);
    if (validator.Check(value)) return { ok: true, value };
    const isSmall = countValues(value, EXPLAINED_VALUES_MAX) < EXPLAINED_VALUES_MAX;
    const errors = isSmall ? explainSchemaErrors(schema, validator.Errors(value)) : UNEXPLAINED;
    const detail = `${subject} is not as it should be: ${errors.map(sentence).join("; ")}.`;
    return { ok: false, problem: new Problem("invalid-input", 400, { detail, errors }) };
  };
}

/** Kept with its schema, which is made once: several servers of a process share it. */
const compiled = new WeakMap<TSchema, unknown>();

function compiledOnce<Schema extends TSchema>(schema: Schema): ReturnType<typeof Compile<Schema>> {
  const known = compiled.get(schema) as ReturnType<typeof Compile<Schema>> | undefined;
  if (known !== undefined) return known;
  const made = Compile(schema);
  compiled.set(schema, made);
  return made;
}

/** Counts the value and all within it, no further than `max`. */
function countValues(value: unknown, max: number): number {
  if (typeof value !== "object" || value === null) return 1;
  let count = 1;
  for (const member of Object.values(value)) {
    if (count >= max) return max;
    count += countValues(member, max - count);
  }
  return count;
}

function sentence(error: { readonly path: string; readonly message: string }): string {
  return error.path === "" ? error.message : `${error.path} ${error.message}`;
}
