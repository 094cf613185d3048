// Says who came from a range of addresses lately, and what an entry would do to them.
import type { ListAction, Mode } from "../../core/network/network-policy.ts";
import { countOf } from "../accounts/user-words.ts";

export type Touches = {
  readonly requests: number;
  readonly addresses: number;
  readonly accounts: readonly string[];
  readonly users: {
    readonly count: number;
    readonly names: readonly { readonly id: string; readonly name: string }[];
  };
  readonly sessions: number;
  readonly includesYou: boolean;
};

const NAMED_MAX = 3;

export function isUntouched({ requests, users, sessions, includesYou }: Touches): boolean {
  return requests + users.count + sessions === 0 && !includesYou;
}

/** "14 users were signed in from here: Ada Lovelace, Joan Clarke and 12 more." and the like. */
export function describeTouches(touches: Touches): readonly string[] {
  const { requests, addresses, accounts, users, sessions } = touches;
  const lines: string[] = [];
  if (users.count > 0) {
    const who = listNames(
      users.names.map(({ name }) => name),
      users.count,
    );
    const was = users.count === 1 ? "was" : "were";
    lines.push(`${countOf(users.count, "user")} ${was} signed in from here: ${who}.`);
  }
  if (sessions > 0) {
    lines.push(`${countOf(sessions, "session")} ${sessions === 1 ? "is" : "are"} open from here.`);
  }
  if (requests > 0) {
    const from = countOf(addresses, "address", "addresses");
    const of = accounts.length === 1 ? "account" : "accounts";
    // Not each of them has to be for an account.
    const named =
      accounts.length === 0
        ? ""
        : `; ${of} seen among them: ${listNames(accounts, accounts.length)}`;
    lines.push(`${countOf(requests, "request")} from ${from}${named}.`);
  }
  return lines;
}

/** One line, for a list of several ranges. */
export function summariseTouches(touches: Touches): string {
  const { requests, users, sessions } = touches;
  const parts = [
    users.count > 0 ? countOf(users.count, "user") : null,
    sessions > 0 ? countOf(sessions, "open session") : null,
    requests > 0 ? countOf(requests, "request") : null,
  ].filter((part) => part !== null);
  const you = touches.includesYou ? "you are in it" : null;
  const all = [...parts, ...(you === null ? [] : [you])];
  return all.length === 0 ? "nobody came from there" : all.join(", ");
}

/** @param count how many there are in all */
function listNames(names: readonly string[], count: number): string {
  const shown = names.slice(0, NAMED_MAX);
  const others = count - shown.length;
  if (others > 0) return `${shown.join(", ")} and ${others.toLocaleString("en")} more`;
  return shown.length < 2 ? shown.join("") : `${shown.slice(0, -1).join(", ")} and ${shown.at(-1)}`;
}

/**
 * What happens to them.
 * @param isAccount the entry is of an account, not of the platform
 * @param mode of the lists of its owner; null: not known
 */
export function describeEffect(action: ListAction, isAccount: boolean, mode: Mode | null): string {
  if (mode === "off") {
    return `${action === "deny" ? "Denied" : "Allowed"}: nothing happens while the lists are off.`;
  }
  if (action === "deny") {
    const but = "except where an allow entry covers it";
    if (mode === "monitor") {
      return `Denied: only recorded while the lists are in monitor mode, ${but}.`;
    }
    const when = mode === null ? "while the lists are enforced" : "from the next request";
    return isAccount
      ? `Denied: refused on everything of this account, ${but}, ${when}.`
      : `Denied: refused everywhere, ${but}, ${when}. Nobody refused there can even sign in.`;
  }
  return isAccount
    ? "Allowed: exempt from this account's bans, countries and limits; the platform's rules hold."
    : "Allowed: exempt from every network rule, never banned, and still asked to sign in.";
}

export function describeRemoval(action: ListAction): string {
  return action === "deny"
    ? "What a deny entry kept out may ask again from the next request."
    : "What an allow entry exempted falls under bans, countries and limits again.";
}
