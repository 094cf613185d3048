// Runs contestants by turns, so that a slow minute of the machine falls on all of them alike.

/** What one turn measured, by the name of the figure. */
export type Figures = Readonly<Record<string, number>>;

export type Contestant = { readonly name: string; readonly measure: () => Promise<Figures> };

export type Standing = { readonly name: string; readonly figures: Figures };

/**
 * Lets every contestant measure once a round, each round beginning with another one, and hands
 * back the median of each figure. The contestants stay in the order in which they were given.
 */
export async function runRounds(
  contestants: readonly Contestant[],
  roundCount: number,
): Promise<readonly Standing[]> {
  const turns = new Map<string, Figures[]>(contestants.map(({ name }) => [name, []]));
  for (let round = 0; round < roundCount; round += 1) {
    const first = round % contestants.length;
    const order = [...contestants.slice(first), ...contestants.slice(0, first)];
    for (const { name, measure } of order) turns.get(name)?.push(await measure());
  }
  return contestants.map(({ name }) => ({ name, figures: medianFigures(turns.get(name) ?? []) }));
}

function medianFigures(turns: readonly Figures[]): Figures {
  const names = Object.keys(turns[0] ?? {});
  return Object.fromEntries(
    names.map((name) => [name, median(turns.map((figures) => figures[name] ?? Number.NaN))]),
  );
}

/** The middle value, or the mean of the two in the middle; NaN of nothing. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
}
