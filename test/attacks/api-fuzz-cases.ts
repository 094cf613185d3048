// Reads the API's description and makes requests of it that are right but for one thing.
import type { TSchema } from "typebox";
import { Compile } from "typebox/compile";

export type JsonSchema = { readonly [keyword: string]: unknown };

type Parameter = {
  readonly name: string;
  readonly in: "path" | "query" | "header";
  readonly required?: boolean;
  readonly schema: JsonSchema;
};

export type ApiOperation = {
  readonly method: string;
  /** As it is described: /api/v1/users/{id}. */
  readonly path: string;
  /** Of the answers it describes. */
  readonly statuses: readonly number[];
  /** Of a body in JSON; null where none is described. */
  readonly body: JsonSchema | null;
  readonly parameters: readonly Parameter[];
};

export type BodyCase = {
  readonly body: unknown;
  /** JSON pointer to what is wrong. */
  readonly at: string;
};

type Described = {
  readonly paths: Readonly<Record<string, Readonly<Record<string, DescribedOperation>>>>;
};

type DescribedOperation = {
  readonly parameters?: readonly Parameter[];
  readonly responses: Readonly<Record<string, unknown>>;
  readonly requestBody?: {
    readonly content: Readonly<Record<string, { readonly schema: JsonSchema }>>;
  };
};

export function operationsOf(description: Described): readonly ApiOperation[] {
  return Object.entries(description.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({
      method: method.toUpperCase(),
      path,
      statuses: Object.keys(operation.responses).map(Number),
      body: operation.requestBody?.content["application/json"]?.schema ?? null,
      parameters: operation.parameters ?? [],
    })),
  );
}

/** Its address with ids that name nothing, once for each of a closed list's words. */
export function urlsOf({ path, parameters }: ApiOperation): readonly string[] {
  return parameters
    .filter((parameter) => parameter.in === "path")
    .reduce<readonly string[]>(
      (urls, { name, schema }) => {
        const words = (schema["enum"] ?? examplesOf(schema)) as readonly unknown[];
        return urls.flatMap((url) => words.map((word) => url.replace(`{${name}}`, String(word))));
      },
      [path],
    );
}

/** Whether the address is one of those that the description's path stands for. */
export function leadsTo({ path }: ApiOperation, url: string): boolean {
  const wanted = path.split("/");
  const parts = url.split("/");
  return (
    wanted.length === parts.length &&
    wanted.every((part, at) => part === parts[at] || part.startsWith("{"))
  );
}

/** A value of each shape that is accepted, with every member that it may have. */
export function examplesOf(schema: JsonSchema): readonly unknown[] {
  if ("const" in schema) return [schema["const"]];
  if (Array.isArray(schema["enum"])) return [schema["enum"][0]];
  if (Array.isArray(schema["anyOf"])) {
    return (schema["anyOf"] as readonly JsonSchema[]).flatMap(examplesOf);
  }
  switch (schema["type"]) {
    case "object":
      return objectsOf((schema["properties"] ?? {}) as Readonly<Record<string, JsonSchema>>);
    case "array":
      return examplesOf((schema["items"] ?? {}) as JsonSchema).map((item) => [item]);
    case "integer":
    case "number":
      return [Math.max(Number(schema["minimum"] ?? 0), Math.min(999_999, numberMax(schema)))];
    case "boolean":
      return [true];
    case "null":
      return [null];
    case "string":
      return [textOf(schema)];
    // Where anything is taken the route itself reads it; this is one of its rules or ranges.
    default:
      return ["203.0.113.7"];
  }
}

function numberMax(schema: JsonSchema): number {
  return Number(schema["maximum"] ?? Number.MAX_SAFE_INTEGER);
}

/** All members have their first shape; the others follow, one at a time. */
function objectsOf(properties: Readonly<Record<string, JsonSchema>>): readonly unknown[] {
  const shapes = Object.entries(properties).map(
    ([name, schema]) => [name, examplesOf(schema)] as const,
  );
  const first = Object.fromEntries(shapes.map(([name, [value]]) => [name, value]));
  const others = shapes.flatMap(([name, values]) =>
    values.slice(1).map((value) => Object.assign({}, first, { [name]: value })),
  );
  return [first, ...others];
}

/** Tried in their order: the first that the schema accepts. */
const TEXTS = ["a", "ada@example.com", "203.0.113.7", "1".repeat(20), "a".repeat(20)];
const LONG_TEXTS = [22, 43, 64].map((count) => "a".repeat(count));
const ODD_TEXTS = ["2027-01-31T12:00:00Z", "+12015550123", "http://127.0.0.1:9/x", "/nowhere/x"];

function textOf(schema: JsonSchema): string {
  const check = Compile(schema as TSchema);
  const found = [...TEXTS, ...LONG_TEXTS, ...ODD_TEXTS].find((text) => check.Check(text));
  if (found === undefined) throw new Error(`no example of ${JSON.stringify(schema)}`);
  return found;
}

/** Names that a careless server would take over from the request (attack row 148). */
const FOREIGN_MEMBERS: readonly (readonly [string, unknown])[] = [
  ["tenantId", "acme"],
  ["isOperator", true],
  ["locked", false],
  ["passwordHash", "x"],
  ["link", { userId: "a".repeat(20) }],
];

/** Each object of the value once more for each foreign member. */
export function withForeignMembers(value: unknown): readonly BodyCase[] {
  return placesIn(value).flatMap((place) => {
    const there = valueAt(value, place);
    if (!isObject(there)) return [];
    return FOREIGN_MEMBERS.filter(([name]) => !(name in there)).map(([name, member]) => ({
      body: replaced(value, place, { ...there, [name]: member }),
      at: pointerOf([...place, name]),
    }));
  });
}

const WRONG_VALUES: readonly unknown[] = [
  null,
  true,
  -7.5,
  "",
  // Long, and wrong at its end: a pattern that goes back does so from each of its letters.
  `${"a".repeat(20_000)}\u0000`,
  ["000000", "123456"],
  { $gt: "" },
];

/** Each place of the value with values that do not belong there, also where they might. */
export function withOtherValues(value: unknown): readonly BodyCase[] {
  return placesIn(value).flatMap((place) =>
    WRONG_VALUES.map((wrong) => ({ body: replaced(value, place, wrong), at: pointerOf(place) })),
  );
}

type Place = readonly string[];

/** Of the value itself and of all within it. */
function placesIn(value: unknown): readonly Place[] {
  if (typeof value !== "object" || value === null) return [[]];
  const within = Object.entries(value).flatMap(([name, member]) =>
    placesIn(member).map((place) => [name].concat(place)),
  );
  return [[], ...within];
}

function valueAt(value: unknown, place: Place): unknown {
  return place.reduce((there, name) => (there as Record<string, unknown>)[name], value);
}

function replaced(value: unknown, [name, ...rest]: Place, by: unknown): unknown {
  if (name === undefined) return by;
  const member = replaced((value as Record<string, unknown>)[name], rest, by);
  if (Array.isArray(value)) return value.with(Number(name), member);
  return { ...(value as object), [name]: member };
}

function pointerOf(place: Place): string {
  return place.map((name) => `/${name}`).join("");
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
