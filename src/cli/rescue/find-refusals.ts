// Asks the server what keeps an address or a user out.

import type { BanAnswer } from "../../api/entry-api.ts";
import type { UserAnswer } from "../../api/users-api.ts";
import { SURFACES } from "../../core/network/surface.ts";
import type { ApiClient } from "../api-client.ts";
import { describeParts } from "../change-words.ts";
import { listUnconfirmed } from "../make-change.ts";
import { explainAddress } from "./explain-address.ts";
import { findBanningRules, joinOrigins, originsOf } from "./find-banning-rules.ts";
import type { BanOrigin } from "./find-banning-rules.ts";
import { findOwnEntry } from "./find-own-entry.ts";
import type {
  AddressRefusal,
  RescueFinding,
  UserRefusal,
  UserTrouble,
  WaitingChange,
} from "./rescue-finding.ts";

export type RescueSubject = {
  /** Canonical. */
  readonly addresses: readonly string[];
  readonly userId: string | null;
  /** Besides the rules for requests whose account is not known. */
  readonly account: string | null;
};

export type FoundRefusals = {
  readonly findings: readonly RescueFinding[];
  /** What made the bans that were found, now or before: to be given back when it is asked again. */
  readonly origins: readonly BanOrigin[];
};

/**
 * What waits to be confirmed, then in the order of a sign-in: the network first, then the user.
 * @param known of the last time: who was banned is banned again by a rule that stands as it was
 */
export async function findRefusals(
  api: ApiClient,
  { addresses, userId, account }: RescueSubject,
  known: readonly BanOrigin[],
): Promise<FoundRefusals> {
  const findings: RescueFinding[] = [...(await findWaiting(api, account))];
  let origins = known;
  for (const address of addresses) {
    const bans = await listBansOf(api, address);
    if (bans.length > 0) findings.push({ kind: "bans", address, count: bans.length });
    origins = joinOrigins(origins, originsOf(address, bans));
    for (const one of account === null ? [null] : [null, account]) {
      findings.push(...(await findAddressRefusals(api, address, one)));
    }
  }
  findings.push(...(await findBanningRules(api, origins)));
  if (userId !== null) findings.push(...(await findUserRefusals(api, userId)));
  return { findings, origins };
}

/** Of the rules that are asked about: the platform's and those of the account. */
async function findWaiting(
  api: ApiClient,
  account: string | null,
): Promise<readonly WaitingChange[]> {
  const { changes } = await listUnconfirmed(api);
  return changes
    .filter(({ parts }) => parts.some((part) => [null, account].includes(part.account)))
    .map(({ changeId, actor, goesBackAt, parts }) => {
      return { kind: "waiting", changeId, what: describeParts(parts), actor, goesBackAt };
    });
}

async function listBansOf(api: ApiClient, address: string): Promise<readonly BanAnswer[]> {
  const { bans } = await api.call<{ readonly bans: readonly BanAnswer[] }>({
    method: "GET",
    path: "/api/v1/bans",
    query: { covering: address },
  });
  return bans;
}

/** One for each surface that refuses. */
async function findAddressRefusals(
  api: ApiClient,
  address: string,
  account: string | null,
): Promise<readonly AddressRefusal[]> {
  const refusals: AddressRefusal[] = [];
  for (const surface of SURFACES) {
    const place = { address, surface, account };
    const { verdict, reason, steps } = await explainAddress(api, place);
    if (verdict !== "refuse") continue;
    const isOfAccount = steps.at(-1)?.layer === "account";
    const ruledBy = isOfAccount ? account : null;
    const list = { address, account: ruledBy };
    const own = reason === "on-deny-list" ? await findOwnEntry(api, list) : null;
    const ownEntryId = own?.action === "deny" ? own.id : null;
    refusals.push({ kind: "address", ...place, reason, ruledBy, ownEntryId });
  }
  return refusals;
}

async function findUserRefusals(api: ApiClient, userId: string): Promise<readonly UserRefusal[]> {
  const user = await api.call<UserAnswer>({ method: "GET", path: `/api/v1/users/${userId}` });
  const { status } = user.signIn;
  const { lockedUntil, pausedUntil } = user.twoFactor;
  const refused = (trouble: UserTrouble, until: string | null): UserRefusal => {
    return { kind: "user", userId, email: user.email, trouble, until };
  };
  return [
    ...(status === "active" ? [] : [refused(status, null)]),
    ...(lockedUntil === null ? [] : [refused("factor-locked", lockedUntil)]),
    ...(lockedUntil === null && pausedUntil !== null
      ? [refused("factor-paused", pausedUntil)]
      : []),
  ];
}
