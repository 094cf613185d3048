// Finds the user that a command names by e-mail address or id.
import { domainToASCII } from "node:url";
import type { UserAnswer } from "../api/users-api.ts";
import { parseEmailAddress } from "../core/accounts/email-address.ts";
import type { ApiClient } from "./api-client.ts";
import { CliError } from "./cli-error.ts";

type UserPage = { readonly users: readonly UserAnswer[]; readonly next: string | null };

const PATH = "/api/v1/users";

/** Ends the command when there is no such user. */
export async function findUser(api: ApiClient, named: string): Promise<UserAnswer> {
  if (/^[a-z2-7]{20}$/.test(named)) {
    return api.call<UserAnswer>({ method: "GET", path: `${PATH}/${named}` });
  }
  const parsed = parseEmailAddress(named, domainToASCII);
  if (!parsed.ok) throw new CliError(`name a user by e-mail address or id: ${parsed.reason}`, 2);
  // A search finds parts as well, so that others may come before the one that is meant.
  for (let after: string | undefined; ;) {
    const query = { search: parsed.key, after };
    const page = await api.call<UserPage>({ method: "GET", path: PATH, query });
    const found = page.users.find(({ email }) => keyOf(email) === parsed.key);
    if (found !== undefined) return found;
    if (page.next === null) throw new CliError(`no user has the e-mail address ${named}`);
    after = page.next;
  }
}

function keyOf(email: string): string | null {
  const parsed = parseEmailAddress(email, domainToASCII);
  return parsed.ok ? parsed.key : null;
}
