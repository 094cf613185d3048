// Bounds how many refused visits of one network's addresses have rows of their own in a day.

export type RefusedNeighbours = {
  /** False: the day's rows of the network are taken, and this is another one. */
  readonly hasRoom: (network: string, row: string) => boolean;
};

const ROWS_OF_NETWORK_MAX = 50;
/** What is remembered of them is a few megabytes. */
const NETWORKS_MAX = 1000;

/**
 * One IPv6 subscriber may take another address for each request, and would fill the rows that an
 * account's day has for everybody. Of this node, since its start; the account's rows are bounded
 * in the store besides.
 */
export function createRefusedNeighbours(networksMax: number = NETWORKS_MAX): RefusedNeighbours {
  /** In the order of their last visits. */
  const rowsOf = new Map<string, Set<string>>();

  return {
    hasRoom: (network, row) => {
      const rows = rowsOf.get(network) ?? new Set();
      rowsOf.delete(network);
      rowsOf.set(network, rows);
      if (rowsOf.size > networksMax) forgetFirst(rowsOf);
      if (rows.has(row)) return true;
      if (rows.size >= ROWS_OF_NETWORK_MAX) return false;
      rows.add(row);
      return true;
    },
  };
}

function forgetFirst(networks: Map<string, unknown>): void {
  const [first] = networks.keys();
  if (first !== undefined) networks.delete(first);
}
