// Walks the search tree of a MaxMind DB from the lowest address to the highest.
import { CountryFileError } from "./country-file-error.ts";
import type { MmdbHeader } from "./read-mmdb-header.ts";

const ADDRESS_BITS = 128;
/** Where the IPv4 addresses begin in a tree of IPv6: ::/96. */
export const IPV4_DEPTH = 96;
/** A tree has twice as many records as nodes; some writers share equal branches. */
const VISITS_PER_NODE_MAX = 16;

export type MmdbTree = { readonly file: Buffer; readonly header: MmdbHeader };

export type Walk = {
  readonly root: number;
  /** Bits already used up on the way to `root`, all of them 0. */
  readonly depth: number;
  /** A node that is not entered but reported as a leaf without data; -1 for none. */
  readonly skippedNode: number;
  /**
   * Called for each leaf in rising order. The record is `nodeCount` where there is no data. The
   * first address is the four words from `at` on; they hold only during the call.
   */
  readonly onLeaf: (record: number, words: Uint32Array, at: number) => void;
};

/** One half of a node; format 2.0 has records of 24, 28 and 32 bits. */
function readRecord({ file, header }: MmdbTree, node: number, side: 0 | 1): number {
  const at = node * header.nodeBytes;
  if (header.recordBits === 24) return file.readUIntBE(at + side * 3, 3);
  if (header.recordBits === 32) return file.readUInt32BE(at + side * 4);
  const middle = file[at + 3] as number;
  return side === 0
    ? (middle >>> 4) * 2 ** 24 + file.readUIntBE(at, 3)
    : (middle & 15) * 2 ** 24 + file.readUIntBE(at + 4, 3);
}

/**
 * Where IPv4 begins: the node or leaf at ::/96, or the root of a tree of IPv4 only. Other places
 * of IPv4 in a tree (::ffff:0:0/96, 2002::/16, 2001::/32) are aliases that point to the same node.
 */
export function findIpv4Root(tree: MmdbTree): number {
  if (tree.header.ipVersion === 4) return 0;
  let node = 0;
  for (let depth = 0; depth < IPV4_DEPTH && node < tree.header.nodeCount; depth += 1) {
    node = readRecord(tree, node, 0);
  }
  return node;
}

/** Throws CountryFileError when the nodes form no tree. */
export function walkMmdbTree(tree: MmdbTree, walk: Walk): void {
  const { nodeCount } = tree.header;
  // At most one waiting right half for each bit, and the left half under it.
  const nodes = new Uint32Array(ADDRESS_BITS + 2);
  const depths = new Uint8Array(ADDRESS_BITS + 2);
  const words = new Uint32Array((ADDRESS_BITS + 2) * 4);
  nodes[0] = walk.root;
  depths[0] = walk.depth;
  let top = 0;
  let visitsLeft = nodeCount * VISITS_PER_NODE_MAX;
  while (top >= 0) {
    const node = nodes[top] as number;
    const depth = depths[top] as number;
    const at = top * 4;
    if (node >= nodeCount || node === walk.skippedNode) {
      walk.onLeaf(node >= nodeCount ? node : nodeCount, words, at);
      top -= 1;
      continue;
    }
    visitsLeft -= 1;
    if (depth === ADDRESS_BITS || visitsLeft < 0) {
      throw new CountryFileError("is damaged: its search tree runs in circles");
    }
    // The right half takes the place of the node, the left half comes on top and so goes first.
    words.copyWithin(at + 4, at, at + 4);
    nodes[top + 1] = readRecord(tree, node, 0);
    depths[top + 1] = depth + 1;
    nodes[top] = readRecord(tree, node, 1);
    depths[top] = depth + 1;
    const word = at + (depth >>> 5);
    words[word] = (words[word] as number) | (0x8000_0000 >>> (depth & 31));
    top += 1;
  }
}
