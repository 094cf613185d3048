// Finds what differs between two values of a section: by dotted names, lists by what they hold.

export type Scalar = string | number | boolean;

export type ValueDifference =
  /** Null: it was not there, or is not there any more, such as a country that is not named. */
  | { readonly path: string; readonly before: Scalar | null; readonly after: Scalar | null }
  /** Of a list, whose order says nothing: what was put in and taken out, a text for each. */
  | {
      readonly path: string;
      readonly added: readonly string[];
      readonly removed: readonly string[];
    };

type Flat = { readonly scalars: Map<string, Scalar>; readonly lists: Map<string, Set<string>> };

/** Both fit one section's schema. In the order of the names as they stand in the later value. */
export function compareValues(before: unknown, after: unknown): readonly ValueDifference[] {
  const old = flatten(before);
  const wanted = flatten(after);
  const paths = new Set([...wanted.scalars.keys(), ...old.scalars.keys()]);
  const scalars = [...paths].flatMap((path): readonly ValueDifference[] => {
    const was = old.scalars.get(path) ?? null;
    const is = wanted.scalars.get(path) ?? null;
    return was === is ? [] : [{ path, before: was, after: is }];
  });
  const listPaths = new Set([...wanted.lists.keys(), ...old.lists.keys()]);
  const lists = [...listPaths].flatMap((path): readonly ValueDifference[] => {
    const added = leftOf(wanted.lists.get(path), old.lists.get(path));
    const removed = leftOf(old.lists.get(path), wanted.lists.get(path));
    return added.length + removed.length === 0 ? [] : [{ path, added, removed }];
  });
  return [...scalars, ...lists];
}

function leftOf(
  items: ReadonlySet<string> = new Set(),
  without: ReadonlySet<string> = new Set(),
): readonly string[] {
  return [...items].filter((item) => !without.has(item));
}

function flatten(value: unknown): Flat {
  const flat: Flat = { scalars: new Map(), lists: new Map() };
  fill(flat, "", value);
  return flat;
}

function fill(flat: Flat, path: string, value: unknown): void {
  if (Array.isArray(value)) {
    flat.lists.set(path, new Set(value.map(textOfItem)));
    return;
  }
  if (typeof value === "object" && value !== null) {
    for (const [name, member] of Object.entries(value)) {
      fill(flat, path === "" ? name : `${path}.${name}`, member);
    }
    return;
  }
  if (isScalar(value)) flat.scalars.set(path, value);
}

function isScalar(value: unknown): value is Scalar {
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean";
}

/** Items that are objects read `host: example.com, surface: portal`, whatever their order was. */
function textOfItem(item: unknown): string {
  if (typeof item !== "object" || item === null) return String(item);
  return Object.entries(item)
    .filter(([, member]) => member !== null && member !== undefined)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, member]) => `${name}: ${String(member)}`)
    .join(", ");
}
