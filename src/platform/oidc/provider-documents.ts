// Metadata and keys of all providers, as remembered: asked for seldom, served while they are good.
import type { Clock } from "../clock.ts";
import type { OutboundFetch } from "../http/outbound-fetch.ts";
import { createDocumentCache } from "./document-cache.ts";
import type { Reading } from "./document-cache.ts";
import { hasKey, keysGoodForMs, readKeySet } from "./key-set.ts";
import type { KeySet } from "./key-set.ts";
import { OpenIdError } from "./open-id-error.ts";
import type { OpenIdSettings } from "./open-id-clients.ts";
import { metadataUrlOf, readMetadata } from "./provider-metadata.ts";
import type { ProviderMetadata } from "./provider-metadata.ts";

type Wanted = Pick<OpenIdSettings, "issuer" | "privateHosts">;
/** `anew`: for the test of a provider, which must not show what was true a while ago. */
type How = { readonly anew: boolean };

export type ProviderDocuments = {
  readonly metadata: (wanted: Wanted, how?: How) => Promise<ProviderMetadata>;
  /** `kid`: of the token that is to be checked; unknown ones are looked for at the provider. */
  readonly keys: (wanted: Wanted, kid: string | null, how?: How) => Promise<KeySet>;
};

const HOUR_MS = 3_600_000;
const METADATA_RULES = {
  freshForMs: HOUR_MS,
  pauseMs: 60_000,
  pauseWithoutMs: 10_000,
  documentsMax: 500,
};
const METADATA_GOOD_MS = 24 * HOUR_MS;
/** INVARIANT: keys are asked for once a minute at most, whatever tokens name (row 117). */
const KEY_RULES = {
  freshForMs: 300_000,
  pauseMs: 60_000,
  pauseWithoutMs: 60_000,
  documentsMax: 500,
};

export function createProviderDocuments(parts: {
  readonly outbound: OutboundFetch;
  readonly clock: Clock;
}): ProviderDocuments {
  const { outbound, clock } = parts;
  const metadatas = createDocumentCache<ProviderMetadata>(clock, METADATA_RULES);
  const keySets = createDocumentCache<KeySet>(clock, KEY_RULES);

  async function load(url: string, { privateHosts }: Wanted, what: string) {
    const headers = { accept: "application/json" };
    const response = await outbound.fetchFor(privateHosts)(url, { headers });
    if (response.status === 200) return response;
    const message = `The address of the ${what}, ${url}, answered with status ${response.status}.`;
    throw new OpenIdError("unreachable", message, "Check the issuer, or ask again later.");
  }

  function metadataReading(wanted: Wanted): Reading<ProviderMetadata> {
    return {
      key: keyOf(wanted),
      load: async () => {
        const response = await load(metadataUrlOf(wanted.issuer), wanted, "metadata");
        const value = readMetadata(await response.text(), wanted);
        return { value, goodForMs: METADATA_GOOD_MS };
      },
    };
  }

  async function metadata(wanted: Wanted, how?: How): Promise<ProviderMetadata> {
    const reading = metadataReading(wanted);
    return await (how?.anew === true ? metadatas.refresh(reading) : metadatas.read(reading));
  }

  return {
    metadata,
    keys: async (wanted, kid, how) => {
      const { jwksUri } = await metadata(wanted);
      const reading: Reading<KeySet> = {
        key: `${keyOf(wanted)} ${jwksUri.href}`,
        isWanted: (set) => hasKey(set, kid),
        load: async () => {
          const response = await load(jwksUri.href, wanted, "keys");
          const goodForMs = keysGoodForMs(response.headers.get("cache-control"));
          return { value: readKeySet(await response.text()), goodForMs };
        },
      };
      return await (how?.anew === true ? keySets.refresh(reading) : keySets.read(reading));
    },
  };
}

/**
 * By issuer and by what may be reached: providers of different owners share a document only if both
 * would have been given the same one.
 */
function keyOf({ issuer, privateHosts }: Wanted): string {
  return JSON.stringify([issuer, privateHosts.toSorted()]);
}
