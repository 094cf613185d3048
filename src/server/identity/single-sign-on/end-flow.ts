// Ends a flow: uses it up, exchanges the code, and does what the flow was begun for.
import type { SignInFault } from "../../../core/identity/single-sign-on/sign-in-fault.ts";
import type { Assertion } from "../../../core/identity/single-sign-on/provider.ts";
import { takeChallenge } from "../passkeys/passkey-challenge.ts";
import { redirectUriOf } from "../providers/open-id-settings.ts";
import { readProvider } from "../providers/provider-store.ts";
import type { StoredProvider } from "../providers/provider-store.ts";
import type { PersonPlace } from "../identity-parts.ts";
import { askedOf } from "./asked-of.ts";
import { connectByProvider } from "./connect-by-provider.ts";
import { faultPath } from "./console-paths.ts";
import type { EndFlow } from "./callback-route.ts";
import type { Flow } from "./flow-cookie.ts";
import type { NoteFailure, ProviderFailure } from "./note-failure.ts";
import { faultOf, openClient } from "./open-client.ts";
import { createSignInByProvider } from "./sign-in-by-provider.ts";
import type { SingleSignOnParts, SsoAsking } from "./single-sign-on-parts.ts";

export type FinishedFlow = {
  readonly asking: SsoAsking;
  readonly providerId: string;
  /** Opened from this browser's cookie; it has not expired. */
  readonly flow: Flow;
  /** Of the address that the provider sent the browser to. */
  readonly query: URLSearchParams;
  readonly nowMs: number;
};

/** What a provider has said, once it has been checked. */
export type SaidByProvider = {
  readonly asking: SsoAsking;
  readonly providerId: string;
  readonly flow: Flow;
  readonly assertion: Assertion;
  readonly place: PersonPlace;
  readonly nowMs: number;
};

export type FlowOutcome =
  | { readonly ok: true; readonly path: string }
  | { readonly ok: false; readonly fault: SignInFault };

type Spoken =
  | { readonly ok: true; readonly assertion: Assertion }
  | { readonly ok: false; readonly fault: SignInFault };

type Failed = Pick<ProviderFailure, "meaning" | "isBrowsersWord">;

export function createEndFlow(parts: SingleSignOnParts, noteFailure: NoteFailure): EndFlow {
  const { database } = parts;
  const signInByProvider = createSignInByProvider(parts);

  async function exchange(finished: FinishedFlow, stored: StoredProvider): Promise<Spoken> {
    const { asking, flow, query, nowMs } = finished;
    const place = parts.placeOf(asking.request.raw);
    const refuse = async (fault: SignInFault, failed: Failed): Promise<Spoken> => {
      await noteFailure({ stored, fault, place, nowMs, ...failed });
      return { ok: false, fault };
    };
    const opened = openClient(parts, stored);
    if (!opened.ok) return refuse("provider-refused", { meaning: opened.meaning });
    const { state, nonce, verifier } = flow;
    // INVARIANT: by our own address, whatever host the request names.
    const url = new URL(`${redirectUriOf(parts.publicUrl, stored.id)}?${query.toString()}`);
    const spoken = await opened.client.finish(url, { state, nonce, verifier });
    if (spoken.ok) return { ok: true, assertion: spoken.facts };
    const fault = faultOf(spoken);
    // Who changed their mind is no failure of anybody's.
    if (fault === "provider-cancelled") return { ok: false, fault };
    const isBrowsersWord = spoken.fault === "returned";
    return refuse(fault, { meaning: spoken.detail, isBrowsersWord });
  }

  async function end(finished: FinishedFlow): Promise<FlowOutcome> {
    const { asking, providerId, flow, nowMs } = finished;
    // INVARIANT: before anything is asked of anybody: of any number of requests with one state, on
    // any number of nodes, one goes on (RFC 9700, 4.7).
    const isFirst = await database.transaction((trx) =>
      takeChallenge(trx, `flow/${flow.state}`, flow.expiresAtMs),
    );
    if (!isFirst) return { ok: false, fault: "flow-ended" };
    const stored = await readProvider(database.kysely, providerId);
    if (stored === null || !stored.isEnabled) return { ok: false, fault: "provider-off" };
    // INVARIANT: nobody is shown a code that another one gave.
    if (askedOf(stored) !== flow.asked) return { ok: false, fault: "flow-ended" };
    const spoken = await exchange(finished, stored);
    if (!spoken.ok) return spoken;
    const place = parts.placeOf(asking.request.raw);
    const { assertion } = spoken;
    const said = { asking, providerId, flow, assertion, place, nowMs };
    return flow.purpose === "connect" ? connectByProvider(parts, said) : signInByProvider(said);
  }

  return async function endFlow(finished) {
    const outcome = await end(finished);
    if (outcome.ok) return outcome.path;
    const { flow, providerId } = finished;
    const { purpose, returnTo } = flow;
    return faultPath({ purpose, fault: outcome.fault, providerId, returnTo });
  };
}
