// A growing list of ranges in typed arrays, where equal neighbours become one range.

export type RangeList = {
  /** Words of one start that are kept: the last one (IPv4) or all four (IPv6). */
  readonly stride: 1 | 4;
  starts: Uint32Array<ArrayBuffer>;
  countries: Uint16Array<ArrayBuffer>;
  count: number;
};

export function emptyRangeList(stride: 1 | 4): RangeList {
  const capacity = 1024;
  return {
    stride,
    starts: new Uint32Array(capacity * stride),
    countries: new Uint16Array(capacity),
    count: 0,
  };
}

/** Adds a range that begins at the four words from `at` on, behind the one added before. */
export function addRange(
  list: RangeList,
  country: number,
  { words, at }: { readonly words: Uint32Array; readonly at: number },
): void {
  const { count, stride } = list;
  if (count > 0 && list.countries[count - 1] === country) return;
  if (count === list.countries.length) grow(list);
  list.countries[count] = country;
  for (let i = 0; i < stride; i += 1) {
    list.starts[count * stride + i] = words[at + 4 - stride + i] as number;
  }
  list.count += 1;
}

/** The arrays cut to length; each has a buffer of its own that can be transferred. */
export function finishRangeList(list: RangeList): {
  readonly starts: Uint32Array<ArrayBuffer>;
  readonly countries: Uint16Array<ArrayBuffer>;
} {
  return {
    starts: list.starts.slice(0, list.count * list.stride),
    countries: list.countries.slice(0, list.count),
  };
}

function grow(list: RangeList): void {
  const starts = new Uint32Array(list.starts.length * 2);
  starts.set(list.starts);
  list.starts = starts;
  const countries = new Uint16Array(list.countries.length * 2);
  countries.set(list.countries);
  list.countries = countries;
}
