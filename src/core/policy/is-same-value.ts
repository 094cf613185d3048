// Whether two values of a form or of a section say the same, in whichever order their members are.

/** Of what JSON can hold. Lists are the same in the same order; an undefined member is none. */
export function isSameValue(one: unknown, other: unknown): boolean {
  return textOf(one) === textOf(other);
}

function textOf(value: unknown): string | undefined {
  return JSON.stringify(value, (_name, member: unknown) => inOrder(member));
}

/** PostgreSQL keeps members in an order of its own, a draft in that of its fields. */
function inOrder(value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
