// The same deny entries and visitors for every contestant, by count, without chance.

const RANGE_START = 0x20000000; // 32.0.0.0/3
const RANGE_MASK = 0x1fffffff;

export const VISITOR_COUNT = 1_000_000;

/**
 * `count` different deny entries as text: single addresses and some /28 blocks, all over
 * 32.0.0.0/3. Their last octet is always 128 or more: visitors lie between the entries, where a
 * search is hardest, and still match none.
 */
export function sampleEntries(count: number): readonly string[] {
  const entries = new Set<string>();
  for (let at = 0; entries.size < count; at += 1) {
    const value = scatter(at) | 0x80;
    const isBlock = at % 8 === 0;
    entries.add(isBlock ? `${toText(value & ~0xf)}/28` : toText(value));
  }
  return [...entries];
}

/** The visitor number `index`: an address in 32.0.0.0/3 with a last octet below 128. */
export function sampleVisitor(index: number): string {
  return toText(sampleVisitorWord(index));
}

/** The same as an unsigned number. */
export function sampleVisitorWord(index: number): number {
  return (scatter(index) & ~0x80) >>> 0;
}

/** Spreads neighbouring numbers over the range; an odd factor never maps two to one (Knuth). */
function scatter(index: number): number {
  return RANGE_START + (Math.imul(index, 0x9e3779b1) & RANGE_MASK);
}

function toText(value: number): string {
  return [24, 16, 8, 0].map((shift) => (value >>> shift) & 0xff).join(".");
}
