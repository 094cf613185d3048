// What the page about one's second factors asks the server for.
import { queryOptions } from "@tanstack/react-query";
import type { TwoFactorAnswer } from "../../../api/two-factor-api.ts";
import { answerOf, api } from "../../api/api.ts";

/** With the time at which it came, on this browser's clock: see `ownTimeMs`. */
export type HeardTwoFactor = TwoFactorAnswer & { readonly receivedAtMs: number };

export const twoFactorQuery = queryOptions({
  queryKey: ["me", "two-factor"],
  queryFn: async (): Promise<HeardTwoFactor> => {
    const answer = await answerOf(api.GET("/api/v1/me/two-factor"));
    return { ...answer, receivedAtMs: Date.now() };
  },
});

/** Every method that is on; the last one cannot always be turned off. */
export function methodsOn({ app, email, passkeys }: TwoFactorAnswer): number {
  return [app !== null, email !== null, passkeys.length > 0].filter(Boolean).length;
}
