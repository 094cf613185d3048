// Where the rows of a list stand that may be longer than a browser can draw an element.

/**
 * Elements end at about 33 million device pixels in Chromium, 17.8 million CSS pixels in Firefox; a
 * million rows of 48 pixels are 48 million. Beyond, a pixel of scrolling is more than one of rows.
 */
const DEVICE_PIXELS_MAX = 30_000_000;
const PIXELS_MAX = 16_000_000;

export type ScrolledList = {
  readonly count: number;
  /** Pixels. */
  readonly rowHeight: number;
  /** Pixels that the rows have on the screen. */
  readonly viewHeight: number;
  readonly devicePixelRatio: number;
};

export type ScrollScale = {
  /** Pixels of scrolling from one row to the next; at most the height of a row. */
  readonly spacing: number;
  /** So much is added behind the last row that it stands at the bottom when all is scrolled. */
  readonly paddingEnd: number;
};

export function scaleOf(list: ScrolledList): ScrollScale {
  const { count, rowHeight, viewHeight, devicePixelRatio } = list;
  const pixelsMax = Math.min(PIXELS_MAX, DEVICE_PIXELS_MAX / Math.max(1, devicePixelRatio));
  const spacing = Math.min(rowHeight, pixelsMax / Math.max(1, count));
  return { spacing, paddingEnd: viewHeight - viewHeight * (spacing / rowHeight) };
}

/** How many rows the box is high; it ends in half a row where there are more below. */
export function rowsShown(
  count: number,
  { rowsMax, wholeMax }: { readonly rowsMax: number; readonly wholeMax: number },
): number {
  return count <= Math.max(rowsMax, wholeMax) ? Math.max(1, count) : rowsMax + 0.5;
}

/** Pixels from the top of what is seen to the top of the row; negative: it begins above. */
export function rowTop(
  index: number,
  scrollTop: number,
  { spacing, rowHeight }: { readonly spacing: number; readonly rowHeight: number },
): number {
  return (index - scrollTop / spacing) * rowHeight;
}

/** Which rows are seen, at least in part, and a few more on both sides; `to` is not among them. */
export function seenRows(
  scrollTop: number,
  { spacing }: Pick<ScrollScale, "spacing">,
  list: Pick<ScrolledList, "count" | "rowHeight" | "viewHeight"> & { readonly overscan: number },
): { readonly from: number; readonly to: number } {
  const first = Math.floor(scrollTop / spacing);
  const rows = Math.ceil(list.viewHeight / list.rowHeight) + 1;
  return {
    from: Math.max(0, Math.min(first, list.count) - list.overscan),
    to: Math.min(list.count, first + rows + list.overscan),
  };
}

/** The page that a row is on, and the pages that rows are on; pages count from 0. */
export function pagesOf(
  { from, to }: { readonly from: number; readonly to: number },
  pageRows: number,
): readonly number[] {
  const first = Math.floor(from / pageRows);
  const last = Math.floor(Math.max(from, to - 1) / pageRows);
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}

type ScrolledAt = Pick<ScrolledList, "count" | "rowHeight" | "viewHeight"> & ScrollScale;

/** Where to scroll so that the whole row is seen; the same where it is. */
export function scrollTopFor(index: number, scrollTop: number, at: ScrolledAt): number {
  const top = rowTop(index, scrollTop, at);
  if (top < 0) return index * at.spacing;
  const below = top + at.rowHeight - at.viewHeight;
  return below <= 0 ? scrollTop : scrollTop + (below / at.rowHeight) * at.spacing;
}

/** By whole rows and screens, however many of them a pixel of scrolling is; null: no such key. */
export function scrollTopByKey(key: string, scrollTop: number, at: ScrolledAt): number | null {
  const screen = Math.max(1, Math.floor(at.viewHeight / at.rowHeight) - 1);
  switch (key) {
    case "ArrowDown":
      return scrollTop + at.spacing;
    case "ArrowUp":
      return scrollTop - at.spacing;
    case "PageDown":
      return scrollTop + screen * at.spacing;
    case "PageUp":
      return scrollTop - screen * at.spacing;
    case "Home":
      return 0;
    case "End":
      return at.count * at.spacing;
    default:
      return null;
  }
}
