// Says of a URL what is known without asking a name server: that it leads to no public address.
import { isIP } from "node:net";

/** Names below localhost lead to this machine wherever they are asked (RFC 6761 section 6.3). */
const OWN_NAME = /(?:^|\.)localhost\.?$/;

/** @param isPublicAddress false also for what is no address at all */
export function isNeverPublic(
  { hostname }: Pick<URL, "hostname">,
  isPublicAddress: (address: string) => boolean,
): boolean {
  const literal = hostname.replace(/^\[|\]$/g, "");
  return isIP(literal) === 0 ? OWN_NAME.test(hostname) : !isPublicAddress(literal);
}
