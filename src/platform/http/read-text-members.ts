// Reads numbers and booleans of a query or path from their text, in one spelling each.
import type { TSchema } from "typebox";

const WHOLE_NUMBER = /^(?:0|[1-9][0-9]{0,15})$/;

/**
 * What is not a plain decimal number, `true` or `false` stays text, which the schema then refuses:
 * `1.5`, `0x2f`, `1e3` or `true` must never become the number of some other object.
 */
export function readTextMembers(schema: TSchema, sent: unknown): unknown {
  if (typeof sent !== "object" || sent === null) return sent;
  const { properties = {} } = schema as { properties?: Readonly<Record<string, TSchema>> };
  const read = Object.entries(sent).map(([name, value]) => [
    name,
    typeof value === "string" ? readText(properties[name], value) : (value as unknown),
  ]);
  return Object.fromEntries(read);
}

function readText(schema: TSchema | undefined, text: string): unknown {
  const { type }: { type?: unknown } = schema ?? {};
  if (type === "integer" && WHOLE_NUMBER.test(text)) return Number(text);
  if (type === "boolean" && (text === "true" || text === "false")) return text === "true";
  return text;
}
