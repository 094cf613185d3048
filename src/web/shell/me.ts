// Who is signed in, for every page behind the sign-in.
import { queryOptions, useSuspenseQuery } from "@tanstack/react-query";
import type { MeAnswer } from "../../api/sign-in-api.ts";
import { answerOf, api } from "../api/api.ts";
import { setServerTime, setSignedInUser } from "./session-state.ts";

export const meQuery = queryOptions({
  queryKey: ["me"],
  queryFn: async (): Promise<MeAnswer> => {
    const me = await answerOf(api.GET("/api/v1/me"));
    setServerTime(me.serverTime);
    setSignedInUser(me.id, me.session.idleEndsAt);
    return me;
  },
  // The idle end comes with every answer; who one is changes rarely.
  staleTime: 5 * 60_000,
});

/** Pages stand inside the frame, which has asked before it shows them. */
export function useMe(): MeAnswer {
  return useSuspenseQuery(meQuery).data;
}
