// Says whether an address is on the public Internet, for what this server asks by itself.
import { parseAddress } from "./address.ts";
import { specialBlockOf, specialIpv4BlockOf } from "./special-addresses.ts";

/**
 * False for all that could lead into a network of our own (server-side request forgery, OWASP
 * API7:2023), and for what is no address. `::ffff:a.b.c.d` is IPv4; behind a translator (RFC 6052)
 * the IPv4 address inside counts; 6to4 and Teredo hold one too, and nobody is asked through them.
 */
export function isPublicAddress(text: string): boolean {
  const address = parseAddress(text);
  if (address === null) return false;
  const block = specialBlockOf(address);
  if (block === undefined) return true;
  return block.location === "embedded" && specialIpv4BlockOf(address.w3) === undefined;
}
