// Names the account of a layer as a proposed change does: by its code, the platform not at all.
import type { PolicyOwner } from "../../core/accounts/account.ts";
import type { Network } from "./create-network.ts";

export function accountOf(network: Network, owner: PolicyOwner): { readonly account?: string } {
  const account = network.accountCodeOf(owner);
  return account === null ? {} : { account };
}
