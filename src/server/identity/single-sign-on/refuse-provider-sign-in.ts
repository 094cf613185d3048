// Records that somebody whom a provider has named was not signed in.
import { networkOf } from "../sign-in/network-of.ts";
import type { Person } from "../sign-in/read-person.ts";
import { createSeldom } from "../sign-in/seldom.ts";
import type { ProviderReason } from "./decide-for-person.ts";
import type { SaidByProvider } from "./end-flow.ts";
import type { SingleSignOnParts } from "./single-sign-on-parts.ts";

export type RefusedProviderSignIn = {
  readonly reason: ProviderReason;
  /** Null: nobody is connected. */
  readonly person: Person | null;
};

/** Of one user or nobody, network and reason within a minute. */
const EVENTS_MAX = 10;

export function createRefuseProviderSignIn(
  parts: Pick<SingleSignOnParts, "database" | "recordEvent">,
): (said: SaidByProvider, refused: RefusedProviderSignIn) => Promise<void> {
  const noted = createSeldom();
  return async function recordRefusal({ providerId, assertion, place, nowMs }, refused) {
    const { reason, person } = refused;
    const userId = person?.user.id ?? null;
    if (!noted.take(`${userId ?? ""} ${networkOf(place)} ${reason}`, EVENTS_MAX, nowMs)) return;
    const { accountShown, tenant } = assertion;
    await parts.database.transaction((trx) =>
      parts.recordEvent(trx, {
        kind: "sign-in-refused",
        atMs: nowMs,
        userId,
        actor: null,
        account: person?.accountCode ?? null,
        place,
        reason,
        detail: {
          method: "sso",
          provider: providerId,
          accountShown,
          ...(tenant === "" ? {} : { tenant }),
          ...(person === null ? {} : { email: person.user.email }),
        },
      }),
    );
  };
}
