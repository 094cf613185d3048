// Speaks OpenID Connect with the providers that people sign in by: what the rest may ask of it.
import type { Clock } from "../clock.ts";
import { systemClock } from "../clock.ts";
import { OutboundError } from "../http/outbound-error.ts";
import type { OutboundFetch } from "../http/outbound-fetch.ts";
import { beginFlow } from "./begin-flow.ts";
import type { BeginFlow, OpenIdFlow } from "./begin-flow.ts";
import { endSessionUrl } from "./end-session-url.ts";
import { finishFlow } from "./finish-flow.ts";
import type { IdTokenFacts } from "./id-token-facts.ts";
import { OpenIdError, toOpenIdError } from "./open-id-error.ts";
import type { OpenIdFault } from "./open-id-error.ts";
import { probeProvider } from "./probe-provider.ts";
import type { ProbeStep } from "./probe-step.ts";
import { createProviderDocuments } from "./provider-documents.ts";

export type OpenIdSettings = {
  readonly id: string;
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly redirectUri: string;
  /** Hosts that may be in a private network and speak http. */
  readonly privateHosts: readonly string[];
};

export type OpenIdFailure = {
  readonly ok: false;
  readonly fault: OpenIdFault;
  /** A sentence for operators; never holds a token, a code or a secret. */
  readonly detail: string;
};

export type OpenIdClient = {
  /** `flow` is for the browser's cookie, sealed; `url` is where the browser goes. */
  readonly begin: (
    wanted?: BeginFlow,
  ) => Promise<
    { readonly ok: true; readonly url: string; readonly flow: OpenIdFlow } | OpenIdFailure
  >;
  /** Of `callbackUrl` only the query is read; what it is the answer to says `flow`. */
  readonly finish: (
    callbackUrl: URL,
    flow: OpenIdFlow,
  ) => Promise<{ readonly ok: true; readonly facts: IdTokenFacts } | OpenIdFailure>;
  /** Null: the provider has none, or cannot be asked. */
  readonly endSessionUrl: (returnTo: string) => Promise<string | null>;
  /** Asks the provider anew, whatever is remembered of it. */
  readonly probe: () => Promise<readonly ProbeStep[]>;
};

export type OpenIdClients = { readonly of: (settings: OpenIdSettings) => OpenIdClient };

/** A client holds nothing; what is remembered of providers is shared by all that are made here. */
export function createOpenIdClients(parts: {
  readonly outbound: OutboundFetch;
  readonly clock?: Clock;
}): OpenIdClients {
  const { outbound, clock = systemClock } = parts;
  const documents = createProviderDocuments({ outbound, clock });

  async function attempt<T>(act: () => Promise<T>): Promise<T | OpenIdFailure> {
    try {
      return await act();
    } catch (error) {
      const known = error instanceof OutboundError ? toOpenIdError(error, []) : error;
      if (!(known instanceof OpenIdError)) throw error;
      return { ok: false, fault: known.fault, detail: known.message };
    }
  }

  return {
    of: (settings) => {
      const asked = { settings, documents, outbound };
      return {
        begin: (wanted) => attempt(() => beginFlow(asked, wanted)),
        finish: (callbackUrl, flow) =>
          attempt(() => finishFlow(asked, callbackUrl.searchParams, flow)),
        endSessionUrl: (returnTo) => endSessionUrl(asked, returnTo).catch(() => null),
        probe: () => probeProvider(asked),
      };
    },
  };
}
