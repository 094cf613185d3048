// Copies an address set so that the copy can be changed: its million rows are shared, not copied.

import type { AddressSet } from "../network/address-set.ts";
import type { RangeTable } from "../network/range-table.ts";

/**
 * INVARIANT: what changes in the copy never shows in the original, nor the reverse. Of a base
 * nothing ever changes but which rows are marked as removed: those bits alone are copied, one a
 * row; overlays are small and copied whole.
 */
export function copyAddressSet(set: AddressSet): AddressSet {
  return {
    base4: shareRows(set.base4),
    base6: shareRows(set.base6),
    overlay4: copyRows(set.overlay4),
    overlay6: copyRows(set.overlay6),
  };
}

function shareRows(table: RangeTable): RangeTable {
  return { ...table, removed: table.removed?.slice() ?? null };
}

function copyRows(table: RangeTable): RangeTable {
  return {
    ...table,
    cells: table.cells.slice(),
    oddEnds: table.oddEnds.slice(),
    jumps: table.jumps?.slice() ?? null,
    depths: table.depths?.slice() ?? null,
    expiries: table.expiries?.slice() ?? null,
    removed: table.removed?.slice() ?? null,
  };
}
