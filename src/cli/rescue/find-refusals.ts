// Asks the server what keeps an address or a user out.

import type { BanAnswer, EntryAnswer } from "../../api/entry-api.ts";
import type { UserAnswer } from "../../api/users-api.ts";
import { SURFACES } from "../../core/network/surface.ts";
import type { ApiClient } from "../api-client.ts";
import { describeParts } from "../change-words.ts";
import { listUnconfirmed } from "../make-change.ts";
import type {
  AddressRefusal,
  RescueFinding,
  StandingBans,
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

type Explained = {
  readonly verdict: string;
  readonly reason: string;
  readonly steps: readonly { readonly layer: string; readonly result: string }[];
};

/** What waits to be confirmed, then in the order of a sign-in: the network first, then the user. */
export async function findRefusals(
  api: ApiClient,
  { addresses, userId, account }: RescueSubject,
): Promise<readonly RescueFinding[]> {
  const findings: RescueFinding[] = [...(await findWaiting(api, account))];
  for (const address of addresses) {
    const bans = await findBans(api, address);
    if (bans !== null) findings.push(bans);
    for (const one of account === null ? [null] : [null, account]) {
      findings.push(...(await findAddressRefusals(api, address, one)));
    }
  }
  if (userId !== null) findings.push(...(await findUserRefusals(api, userId)));
  return findings;
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

async function findBans(api: ApiClient, address: string): Promise<StandingBans | null> {
  const { bans } = await api.call<{ readonly bans: readonly BanAnswer[] }>({
    method: "GET",
    path: "/api/v1/bans",
    query: { covering: address },
  });
  return bans.length === 0 ? null : { kind: "bans", address, count: bans.length };
}

/** One for each surface that refuses. */
async function findAddressRefusals(
  api: ApiClient,
  address: string,
  account: string | null,
): Promise<readonly AddressRefusal[]> {
  const refusals: AddressRefusal[] = [];
  for (const surface of SURFACES) {
    const query = { address, surface, ...(account === null ? {} : { account }) };
    const path = "/api/v1/explain";
    const { verdict, reason, steps } = await api.call<Explained>({ method: "GET", path, query });
    if (verdict !== "refuse") continue;
    const isOfAccount = steps.at(-1)?.layer === "account";
    const ruledBy = isOfAccount ? account : null;
    const ownEntryId = reason === "on-deny-list" ? await findOwnEntry(api, address, ruledBy) : null;
    const place = { address, surface, account };
    refusals.push({ kind: "address", ...place, reason, ruledBy, ownEntryId });
  }
  return refusals;
}

async function findOwnEntry(
  api: ApiClient,
  address: string,
  account: string | null,
): Promise<number | null> {
  const owner = account === null ? {} : { account };
  const { entries } = await api.call<{ readonly entries: readonly EntryAnswer[] }>({
    method: "GET",
    path: "/api/v1/entries",
    query: { covering: address, action: "deny", ...owner },
  });
  return entries.find(({ range }) => range === address)?.id ?? null;
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
