// What the pages about accounts, users and tracking numbers ask the server for.
import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import type { QueryClient } from "@tanstack/react-query";
import type { AccountAnswer } from "../../api/accounts-api.ts";
import type { ConnectionAnswer } from "../../api/connection-api.ts";
import type { SessionAnswer, SignInEventListAnswer } from "../../api/sessions-api.ts";
import type { GrantListAnswer, TrackingNumberAnswer } from "../../api/tracking-numbers-api.ts";
import type { UserAnswer } from "../../api/users-api.ts";
import { ApiProblem } from "../api/api-problem.ts";
import { answerOf, api } from "../api/api.ts";

const PAGE_ROWS = 50;

/** All of them, in the order of their codes; for operators. */
export const accountsQuery = queryOptions({
  queryKey: ["accounts"],
  queryFn: async (): Promise<readonly AccountAnswer[]> =>
    (await answerOf(api.GET("/api/v1/accounts"))).accounts,
});

export type UserFilter = {
  readonly search: string;
  /** An account's code; null: every account the viewer may see. */
  readonly account: string | null;
  readonly status: "disabled" | "operator" | null;
};

export function usersQuery({ search, account, status }: UserFilter) {
  return infiniteQueryOptions({
    queryKey: ["users", { search, account, status }],
    queryFn: async ({ pageParam, signal }) => {
      const query = {
        limit: PAGE_ROWS,
        ...(search === "" ? {} : { search }),
        ...(account === null ? {} : { account }),
        ...(status === null ? {} : { status }),
        ...(pageParam === null ? {} : { after: pageParam }),
      };
      return answerOf(api.GET("/api/v1/users", { params: { query }, signal }));
    },
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
  });
}

/** An address that can be of nobody leads to nothing, like one of somebody who is gone. */
async function orNotThere<Answer>(answer: Promise<Answer>, what: string): Promise<Answer> {
  try {
    return await answer;
  } catch (error) {
    if (!(error instanceof ApiProblem) || ![400, 404].includes(error.status)) throw error;
    const message = `There is no such ${what}, or not one that you may see.`;
    throw new ApiProblem({ code: "not-there", status: 404, message });
  }
}

export function userQuery(id: string) {
  return queryOptions({
    queryKey: ["user", id],
    queryFn: async (): Promise<UserAnswer> =>
      orNotThere(answerOf(api.GET("/api/v1/users/{id}", { params: { path: { id } } })), "user"),
  });
}

export function userSessionsQuery(id: string) {
  return queryOptions({
    queryKey: ["user", id, "sessions"],
    queryFn: async (): Promise<readonly SessionAnswer[]> =>
      (await answerOf(api.GET("/api/v1/users/{id}/sessions", { params: { path: { id } } })))
        .sessions,
  });
}

export function userConnectionsQuery(id: string) {
  return queryOptions({
    queryKey: ["user", id, "connections"],
    queryFn: async (): Promise<readonly ConnectionAnswer[]> =>
      (await answerOf(api.GET("/api/v1/users/{id}/connections", { params: { path: { id } } })))
        .connections,
  });
}

export function userSignInsQuery(id: string) {
  return queryOptions({
    queryKey: ["user", id, "sign-ins"],
    queryFn: async (): Promise<SignInEventListAnswer["signIns"]> =>
      (await answerOf(api.GET("/api/v1/users/{id}/sign-ins", { params: { path: { id } } })))
        .signIns,
  });
}

export function accountQuery(code: string) {
  return queryOptions({
    queryKey: ["accounts", code],
    queryFn: async (): Promise<AccountAnswer> =>
      orNotThere(
        answerOf(api.GET("/api/v1/accounts/{code}", { params: { path: { code } } })),
        "account",
      ),
  });
}

export type NumberFilter = {
  readonly search: string;
  readonly account: string | null;
  /** Only the numbers granted to this user. */
  readonly user: string | null;
};

export function numbersQuery({ search, account, user }: NumberFilter) {
  return infiniteQueryOptions({
    queryKey: ["tracking-numbers", { search, account, user }],
    queryFn: async ({ pageParam, signal }) => {
      const query = {
        limit: PAGE_ROWS,
        ...(search === "" ? {} : { search }),
        ...(account === null ? {} : { account }),
        ...(user === null ? {} : { user }),
        ...(pageParam === null ? {} : { after: pageParam }),
      };
      return answerOf(api.GET("/api/v1/tracking-numbers", { params: { query }, signal }));
    },
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
  });
}

export function grantsQuery(numberId: string) {
  return queryOptions({
    queryKey: ["grants", numberId],
    queryFn: async (): Promise<GrantListAnswer["grants"]> => {
      const params = { path: { id: numberId } };
      const answer = await answerOf(api.GET("/api/v1/tracking-numbers/{id}/grants", { params }));
      return answer.grants;
    },
  });
}

export async function setGrant(
  numberId: string,
  userId: string,
  isGranted: boolean,
): Promise<void> {
  const params = { path: { id: numberId, userId } };
  const path = "/api/v1/tracking-numbers/{id}/grants/{userId}";
  await (isGranted ? answerOf(api.PUT(path, { params })) : answerOf(api.DELETE(path, { params })));
}

/** Lists that count or show what was just changed. */
export async function refreshPeople(client: QueryClient): Promise<void> {
  const keys = ["accounts", "users", "user", "tracking-numbers", "grants"];
  await Promise.all(keys.map((key) => client.invalidateQueries({ queryKey: [key] })));
}

export type { AccountAnswer, TrackingNumberAnswer, UserAnswer };
