// Writes down who asked for recordings of the seeded people's account, for previews.

import type { SeededPeople } from "./seed-people.ts";
import type { BrowserPortal } from "./start-browser-portal.ts";
import { writeStore } from "./write-store.ts";

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;

/** Where everybody at the office of acme is; in Britain. */
export const OFFICE = "81.2.69.128/25";
export const OFFICE_ADDRESS = "81.2.69.200";
/** Where nobody of acme is. */
export const STRANGE_ADDRESS = "133.11.0.7";

type Listeners = Pick<SeededPeople, "numbers"> & Partial<Pick<SeededPeople, "ada" | "joan">>;

/**
 * Joan at the office and at home, Ada at home, and a stranger with a forwarded link: each asked for
 * the front desk, hours ago.
 * @param strangersMore others with the link, each at an address of their own
 */
export async function seedListeners(
  portal: BrowserPortal,
  people: Listeners,
  strangersMore = 0,
): Promise<void> {
  const { accounts } = await portal.must("GET", "/api/v1/accounts");
  const acme = (accounts as readonly { code: string; id: string }[]).find(
    ({ code }) => code === "acme",
  );
  const { ada, joan, numbers } = people;
  const [frontDesk] = numbers;
  if (acme === undefined || frontDesk === undefined) throw new Error("acme has not been seeded");
  const nowMs = portal.nowMs();
  const visits = [
    { userId: joan?.id ?? "", address: OFFICE_ADDRESS, reason: "number-open-to-user", requests: 9 },
    { userId: joan?.id ?? "", address: "133.11.4.20", reason: "number-open-to-user", requests: 3 },
    { userId: ada?.id ?? "", address: "133.11.9.1", reason: "number-open-to-user", requests: 2 },
    { userId: "", address: STRANGE_ADDRESS, reason: "session-missing", requests: 4 },
    ...Array.from({ length: strangersMore }, (_, index) => ({
      userId: "",
      address: `133.11.1.${index + 1}`,
      reason: "session-missing",
      requests: 1,
    })),
  ];
  const rows = visits.map(({ userId, address, reason, requests }, index) => ({
    day: Math.floor((nowMs - HOUR_MS) / DAY_MS),
    account_id: acme.id,
    tracking_number_id: frontDesk.id,
    user_id: userId,
    address,
    reason,
    requests,
    last_at: nowMs - HOUR_MS * (index + 1),
  }));
  await writeStore(portal, async (trx) => {
    await trx.deleteFrom("recordings_visitor").where("account_id", "=", acme.id).execute();
    await trx.insertInto("recordings_visitor").values(rows).execute();
  });
}
