// Says of a request of the API who changes the rules by it, and what they said of its risks.
import type { ChangeSafety } from "../../api/change-safety-api.ts";
import type { Accounts, ApiRequest } from "../accounts/index.ts";
import type { ChangeContext } from "../journal/index.ts";
import type { Network } from "./create-network.ts";

export function createContextOf(parts: {
  readonly network: Network;
  readonly accounts: Pick<Accounts, "principalOf">;
}): (request: ApiRequest & { readonly query: unknown }) => ChangeContext {
  return (request) =>
    parts.network.changes.contextOf({
      principal: parts.accounts.principalOf(request),
      request: request.raw,
      safety: request.query as ChangeSafety,
    });
}
