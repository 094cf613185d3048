// Says whether rules that a preview judges by wait to be confirmed, and may go back.
import { accountOfPreviewed } from "../../api/preview-api.ts";
import type { PreviewedChange } from "../../api/preview-api.ts";
import type { Network } from "../network/index.ts";

/**
 * An account's visits are decided by the platform's rules and by its own. INVARIANT: whoever asks
 * about accounts is not told that a change of another one waits.
 */
export function doRulesWait(network: Network, proposed: readonly PreviewedChange[]): boolean {
  const owners = new Set(proposed.map((change) => network.ownerOf(accountOfPreviewed(change))));
  const isOfAll = owners.has("platform");
  return network.changes.unconfirmed
    .waiting()
    .flatMap(({ revisions }) => revisions)
    .some(({ owner }) => isOfAll || owner === "platform" || owners.has(owner));
}
