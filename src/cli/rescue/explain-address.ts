// Asks the server what it would decide of a request from an address, and by which rule.
import type { ApiClient } from "../api-client.ts";

type Explained = {
  readonly verdict: string;
  readonly reason: string;
  readonly steps: readonly { readonly layer: string; readonly result: string }[];
};

/** Counts nothing. */
export function explainAddress(
  api: ApiClient,
  asked: {
    readonly address: string;
    readonly surface: string;
    /** Null: no account is known of the request. */
    readonly account: string | null;
  },
): Promise<Explained> {
  const { address, surface, account } = asked;
  const query = { address, surface, ...(account === null ? {} : { account }) };
  return api.call<Explained>({ method: "GET", path: "/api/v1/explain", query });
}
