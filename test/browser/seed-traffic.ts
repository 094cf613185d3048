// Fills a portal with a day of traffic from many countries, and with bans that hold now.

import type { Insertable } from "kysely";
import type { JournalTrafficTable } from "../../src/server/migrations/journal-tables.ts";
import type { BrowserPortal } from "./start-browser-portal.ts";
import { writeStore } from "./write-store.ts";

type TrafficRow = Insertable<JournalTrafficTable>;

const MINUTE_MS = 60_000;
const STEP_MINUTES = 15;
const STEPS = 96;
const ROWS_AT_ONCE = 400;

/** Requests of an ordinary quarter of an hour. */
const ORDINARY = (
  "US 240,GB 130,DE 96,AU 88,FR 60,NL 52,CA 44,JP 31,IN 28,BR 22,ES 19,SE 16,PL 14,IT 14,SG 12," +
  "ZA 9,MX 8,NZ 7,private 6,KE 5,AR 4,KR 4,PT 3,TR 3,unknown 2"
)
  .split(",")
  .map((pair) => pair.split(" "))
  .map(([country = "", requests]) => [country, Number(requests)] as const);

type Attack = Pick<TrafficRow, "country" | "verdict" | "reason" | "surface"> & {
  /** Steps of the day in which it goes on. */
  readonly from: number;
  readonly to: number;
  readonly requests: number;
};

const ATTACKS: readonly Attack[] = [
  attack("RU", "country-denied", { surface: "sign-in", from: 0, to: 96, requests: 9 }),
  attack("VN", "country-denied", { surface: "portal", from: 20, to: 90, requests: 3 }),
  attack("NL", "banned", { surface: "sign-in", from: 58, to: 66, requests: 210 }),
  attack("US", "over-hard-limit", { surface: "portal", from: 80, to: 83, requests: 140 }),
  attack("CN", "on-deny-list", { surface: "portal", from: 10, to: 96, requests: 12 }),
  attack("BR", "over-webchat-limit", { surface: "webchat", from: 88, to: 91, requests: 34 }),
  attack("unknown", "client-address-unresolvable", {
    surface: "portal",
    from: 40,
    to: 60,
    requests: 1,
  }),
  {
    ...attack("IN", "over-rate-limit", { surface: "audio", from: 70, to: 96, requests: 4 }),
    verdict: "monitor",
  },
];

function attack(
  country: string,
  reason: string,
  rest: Pick<Attack, "surface" | "from" | "to" | "requests">,
): Attack {
  return { country, reason, verdict: "refuse", ...rest };
}

const busy = new WeakSet<object>();

/** Once for each portal. */
export async function seedTraffic(portal: BrowserPortal): Promise<void> {
  if (busy.has(portal)) return;
  busy.add(portal);
  const rows = rowsOfDay(Math.floor(portal.nowMs() / MINUTE_MS) - 2);
  await writeStore(portal, async (trx) => {
    for (let at = 0; at < rows.length; at += ROWS_AT_ONCE) {
      const part = rows.slice(at, at + ROWS_AT_ONCE);
      // What the portal itself has counted in one of those minutes stands.
      const insert = trx.insertInto("journal_traffic").values(part);
      await insert.onConflict((conflict) => conflict.doNothing()).execute();
    }
  });
  for (const address of ["133.11.0.66", "133.11.0.67", "2001:db8:77::1"]) {
    await seedBan(portal, address);
  }
}

/** As another system reports an address that guesses passwords: the eleventh time bans it. */
export async function seedBan(portal: Pick<BrowserPortal, "must">, address: string): Promise<void> {
  for (let times = 0; times < 11; times += 1) {
    await portal.must("POST", "/api/v1/reports", { address, source: "pbx" });
  }
}

/** More by day than by night, and never twice the same, without chance. */
function rowsOfDay(lastMinute: number): readonly TrafficRow[] {
  const rows: TrafficRow[] = [];
  for (let step = 0; step < STEPS; step += 1) {
    const minute = lastMinute - (STEPS - 1 - step) * STEP_MINUTES;
    const tide = 0.55 + 0.4 * Math.sin((step / STEPS) * 2 * Math.PI - 2);
    for (const [country, usual] of ORDINARY) {
      const wave = 1 + 0.22 * Math.sin(step * 1.7 + usual);
      const requests = Math.round(usual * tide * wave);
      if (requests > 0) rows.push({ ...PASSED, minute, country, requests });
    }
    for (const { from, to, requests: usual, ...what } of ATTACKS) {
      if (step < from || step >= to) continue;
      const requests = Math.max(1, Math.round(usual * (1 + 0.4 * Math.sin(step * 2.3 + usual))));
      rows.push({ ...what, account: "", minute, requests });
    }
  }
  return rows;
}

const PASSED = {
  surface: "portal",
  account: "",
  verdict: "pass",
  reason: "no-rule-matched",
} as const;
