// Tells apart, in what is counted, whose rule spoke: the platform's or an account's own.

/** Whose rule it was. */
export type RuleLayer = "platform" | "account";

const OF_ACCOUNT = "account:";

/** Reasons are a closed list, and so are these; a hot path makes no texts. */
const countedByReason = new Map<string, string>();

/** What stands for it in the counts: an account's own rules have the reason behind a mark. */
export function countedReason(reason: string, layer: RuleLayer): string {
  if (layer === "platform") return reason;
  let counted = countedByReason.get(reason);
  if (counted === undefined) {
    counted = `${OF_ACCOUNT}${reason}`;
    countedByReason.set(reason, counted);
  }
  return counted;
}

export function readCountedReason(counted: string): {
  readonly reason: string;
  readonly layer: RuleLayer;
} {
  return counted.startsWith(OF_ACCOUNT)
    ? { reason: counted.slice(OF_ACCOUNT.length), layer: "account" }
    : { reason: counted, layer: "platform" };
}
