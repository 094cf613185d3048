// Finds the row a decision counts into, by numbers rather than texts, as a flood needs it often.
import { ipv6UnitsOf, networkNumberOf } from "./client-network.ts";
import type { ClientAddress } from "./client-network.ts";
import type { DecisionInput, OpenRow } from "./open-row.ts";

/** How much a row puts together: one address, a network, or all addresses. */
export type RowSpan = "address" | "network" | "everywhere";

/** The rows of decisions that are alike but for who they are about. */
export type RowPlace = Pick<
  DecisionInput,
  "reason" | "verdict" | "status" | "surface" | "account" | "owner"
> & {
  /** By the address as a signed 32-bit number, which a Map finds without allocating. */
  readonly ipv4: Map<number, OpenRow>;
  readonly ipv6: Map<string, OpenRow>;
  readonly ipv4Networks: Map<number, OpenRow>;
  readonly ipv6Networks: Map<number, OpenRow>;
  /** The row of a client whose address could not be read, and the row for all addresses. */
  nobody: OpenRow | undefined;
  everywhere: OpenRow | undefined;
};

export type RowPlaces = {
  readonly placeOf: (input: DecisionInput) => RowPlace;
  /** The place of the rows for all addresses, whatever the account. */
  readonly sharedPlaceOf: (input: DecisionInput) => RowPlace;
};

/** INVARIANT: as many places as reasons, statuses, surfaces and configured accounts make. */
export function createRowPlaces(): RowPlaces {
  const byReason = new Map<string, Map<string, RowPlace[]>>();

  function find(input: DecisionInput, account: string | null, owner: string): RowPlace {
    const { reason, verdict, status, surface } = input;
    const places = byReason.get(reason)?.get(account ?? "");
    if (places !== undefined) {
      for (const place of places) {
        const isSame = place.surface === surface && place.status === status;
        if (isSame && place.verdict === verdict && place.owner === owner) return place;
      }
    }
    return add({ reason, verdict, status, surface, account, owner });
  }

  function add(alike: Omit<RowPlace, `ipv${string}` | "nobody" | "everywhere">): RowPlace {
    const place: RowPlace = {
      ...alike,
      ipv4: new Map(),
      ipv6: new Map(),
      ipv4Networks: new Map(),
      ipv6Networks: new Map(),
      nobody: undefined,
      everywhere: undefined,
    };
    const byAccount = byReason.get(alike.reason) ?? new Map<string, RowPlace[]>();
    const places = byAccount.get(alike.account ?? "") ?? [];
    byReason.set(alike.reason, byAccount);
    byAccount.set(alike.account ?? "", places);
    places.push(place);
    return place;
  }

  return {
    placeOf: (input) => find(input, input.account, input.owner),
    sharedPlaceOf: (input) => find(input, null, "*"),
  };
}

export function findRow(
  place: RowPlace,
  span: RowSpan,
  client: ClientAddress | null,
): OpenRow | undefined {
  if (span === "everywhere") return place.everywhere;
  if (client === null) return place.nobody;
  if (span === "network") return networksOf(place, client).get(networkNumberOf(client));
  return client.family === 4 ? place.ipv4.get(client.w3 | 0) : place.ipv6.get(ipv6UnitsOf(client));
}

export function linkRow(row: OpenRow): void {
  const { place, span, client } = row;
  if (span === "everywhere") place.everywhere = row;
  else if (client === null) place.nobody = row;
  else if (span === "network") networksOf(place, client).set(networkNumberOf(client), row);
  else if (client.family === 4) place.ipv4.set(client.w3 | 0, row);
  else place.ipv6.set(ipv6UnitsOf(client), row);
}

/** Leaves alone a newer row that has taken its place. */
export function unlinkRow(row: OpenRow): void {
  const { place, span, client } = row;
  if (findRow(place, span, client) !== row) return;
  if (span === "everywhere") place.everywhere = undefined;
  else if (client === null) place.nobody = undefined;
  else if (span === "network") networksOf(place, client).delete(networkNumberOf(client));
  else if (client.family === 4) place.ipv4.delete(client.w3 | 0);
  else place.ipv6.delete(ipv6UnitsOf(client));
}

function networksOf(place: RowPlace, client: ClientAddress): Map<number, OpenRow> {
  return client.family === 4 ? place.ipv4Networks : place.ipv6Networks;
}
