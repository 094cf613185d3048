// The one way in which the program asks hosts that somebody has typed into a form.
import { isNeverPublic } from "./never-public.ts";
import { bareHost, exchange } from "./outbound-exchange.ts";
import type { Exchange } from "./outbound-exchange.ts";
import { OutboundError } from "./outbound-error.ts";
import { checkedLookup, resolveName } from "./outbound-lookup.ts";
import type { ResolveName } from "./outbound-lookup.ts";

/** What openid-client hands to its `customFetch`; redirects are never followed. */
export type OutboundInit = {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
};
export type Fetch = (url: string, init?: OutboundInit) => Promise<Response>;

export type OutboundFetch = {
  /**
   * INVARIANT: it connects to public addresses by https only, but for `privateHosts`, which may be
   * anywhere and speak http. Rejects with `OutboundError`.
   */
  readonly fetchFor: (privateHosts: readonly string[]) => Fetch;
  /** The address as a browser is to be sent to it: the stand-in's, if there is one. */
  readonly standIn: (url: URL) => URL;
};

export type OutboundParts = {
  /** False also for what is no address at all. */
  readonly isPublicAddress: (address: string) => boolean;
  /** Tests and demo only: origins, and local ones in their place. */
  readonly standIns?: ReadonlyMap<string, string>;
  readonly resolve?: ResolveName;
  readonly limits?: Partial<typeof OUTBOUND_LIMITS>;
};

const OUTBOUND_LIMITS = { bytesMax: 262_144, totalMs: 10_000, atOncePerHost: 10 };

export function createOutboundFetch(parts: OutboundParts): OutboundFetch {
  const limits = { ...OUTBOUND_LIMITS, ...parts.limits };
  const resolve = parts.resolve ?? resolveName;
  const underWay = new Map<string, number>();

  function standIn(url: URL): URL {
    const origin = parts.standIns?.get(url.origin);
    return origin === undefined ? url : new URL(`${url.pathname}${url.search}`, origin);
  }

  async function ask(asked: Exchange): Promise<Response> {
    const { host } = asked.url;
    const count = underWay.get(host) ?? 0;
    if (count >= limits.atOncePerHost) throw new OutboundError("busy", host);
    underWay.set(host, count + 1);
    try {
      return await exchange(asked, limits);
    } finally {
      const left = (underWay.get(host) ?? 1) - 1;
      if (left === 0) underWay.delete(host);
      else underWay.set(host, left);
    }
  }

  /** Null: no look-up is needed, as nothing is to be checked. Throws for what may not be asked. */
  function lookupFor(url: URL, privateHosts: readonly string[]) {
    if (isPrivateHost(url, privateHosts)) return null;
    if (url.protocol !== "https:") throw new OutboundError("not-https", url.host);
    // Node connects to an address that is written out without any look-up.
    if (isNeverPublic(url, parts.isPublicAddress)) {
      throw new OutboundError("address-private", url.host);
    }
    return checkedLookup(resolve, parts.isPublicAddress);
  }

  return {
    standIn,
    fetchFor: (privateHosts) => async (text, init) => {
      const url = new URL(text);
      if (url.protocol !== "https:" && url.protocol !== "http:") {
        throw new OutboundError("not-https", url.host);
      }
      const { method = "GET", headers = {}, body } = init ?? {};
      const asked = { url, method, body: textOf(body) };
      const target = standIn(url);
      if (target !== url) {
        const forwarded = { "x-forwarded-proto": url.protocol.slice(0, -1) };
        return await ask({
          ...asked,
          target,
          headers: { ...headers, ...forwarded },
          lookup: null,
        });
      }
      const lookup = lookupFor(url, privateHosts);
      return await ask({ ...asked, target: url, headers, lookup });
    },
  };
}

/** `privateHosts` are names or addresses as in a URL, without a port. */
export function isPrivateHost(url: URL, privateHosts: readonly string[]): boolean {
  const host = bareHost(url);
  return privateHosts.some((name) => name.toLowerCase().replace(/^\[|\]$/g, "") === host);
}

function textOf(body: unknown): string | null {
  if (typeof body === "string") return body;
  return body instanceof URLSearchParams ? body.toString() : null;
}
