// Finds the visitor's address: from the connection, or from one header of a trusted proxy.

import type { Address } from "./address.ts";
import type { ElementsReading } from "./forwarded-elements.ts";
import { readForwardedElements } from "./forwarded-elements.ts";
import { parseHop } from "./hop-address.ts";

export type ClientHeaderKind = "x-forwarded-for" | "forwarded";

/** `header` is null when the request has none of the configured name. */
export type ClientAddressQuestion = {
  readonly peer: Address;
  readonly header: string | null;
  readonly headerKind: ClientHeaderKind;
  readonly isTrusted: (address: Address) => boolean;
};

/** `hops`: how many elements of the header were read, from the right. */
export type ClientAddressAnswer =
  | {
      readonly ok: true;
      readonly address: Address;
      readonly source: "socket" | "header";
      readonly hops: number;
    }
  | {
      readonly ok: false;
      readonly reason: "client-address-unresolvable";
      readonly detail: string;
    };

/** More hops than any real chain of proxies has; bounds the work a stranger can ask for. */
const HOPS_MAX = 32;

/**
 * From right to left past trusted hops; the first that is not trusted is the visitor, and when all
 * are, the leftmost (RFC 7239 8.1: what stands left of an untrusted hop was written by strangers).
 * INVARIANT: a hop that must be read and cannot be is never skipped and never replaced by the
 * proxy's own address, or a crafted header would switch the rules off (CVE-2024-47070).
 */
export function resolveClientAddress(question: ClientAddressQuestion): ClientAddressAnswer {
  const { peer, header, headerKind, isTrusted } = question;
  if (header === null || !isTrusted(peer)) {
    return { ok: true, address: peer, source: "socket", hops: 0 };
  }
  const elements =
    headerKind === "forwarded" ? readForwardedElements(header, HOPS_MAX) : splitAtCommas(header);
  if (!elements.ok) return refuse(elements.detail);
  const context = headerKind === "forwarded" ? "forwarded" : "xff";
  const { values } = elements;
  for (let i = values.length - 1; i >= 0; i--) {
    const hops = values.length - i;
    const value = values[i];
    // Without a `for` an element does not say who sent the request.
    if (value == null) return refuse(`hop ${hops} from the right: no for= parameter`);
    const hop = parseHop(value, context);
    if (!hop.ok) return refuse(`hop ${hops} from the right: ${hop.reason}`);
    if (i === 0 || !isTrusted(hop.address)) {
      return { ok: true, address: hop.address, source: "header", hops };
    }
  }
  return refuse("no hop in the header");
}

function refuse(detail: string): ClientAddressAnswer {
  return { ok: false, reason: "client-address-unresolvable", detail };
}

function splitAtCommas(header: string): ElementsReading {
  const values: string[] = [];
  let from = 0;
  for (;;) {
    if (values.length === HOPS_MAX) return { ok: false, detail: `more than ${HOPS_MAX} hops` };
    const comma = header.indexOf(",", from);
    values.push(header.slice(from, comma < 0 ? header.length : comma));
    if (comma < 0) return { ok: true, values };
    from = comma + 1;
  }
}
