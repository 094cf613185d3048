// Walks a slot table a few slots at a time and drops the stale ones.

import { PAGE_SLOTS, slotOffset, slotSlab } from "./slot-pages.ts";
import { removeSlot, type SlotTable } from "./slot-table.ts";

/**
 * Looks at the next `steps` slots after those of the latest sweep, round and round. Offsets known
 * before are void. Called with each new key it keeps what is stale a small share of the table.
 */
export function sweepSlots(table: SlotTable, steps: number): void {
  for (let step = 0; step < steps; step += 1) {
    const pages = table.segments[table.sweepSegment]!;
    const index = table.sweepIndex;
    if (index >= pages.length * PAGE_SLOTS) {
      table.sweepSegment = (table.sweepSegment + 1) % table.segments.length;
      table.sweepIndex = 0;
      continue;
    }
    const words = slotSlab(table.pool, pages, index);
    const at = slotOffset(table.pool, pages, index);
    if (words[at + table.hash.keyWords] !== 0 && table.owner.isStale(words, at)) {
      table.segment = table.sweepSegment;
      table.index = index;
      // The place may hold another slot now; it is looked at next.
      removeSlot(table);
    } else {
      table.sweepIndex = index + 1;
    }
  }
}
