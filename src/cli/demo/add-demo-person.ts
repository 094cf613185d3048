// Adds a user to the demo whose password is chosen by a link, as people choose theirs.
import type { ApiClient } from "../api-client.ts";

export type DemoPerson = {
  readonly email: string;
  readonly name: string;
  readonly isOperator?: boolean;
  readonly memberships: readonly { readonly account: string; readonly role: "admin" | "agent" }[];
  readonly password: string;
};

/** Gives the id. */
export async function addDemoPerson(api: ApiClient, person: DemoPerson): Promise<string> {
  const { password, ...user } = person;
  const { id } = await api.call<{ readonly id: string }>({
    method: "POST",
    path: "/api/v1/users",
    body: { ...user, invite: false },
  });
  const { url } = await api.call<{ readonly url: string }>({
    method: "POST",
    path: `/api/v1/users/${id}/password-link`,
  });
  const token = new URLSearchParams(new URL(url).hash.slice(1)).get("token");
  const body = { token, newPassword: password };
  await api.call({ method: "POST", path: "/api/v1/password-resets", body });
  return id;
}
