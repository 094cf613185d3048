// Begins flows: where a browser goes to be signed in by a provider, or to connect with one.
import type { AuthorizationAnswer } from "../../../api/connection-api.ts";
import { mayProviderSignIn } from "../../../core/identity/single-sign-on/may-provider-sign-in.ts";
import { FLOW_MS } from "../../../core/identity/single-sign-on/provider.ts";
import type { SignInFault } from "../../../core/identity/single-sign-on/sign-in-fault.ts";
import { readProvider } from "../providers/provider-store.ts";
import type { StoredProvider } from "../providers/provider-store.ts";
import type { OpenCheck } from "../sessions/read-session.ts";
import { checkReturnAddress } from "../sign-in/return-address.ts";
import { storeOrUnavailable } from "../sign-in/store-or-unavailable.ts";
import { requireProof } from "../two-factor/require-proof.ts";
import { askedOf } from "./asked-of.ts";
import { listConnectionsOf } from "./connection-store.ts";
import type { SingleSignOn } from "./create-single-sign-on.ts";
import type { Flow, FlowCookies } from "./flow-cookie.ts";
import type { NoteFailure } from "./note-failure.ts";
import { faultOf, openClient } from "./open-client.ts";
import { singleSignOnProblem } from "./single-sign-on-problem.ts";
import type { SingleSignOnParts, SsoAsking } from "./single-sign-on-parts.ts";

type Beginning = Pick<Flow, "purpose" | "sessionId" | "returnTo"> & {
  readonly choosesAccount: boolean;
};

type Own = { readonly flows: FlowCookies; readonly noteFailure: NoteFailure };

/** Longer ones are left out, as a browser keeps no cookie beyond 4 kB. */
const RETURN_CHARACTERS_MAX = 1000;

/** How somebody who is signed in there comes to take another account. */
const PROMPTS = { google: "select_account", microsoft: "select_account", oidc: "login" } as const;

/** INVARIANT: nothing is written to the store for a flow, so that none can be flooded with them. */
export function createBeginAtProvider(
  parts: SingleSignOnParts,
  { flows, noteFailure }: Own,
): Pick<SingleSignOn, "beginSignIn" | "beginConnect"> {
  const origins = [new URL(parts.publicUrl).origin, ...parts.returnOrigins] as const;
  const db = parts.database.kysely;

  async function begin(
    { request, reply }: SsoAsking,
    stored: StoredProvider,
    { choosesAccount, ...what }: Beginning,
  ): Promise<AuthorizationAnswer> {
    const nowMs = parts.clock.nowMs();
    const place = parts.placeOf(request.raw);
    const refuse = async (fault: SignInFault, meaning: string): Promise<never> => {
      await noteFailure({ stored, fault, meaning, place, nowMs });
      throw singleSignOnProblem("provider-unusable", { members: { fault } });
    };
    const opened = openClient(parts, stored);
    if (!opened.ok) return refuse("provider-refused", opened.meaning);
    const begun = await opened.client.begin({
      prompt: choosesAccount ? PROMPTS[stored.kind] : null,
    });
    if (!begun.ok) return refuse(faultOf(begun), begun.detail);
    const asked = askedOf(stored);
    const flow: Flow = { ...begun.flow, ...what, asked, expiresAtMs: nowMs + FLOW_MS };
    flows.set(reply, request.raw.rawHeaders, { providerId: stored.id, flow });
    return { url: begun.url, returnTo: what.returnTo };
  }

  /** Of a user who is signed in; throws where there is nothing to connect with. */
  async function findForUser(open: OpenCheck, id: string): Promise<StoredProvider> {
    const { user, memberships } = open.session;
    const stored = await readProvider(db, id);
    if (stored === null || !stored.isEnabled) throw singleSignOnProblem("provider-off");
    const accountIds = memberships.map(({ accountId }) => accountId);
    if (!mayProviderSignIn(stored.provider, { isOperator: user.isOperator, accountIds })) {
      const isOwn = user.isOperator || accountIds.some((own) => own === stored.owner);
      throw singleSignOnProblem(isOwn ? "user-not-theirs" : "provider-off");
    }
    const connections = await listConnectionsOf(db, user.id);
    if (connections.some(({ providerId }) => providerId === id)) {
      throw singleSignOnProblem("connection-exists");
    }
    return stored;
  }

  return {
    beginSignIn: (asking) =>
      storeOrUnavailable(
        parts,
        async () => {
          const { provider: id, returnTo, choosesAccount = false } = asking.body;
          const stored = await readProvider(db, id);
          if (stored === null || !stored.isEnabled) throw singleSignOnProblem("provider-off");
          const checked = checkReturnAddress(returnTo, origins);
          return begin(asking, stored, {
            purpose: "sign-in",
            sessionId: null,
            choosesAccount,
            returnTo: (checked?.length ?? 0) > RETURN_CHARACTERS_MAX ? null : checked,
          });
        },
        "beginning to sign in by a provider",
      ),
    beginConnect: async (asking) => {
      const open = parts.openSessionOf(asking.request);
      requireProof(open, parts.clock.nowMs());
      const stored = await findForUser(open, asking.body.provider);
      const sessionId = open.session.session.id;
      // Which account is connected, somebody with several is to say (row 111).
      const what = { purpose: "connect", sessionId, returnTo: null, choosesAccount: true } as const;
      return begin(asking, stored, what);
    },
  };
}
