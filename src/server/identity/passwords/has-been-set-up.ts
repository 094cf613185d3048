// Says whether a user has ever had a password, or is still to choose the first one.
import type { Person } from "../sign-in/read-person.ts";

/** Nobody signs in for the first time without one: who has signed in has removed it since. */
export function hasBeenSetUp({ hash, facts }: Pick<Person, "hash" | "facts">): boolean {
  return hash !== null || facts.lastSignedInAtMs !== null;
}
