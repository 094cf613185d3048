// The facts of an event as lines of name and value, and what differs between two states of rules.
import { subjectNames } from "../policy/revision-words.ts";
import { actorName } from "../shell/actor-name.ts";

export type DetailLine = { readonly name: string; readonly value: string };

type Detail = Readonly<Record<string, unknown>>;

/** Told elsewhere in the drawer, or of use to nobody. */
const LEFT_OUT: ReadonlySet<string> = new Set([
  "before",
  "after",
  "decisionId",
  "banId",
  "entryId",
  "changeId",
]);

/** Members whose values are names that people know by other words. */
const SAID: Readonly<Partial<Record<string, (value: unknown) => string>>> = {
  subjects: subjectNames,
  madeBy: (value) => actorName(String(value)),
};

/**
 * @param formatMoment writes an instant, for members whose name ends in AtMs or UntilMs
 * @returns none for members that are null or empty
 */
export function detailLines(
  detail: Detail,
  formatMoment: (atMs: number) => string,
): readonly DetailLine[] {
  return Object.entries(detail).flatMap(([name, value]) => {
    if (LEFT_OUT.has(name) || value === null || value === undefined || value === "" || value === 0)
      return [];
    if (/(?:At|Until)Ms$/.test(name) && typeof value === "number") {
      return [{ name: nameOf(name.slice(0, -2)), value: formatMoment(value) }];
    }
    return [{ name: nameOf(name), value: (SAID[name] ?? textOf)(value) }];
  });
}

/** What differs between `before` and `after`, each with its path: `country.mode`. */
export function changedLines(detail: Detail): readonly DetailLine[] {
  const before = new Map(leavesOf(detail["before"] ?? {}, ""));
  const after = new Map(leavesOf(detail["after"] ?? {}, ""));
  const paths = [...new Set([...before.keys(), ...after.keys()])];
  return paths.flatMap((path) => {
    const [old, now] = [before.get(path), after.get(path)];
    if (old === now) return [];
    return [{ name: nameOf(path), value: `${old ?? "not set"} → ${now ?? "not set"}` }];
  });
}

function leavesOf(value: unknown, path: string): readonly (readonly [string, string])[] {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    return [[path, textOf(value)]];
  }
  return Object.entries(value).flatMap(([name, member]) =>
    leavesOf(member, path === "" ? name : `${path}.${name}`),
  );
}

function textOf(value: unknown): string {
  if (typeof value === "string") return value;
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (value === null) return "none";
  if (Array.isArray(value) && value.length > 0 && value.every(isPlain)) {
    return value.join(", ");
  }
  return typeof value === "number" ? value.toLocaleString("en") : JSON.stringify(value);
}

function isPlain(value: unknown): boolean {
  return typeof value === "string" || typeof value === "number";
}

/** "requestsMax" as "Requests max", "countries.JP" as "Countries: JP" */
function nameOf(path: string): string {
  const words = path
    .replaceAll(".", ": ")
    .replaceAll(
      /([a-z\d])([A-Z])/g,
      (_, end: string, start: string) => `${end} ${start.toLowerCase()}`,
    );
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
}
