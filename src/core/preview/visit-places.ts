// The places that recorded visits were for, each once, with the limits that hold there.

import { SURFACES } from "../network/surface.ts";
import type { Place } from "../network/surface-routes.ts";

export type VisitPlace = {
  readonly place: Place;
  /** As decisions take it: made once, not for each request. */
  readonly places: readonly Place[];
  /** Whether the answer speaks of it; others are looked at only for what they count. */
  readonly isReported: boolean;
  /** Records before this minute are of another account that had the code. */
  readonly sinceMinute: number;
};

/** Of which accounts the answer speaks; null: of everything. */
export type VisitScope = readonly { readonly code: string; readonly sinceMinute: number }[] | null;

export type VisitPlaces = {
  readonly list: VisitPlace[];
  /** Of a text `surface/account`; -1 for a surface that there is not. */
  readonly indexOf: (text: string) => number;
};

export function createVisitPlaces(scope: VisitScope): VisitPlaces {
  const list: VisitPlace[] = [];
  const indexes = new Map<string, number>();
  let lastText = "";
  let lastIndex = -1;

  function add(text: string): number {
    const [name, code = ""] = text.split("/");
    const surface = SURFACES.findIndex((known) => known === name);
    if (surface === -1) return -1;
    const account = code === "" ? null : code;
    const place = { surface, account };
    const reported = scope?.find((one) => one.code === account);
    return (
      list.push({
        place,
        places: [place],
        isReported: scope === null || reported !== undefined,
        sinceMinute: reported?.sinceMinute ?? 0,
      }) - 1
    );
  }

  function indexOf(text: string): number {
    // Rows of one place follow one another more often than not.
    if (text === lastText) return lastIndex;
    const index = indexes.get(text) ?? add(text);
    indexes.set(text, index);
    lastText = text;
    lastIndex = index;
    return index;
  }

  return { list, indexOf };
}
