// Fills a portal with recorded visitors of two countries, for previews to decide anew.

import type { Insertable } from "kysely";
import { addressKey } from "../../src/core/network/address-range.ts";
import { parseAddress } from "../../src/core/network/address.ts";
import type { JournalVisitTable } from "../../src/server/migrations/journal-tables.ts";
import type { BrowserPortal } from "./start-browser-portal.ts";
import { writeStore } from "./write-store.ts";

type VisitRow = Insertable<JournalVisitTable>;

const MINUTE_MS = 60_000;
const HOUR_MINUTES = 60;

/** Who came how often, and how many hours ago; the last two are older than a day. */
const VISITS = [
  { address: "133.11.0.20", surface: "portal", account: "acme", hours: 2, requests: 120 },
  { address: "133.11.0.20", surface: "audio", account: "acme", hours: 3, requests: 9 },
  { address: "133.11.0.21", surface: "sign-in", account: "", hours: 5, requests: 31 },
  { address: "133.11.0.22", surface: "api", account: "globex", hours: 11, requests: 240 },
  { address: "81.2.69.20", surface: "portal", account: "acme", hours: 1, requests: 400 },
  { address: "81.2.69.21", surface: "webchat", account: "globex", hours: 8, requests: 57 },
  { address: "133.11.0.23", surface: "portal", account: "globex", hours: 50, requests: 70 },
  { address: "81.2.69.22", surface: "portal", account: "acme", hours: 90, requests: 33 },
] as const;

/** Of `VISITS`, from Japan: within 24 hours, and within 7 days. */
export const JAPANESE_REQUESTS = { day: 400, week: 470 } as const;

const busy = new WeakSet<object>();

/** Once for each portal. */
export async function seedVisits(portal: BrowserPortal): Promise<void> {
  if (busy.has(portal)) return;
  busy.add(portal);
  const nowMinute = Math.floor(portal.nowMs() / MINUTE_MS);
  const rows = VISITS.map(({ hours, ...visit }) =>
    rowOf({ ...visit, minute: nowMinute - hours * HOUR_MINUTES }),
  );
  await writeStore(portal, (trx) => trx.insertInto("journal_visit").values(rows).execute());
}

type SeededVisit = Pick<VisitRow, "minute" | "surface" | "account" | "requests"> & {
  readonly address: string;
};

function rowOf({ address, ...visit }: SeededVisit): VisitRow {
  const parsed = parseAddress(address);
  if (parsed === null) throw new Error(`no address: ${address}`);
  const country = address.startsWith("133.") ? "JP" : "GB";
  return {
    ...visit,
    family: parsed.family,
    address_start: addressKey(parsed),
    country,
    refused: 0,
  };
}
