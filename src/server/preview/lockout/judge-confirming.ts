// Refuses to confirm a change from an address that is not let in where the change applies.
import { addressKey } from "../../../core/network/address-range.ts";
import { parseAddress } from "../../../core/network/address.ts";
import type { Address } from "../../../core/network/address.ts";
import { PLATFORM_SECTIONS } from "../../../core/network/network-policy.ts";
import { judgeLockout, whosePaceDecides } from "../../../core/preview/judge-lockout.ts";
import { judgeNextRequest } from "../../../core/preview/judge-visitor.ts";
import { ENTRIES_SUBJECT } from "../../../api/revision-api.ts";
import type { JudgeConfirming, WaitingChange } from "../../journal/index.ts";
import { previewProblem } from "../preview-problem.ts";
import { accountPlaces, consoleDoors } from "./find-doors.ts";
import type { NetworkLockoutParts } from "./find-network-lockout.ts";
import { readRecentRequests } from "./read-recent-requests.ts";
import { readRulesGoneBack } from "./rules-gone-back.ts";

const NETWORK_SUBJECTS: ReadonlySet<string> = new Set([...PLATFORM_SECTIONS, ENTRIES_SUBJECT]);

/**
 * The platform's rules have let in the request that confirms them; an account's were not asked, and
 * a limit that has begun to count lets the first requests in. Throws `confirm-refused-here`.
 */
export function createConfirmJudge(parts: NetworkLockoutParts): JudgeConfirming {
  const { network } = parts;
  return async (change, addressText) => {
    const { revisions } = change;
    const address = parseAddress(addressText);
    if (address === null) throw new Error(`the client's address is ${addressText}`);
    const owners = revisions.filter(({ subject }) => NETWORK_SUBJECTS.has(subject));
    if (owners.length === 0) return;
    const codes = new Set(
      owners.map(({ owner }) => network.accountCodeOf(owner)).filter((code) => code !== null),
    );
    const nowMs = network.clock.nowMs();
    for (const code of codes) {
      for (const place of accountPlaces(code)) {
        const { outcome } = judgeNextRequest(
          network.state,
          { address, place, record: null },
          nowMs,
        );
        if (outcome.verdict !== "pass")
          throw refusal(
            `By the rules of ${code} as they are now, your address is refused there`,
            outcome.reason,
          );
      }
    }
    const reason = await findLimit(parts, address, { change, codes: [...codes] });
    if (reason !== null)
      throw refusal("Going on as in the last hour, you would be refused", reason);
  };
}

/** That would refuse whoever goes on as they did, and would not once the change has gone back. */
async function findLimit(
  { network, journal, publicUrl }: NetworkLockoutParts,
  address: Address,
  { change, codes }: { readonly change: WaitingChange; readonly codes: readonly string[] },
): Promise<string | null> {
  // What others wait for stays as it is: nothing of it is this change's doing.
  const back = await readRulesGoneBack(network, [address], [change]);
  if (back === null) return null;
  const sides = { standing: back.standing, candidate: network.state };
  const ofAccounts = codes.flatMap(accountPlaces).map((place) => ({ before: place, after: place }));
  const doors = [
    ...consoleDoors({ publicUrl, routes: network.routes(), changes: [] }),
    ...ofAccounts,
  ];
  const nowMs = network.clock.nowMs();
  const you = { address, doors, recent: [] };
  const byPace = whosePaceDecides(sides, { you, operators: [] }, nowMs);
  if (byPace.length === 0) return null;
  const asked = { addresses: byPace, nowMs };
  const found = await readRecentRequests(network.database.kysely, journal.heldVisits, asked);
  const recent = found.get(addressKey(address)) ?? [];
  const lockout = judgeLockout(sides, { you: { ...you, recent }, operators: [] }, nowMs);
  return lockout === null || lockout.atMs > nowMs ? null : lockout.outcome.reason;
}

function refusal(why: string, reason: string) {
  const detail = `${why} (${reason}). Confirm from an address that gets in, or let it go back.`;
  return previewProblem("confirm-refused-here", { detail });
}
