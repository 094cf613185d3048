// Where the country database in use comes from, in words: the name in the file tells nobody.

type Database = {
  /** As the server names it; null: there is none. */
  readonly origin: string | null;
  /** As the file calls itself, such as `GeoLite2-Country`. */
  readonly databaseType: string | null;
};

/** What was fetched is put where dropped-in files go, so that the two are one. */
export function describeCountrySource({ origin, databaseType }: Database): string {
  const called = databaseType === null ? "" : ` (it calls itself “${databaseType}”)`;
  switch (origin) {
    case "shipped":
      return "Shipped with Postern: made of what the internet registries publish (NRO, nro.net)";
    case "dropped-in":
      return `Your own: put into DATA_DIR/geo, or fetched by “postern geo update”${called}`;
    case "last-good":
      return `Your own, the last one that could be read: the file put there since cannot${called}`;
    default:
      return `Not known${called}`;
  }
}
