// What is read from a country database: plain arrays that can be handed from thread to thread.

/**
 * Ranges that cover each family from its lowest address to its highest, as starts in rising order
 * (IPv4 one word, IPv6 four words high to low). `...Countries[i]` is a position in `codes`, where
 * `codes[0]` is the empty text: the database says nothing there. Neighbours always differ.
 */
export type CountryArrays = {
  readonly ipv4Starts: Uint32Array<ArrayBuffer>;
  readonly ipv4Countries: Uint16Array<ArrayBuffer>;
  readonly ipv6Starts: Uint32Array<ArrayBuffer>;
  readonly ipv6Countries: Uint16Array<ArrayBuffer>;
  readonly codes: readonly string[];
};

/** What can be told of a database without its ranges. */
export type CountryDatabaseInfo = {
  readonly path: string;
  readonly byteLength: number;
  readonly sha256: string;
  readonly databaseType: string;
  readonly buildDateMs: number;
  /** Distinct country codes. */
  readonly countryCount: number;
  /** Ranges that have a country, by family; 0 says that the family is not covered. */
  readonly ipv4RangeCount: number;
  readonly ipv6RangeCount: number;
  /** Whether it is as large as a database of the whole world must be. */
  readonly isWorldwide: boolean;
  /** What an operator should know, in words; the database works all the same. */
  readonly warnings: readonly string[];
};

export type CountryData = { readonly arrays: CountryArrays; readonly info: CountryDatabaseInfo };

/** `reason` follows the name of the file in a sentence: "is empty". */
export type LoadOutcome =
  | { readonly ok: true; readonly data: CountryData }
  | { readonly ok: false; readonly reason: string };
