// Asks the server which rules made the bans of an address, and whether they would ban it again.
import type { BanAnswer } from "../../api/entry-api.ts";
import type { CountersAnswer } from "../../api/counters-api.ts";
import type { ApiClient } from "../api-client.ts";
import { explainAddress } from "./explain-address.ts";
import { findOwnEntry } from "./find-own-entry.ts";
import type { BanningRule } from "./rescue-finding.ts";

/** What made a ban: of whose rules which, and at which surface. */
export type BanOrigin = Pick<BanAnswer, "cause" | "holds" | "account"> & {
  readonly address: string;
};

export function originsOf(address: string, bans: readonly BanAnswer[]): readonly BanOrigin[] {
  return bans.map(({ cause, holds, account }) => ({ address, cause, holds, account }));
}

/** Those that are known already stay: a ban that is released does not tell any more. */
export function joinOrigins(...lists: readonly (readonly BanOrigin[])[]): readonly BanOrigin[] {
  const origins = new Map(lists.flat().map((origin) => [JSON.stringify(origin), origin]));
  return [...origins.values()];
}

/** Of each rule that still is enforced, and does not let the address be. */
export async function findBanningRules(
  api: ApiClient,
  origins: readonly BanOrigin[],
): Promise<readonly BanningRule[]> {
  const rules: BanningRule[] = [];
  for (const origin of origins) {
    const counter = await findEnforced(api, origin);
    if (counter === undefined) continue;
    const { address, account } = origin;
    const surface = counter.surface ?? surfaceOf(origin.holds);
    const { reason } = await explainAddress(api, { address, surface, account });
    if (reason === "on-allow-list") continue;
    const { rule, max, windowSeconds } = counter;
    const hasEntry = (await findOwnEntry(api, { address, account })) !== null;
    const found = { kind: "banning-rule", address, rule, account, hasEntry } as const;
    rules.push({ ...found, surface: counter.surface, max, windowSeconds });
  }
  return rules;
}

type Counter = CountersAnswer["counters"][number];

/** Undefined: it is off or in monitor mode by now. */
async function findEnforced(
  api: ApiClient,
  { address, cause, holds, account }: BanOrigin,
): Promise<Counter | undefined> {
  const query = { address, ...(account === null ? {} : { account }) };
  const path = "/api/v1/counters";
  const { counters } = await api.call<CountersAnswer>({ method: "GET", path, query });
  const layer = account === null ? "platform" : "account";
  return counters.find(
    ({ rule, surface, layer: own, mode }) =>
      rule === cause &&
      own === layer &&
      mode === "enforce" &&
      // A ban for a rate limit holds at the surface whose limit it is.
      (rule !== "rate-limit" || surface === holds),
  );
}

/** The allow list is the same at every surface. */
function surfaceOf(holds: string): string {
  return holds === "everywhere" ? "portal" : holds;
}
