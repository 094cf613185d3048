// Sends the browser to a provider's page, and remembers here what is needed when it is back.
import { answerOf, api } from "../../api/api.ts";
import { leaveFor } from "../../shell/leave-for.ts";

/** Of this tab, as long as it is at the provider. */
const MARK = "postern-at-provider";

export type BeginProviderSignIn = {
  /** Where the visitor wanted to go, unchecked. */
  readonly returnTo: string | undefined;
  /** The provider asks which account, or whoever is signed in there could never take another. */
  readonly choosesAccount: boolean;
};

export async function beginProviderSignIn(
  provider: string,
  { returnTo, choosesAccount }: BeginProviderSignIn,
): Promise<void> {
  const known = { provider, choosesAccount };
  const body = returnTo === undefined ? known : { ...known, returnTo };
  const begun = await answerOf(api.POST("/api/v1/sign-in/provider", { body }));
  sessionStorage.setItem(MARK, JSON.stringify({ returnTo: begun.returnTo ?? null }));
  leaveFor(begun.url);
}

export type BackFromProvider = {
  /** Where the visitor wanted to go, as the server checked it when they left. */
  readonly returnTo: string | null;
};

/** Once; null: this tab was at no provider to sign in. */
export function takeBackFromProvider(): BackFromProvider | null {
  const kept = sessionStorage.getItem(MARK);
  sessionStorage.removeItem(MARK);
  return kept === null ? null : (JSON.parse(kept) as BackFromProvider);
}
