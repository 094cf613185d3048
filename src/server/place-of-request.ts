// Tells where a person's request comes from, by the same reading of it as the gate's.
import type { IncomingMessage } from "node:http";
import { formatAddress, parseAddress } from "../core/network/address.ts";
import type { Address } from "../core/network/address.ts";
import { addressKey } from "../core/network/address-range.ts";
import { locationOfIndex } from "../core/network/iso-3166.ts";
import { locate } from "../core/network/private-addresses.ts";
import type { ClientReader } from "./gate/index.ts";
import type { PersonPlace } from "./identity/index.ts";
import type { Network } from "./network/index.ts";

const USER_AGENT_LENGTH_MAX = 300;
/** The host's shell asks over a socket that has no address. */
const HOST_ADDRESS = parseAddress("127.0.0.1")!;

type AddressParts = {
  readonly clients: ClientReader;
  readonly isFromControlSocket: (request: IncomingMessage) => boolean;
};

function createAddressOf(parts: AddressParts): (request: IncomingMessage) => Address {
  return (request) => {
    if (parts.isFromControlSocket(request)) return HOST_ADDRESS;
    const client = parts.clients.read(request);
    // The own door has refused requests whose address cannot be told; this one's peer has gone.
    if (!client.ok) throw new Error(`the client's address is gone: ${client.detail}`);
    return client.address;
  };
}

/** As it is written into records. */
export function createAddressTextOf(parts: AddressParts): (request: IncomingMessage) => string {
  const addressOf = createAddressOf(parts);
  return (request) => formatAddress(addressOf(request));
}

export function createPlaceOf(
  parts: AddressParts & { readonly network: Network },
): (request: IncomingMessage) => PersonPlace {
  const addressOf = createAddressOf(parts);
  return (request) => {
    const address = addressOf(request);
    return {
      address,
      addressText: formatAddress(address),
      addressKey: addressKey(address),
      country: locationOfIndex(locate(parts.network.state.countries, address)),
      userAgent: (request.headers["user-agent"] ?? "").slice(0, USER_AGENT_LENGTH_MAX),
    };
  };
}
