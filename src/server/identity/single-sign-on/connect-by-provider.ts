// Connects whoever is signed in with whom a provider has named.
import type { Transaction } from "kysely";
import type { SignInFault } from "../../../core/identity/single-sign-on/sign-in-fault.ts";
import { Problem } from "../../../platform/problem/problem.ts";
import type { Schema } from "../../migrations/schema.ts";
import { lockCodeCount } from "../second-factor/code-count-store.ts";
import type { OpenCheck } from "../sessions/read-session.ts";
import { readPersonById } from "../sign-in/read-person.ts";
import { holdProvedSession } from "../two-factor/require-proof.ts";
import { askedOf } from "./asked-of.ts";
import { contextOf } from "./assert-still-open.ts";
import { insertConnection } from "./connection-store.ts";
import { connectedPath } from "./console-paths.ts";
import { decideForPerson } from "./decide-for-person.ts";
import type { FlowOutcome, SaidByProvider } from "./end-flow.ts";
import { holdProvider } from "./hold-provider.ts";
import { recordConnectionChange } from "./record-connection-change.ts";
import { faultOfReason } from "./sign-in-by-provider.ts";
import type { SingleSignOnParts } from "./single-sign-on-parts.ts";

type Outcome = "connected" | SignInFault;

/**
 * INVARIANT: only in the very session in which it was begun and newly proved: nobody completes in
 * somebody else's browser what they have begun in their own (row 111, RFC 9700 section 4.7).
 */
export async function connectByProvider(
  parts: SingleSignOnParts,
  said: SaidByProvider,
): Promise<FlowOutcome> {
  const open = await readOpen(parts, said);
  if (open === null) return { ok: false, fault: "session-changed" };
  const outcome = await refusedAs(faultOfRefusal, () =>
    parts.database.transaction((trx) => connect(trx, parts, { said, open })),
  );
  if (outcome !== "connected") return { ok: false, fault: outcome };
  parts.wakeMails();
  return { ok: true, path: connectedPath(said.providerId) };
}

/** Null: it has ended, is not whole, or is another one than that in which it began. */
async function readOpen(
  parts: SingleSignOnParts,
  { asking, flow }: SaidByProvider,
): Promise<OpenCheck | null> {
  const { request } = asking;
  return refusedAs(
    () => null,
    async () => {
      await parts.accounts.requireUser(request);
      const open = parts.openSessionOf(request);
      return open.stage === "none" && open.session.session.id === flow.sessionId ? open : null;
    },
  );
}

async function connect(
  trx: Transaction<Schema>,
  parts: SingleSignOnParts,
  { said, open }: { readonly said: SaidByProvider; readonly open: OpenCheck },
): Promise<Outcome> {
  const { assertion, providerId, place, nowMs } = said;
  const userId = open.session.user.id;
  const provider = await holdProvider(trx, providerId);
  await lockCodeCount(trx, userId);
  await holdProvedSession(trx, open, nowMs);
  const { person, rules } = await readPersonById(trx, userId);
  if (provider === null) return "provider-off";
  if (askedOf(provider) !== said.flow.asked) return "flow-ended";
  if (person === null) return "session-changed";
  const asked = { provider, assertion, person, rules };
  const { verdict, reason } = decideForPerson(asked, contextOf(parts, open));
  if (verdict === "refuse") return faultOfReason(reason);
  const inserted = await insertConnection(trx, { ...assertion, providerId, userId, nowMs });
  if (inserted.kind === "exists") return "connection-exists";
  if (inserted.kind === "taken") {
    return inserted.by === "this-user" ? "connected" : "connection-taken";
  }
  const { accountShown } = assertion;
  const actor = person.user.email;
  const told = { person, change: "connected", provider, accountShown, actor } as const;
  await recordConnectionChange(trx, parts, { ...told, place, nowMs });
  return "connected";
}

/** The proof may have run out while the person was at the provider. */
function faultOfRefusal({ code }: Problem): SignInFault {
  return code === "proof-required" ? "proof-ended" : "session-changed";
}

/** What would be refused to a caller of the API is `otherwise` here. */
async function refusedAs<T, Otherwise>(
  otherwise: (refusal: Problem) => Otherwise,
  work: () => Promise<T>,
): Promise<T | Otherwise> {
  try {
    return await work();
  } catch (error) {
    // Such as a store that did not answer.
    if (!(error instanceof Problem) || error.status >= 500) throw error;
    return otherwise(error);
  }
}
