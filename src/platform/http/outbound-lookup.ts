// Resolves a name for one connection and lets it go on only if every address may be talked to.
import { lookup } from "node:dns/promises";
import type { LookupFunction } from "node:net";
import { OutboundError, toOutboundError } from "./outbound-error.ts";

export type ResolvedAddress = { readonly address: string; readonly family: number };
export type ResolveName = (hostname: string) => Promise<readonly ResolvedAddress[]>;

export async function resolveName(hostname: string): Promise<readonly ResolvedAddress[]> {
  return await lookup(hostname, { all: true, verbatim: true });
}

/**
 * INVARIANT: the connection is made to the very addresses that were checked here. Who checks a name
 * first and connects by name afterwards resolves twice, and the second answer may be another one
 * (DNS rebinding). One bad address refuses all: nothing depends on which of them is tried first.
 */
export function checkedLookup(
  resolve: ResolveName,
  isAllowed: (address: string) => boolean,
): LookupFunction {
  async function look(hostname: string): Promise<readonly [ResolvedAddress, ...ResolvedAddress[]]> {
    const [first, ...others] = await resolve(hostname);
    if (first === undefined) throw new OutboundError("host-unknown", hostname);
    if (![first, ...others].every(({ address }) => isAllowed(address))) {
      throw new OutboundError("address-private", hostname);
    }
    return [first, ...others];
  }
  return (hostname, options, callback) => {
    look(hostname).then(
      (addresses) =>
        options.all === true
          ? callback(null, [...addresses])
          : callback(null, addresses[0].address, addresses[0].family),
      (error: unknown) => callback(toOutboundError(error, hostname), ""),
    );
  };
}
