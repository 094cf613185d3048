// What the pages about providers ask the server for.
import { queryOptions } from "@tanstack/react-query";
import type { QueryClient } from "@tanstack/react-query";
import type {
  ChangedProviderAnswer,
  NewProviderBody,
  ProviderAnswer,
  ProviderListAnswer,
  ProviderPatch,
  ProviderTestAnswer,
} from "../../../api/provider-api.ts";
import { answerOf, api } from "../../api/api.ts";
import { ApiProblem } from "../../api/api-problem.ts";

const KEY = "providers";
const PATH = "/api/v1/providers/{id}";

/** @param account its code; null: the platform's */
export function providersQuery(account: string | null) {
  return queryOptions({
    queryKey: [KEY, "of", account],
    queryFn: (): Promise<ProviderListAnswer> => {
      const query = account === null ? {} : { account };
      return answerOf(api.GET("/api/v1/providers", { params: { query } }));
    },
  });
}

export function providerQuery(id: string) {
  return queryOptions({ queryKey: [KEY, "one", id], queryFn: () => readProvider(id) });
}

/** An address that can be of none leads to nothing, like one that is somebody else's. */
export async function readProvider(id: string): Promise<ProviderAnswer> {
  try {
    return await answerOf(api.GET(PATH, { params: { path: { id } } }));
  } catch (error) {
    if (!(error instanceof ApiProblem) || ![400, 404].includes(error.status)) throw error;
    const message = "There is no such provider, or not one that you may see.";
    throw new ApiProblem({ code: "not-there", status: 404, message });
  }
}

export function addProvider(
  account: string | null,
  body: NewProviderBody,
): Promise<ProviderAnswer> {
  const query = account === null ? {} : { account };
  return answerOf(api.POST("/api/v1/providers", { params: { query }, body }));
}

/** Refused with 412 when somebody saved after `version` was read. */
export function changeProvider(id: string, body: ProviderPatch): Promise<ChangedProviderAnswer> {
  return answerOf(api.PATCH(PATH, { params: { path: { id } }, body }));
}

export async function removeProvider(id: string): Promise<void> {
  await answerOf(api.DELETE(PATH, { params: { path: { id } } }));
}

export function testProvider(id: string): Promise<ProviderTestAnswer> {
  return answerOf(api.POST("/api/v1/providers/{id}/test", { params: { path: { id } } }));
}

/** Shows what was just saved, also where it is listed or offered. */
export async function showProvider(client: QueryClient, provider: ProviderAnswer): Promise<void> {
  client.setQueryData([KEY, "one", provider.id], provider);
  await refreshProviders(client);
}

export async function refreshProviders(client: QueryClient): Promise<void> {
  await Promise.all([
    client.invalidateQueries({ queryKey: [KEY] }),
    client.invalidateQueries({ queryKey: ["sign-in-page"] }),
    client.invalidateQueries({ queryKey: ["users"] }),
  ]);
}
