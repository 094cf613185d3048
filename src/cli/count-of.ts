// Says how many of something there are, in the form that the number asks for.

/** "1 row", "3 rows" */
export function countOf(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}
