// Records that a provider could not be used, or answered as none may, for whoever runs it.
import type { SignInFault } from "../../../core/identity/single-sign-on/sign-in-fault.ts";
import type { PersonPlace } from "../identity-parts.ts";
import { accountCodeOf } from "../providers/describe-provider.ts";
import type { StoredProvider } from "../providers/provider-store.ts";
import type { CredentialParts } from "../sign-in/credential-parts.ts";
import { createSeldom } from "../sign-in/seldom.ts";

export type ProviderFailure = {
  readonly stored: StoredProvider;
  readonly fault: SignInFault;
  /** What is wrong, for operators; never a secret or token. */
  readonly meaning: string;
  /** It stood in the address with which a browser came back: anybody may have written it. */
  readonly isBrowsersWord?: boolean;
  readonly place: PersonPlace;
  readonly nowMs: number;
};

export type NoteFailure = (failure: ProviderFailure) => Promise<void>;

/** Of one provider and fault within a minute: whoever sends people there may be anybody. */
const EVENTS_MAX = 1;

export function createNoteFailure(
  parts: Pick<CredentialParts, "database" | "recordEvent">,
): NoteFailure {
  const noted = createSeldom();
  return async function noteFailure({ stored, fault, meaning, place, nowMs, ...said }) {
    // Counted apart, or what anybody writes would hide what the provider itself has said.
    const by = said.isBrowsersWord === true ? "browser" : "provider";
    if (!noted.take(`${stored.id} ${fault} ${by}`, EVENTS_MAX, nowMs)) return;
    await parts.database.transaction((trx) =>
      parts.recordEvent(trx, {
        kind: "provider-failed",
        atMs: nowMs,
        userId: null,
        actor: null,
        account: accountCodeOf(stored.id),
        place,
        reason: fault,
        detail: { provider: stored.id, meaning },
      }),
    );
  };
}
