// Names in a terminal what was changed of whose rules.
import { ENTRIES_SUBJECT } from "../api/revision-api.ts";
import type { UnconfirmedChange } from "../api/unconfirmed-api.ts";

type Part = Pick<UnconfirmedChange["parts"][number], "subject" | "entries" | "account">;

/** A section's name, or how many entries. */
export function describeSubject({ subject, entries }: Omit<Part, "account">): string {
  return subject === ENTRIES_SUBJECT ? countEntries(entries) : subject;
}

export function countEntries(count: number): string {
  return `${count.toLocaleString("en")} ${count === 1 ? "entry" : "entries"}`;
}

/** `country, 2 entries of the platform; log-out of acme`. */
export function describeParts(parts: readonly Part[]): string {
  const byOwner = new Map<string, Set<string>>();
  for (const part of parts) {
    const owner = part.account ?? "the platform";
    const named = byOwner.get(owner) ?? new Set();
    byOwner.set(owner, named.add(describeSubject(part)));
  }
  return [...byOwner].map(([owner, named]) => `${[...named].join(", ")} of ${owner}`).join("; ");
}
