// Refuses to confirm a change from an address that is not let in where the change applies.
import { parseAddress } from "../../../core/network/address.ts";
import { PLATFORM_SECTIONS } from "../../../core/network/network-policy.ts";
import { judgeNextRequest } from "../../../core/preview/judge-visitor.ts";
import { ENTRIES_SUBJECT } from "../../../api/revision-api.ts";
import type { JudgeConfirming } from "../../journal/index.ts";
import type { Network } from "../../network/index.ts";
import { previewProblem } from "../preview-problem.ts";
import { accountPlaces } from "./find-doors.ts";

const NETWORK_SUBJECTS: ReadonlySet<string> = new Set([...PLATFORM_SECTIONS, ENTRIES_SUBJECT]);

/**
 * The platform's rules have let in the request that confirms them; an account's were not asked.
 * Throws `confirm-refused-here`.
 */
export function createConfirmJudge(network: Network): JudgeConfirming {
  return ({ revisions }, addressText) => {
    const address = parseAddress(addressText);
    const nowMs = network.clock.nowMs();
    const codes = revisions
      .filter(({ subject }) => NETWORK_SUBJECTS.has(subject))
      .map(({ owner }) => network.accountCodeOf(owner))
      .filter((code) => code !== null);
    if (address === null) throw new Error(`the client's address is ${addressText}`);
    for (const code of new Set(codes)) {
      for (const place of accountPlaces(code)) {
        const { outcome } = judgeNextRequest(network.state, { address, place, recent: [] }, nowMs);
        if (outcome.verdict === "pass") continue;
        throw previewProblem("confirm-refused-here", {
          detail:
            `By the rules of ${code} as they are now, your address is refused there ` +
            `(${outcome.reason}). Confirm from an address that gets in, or let it go back.`,
        });
      }
    }
  };
}
