// Why an address was banned, in words.
import type { BanCause } from "../../core/network/network-outcome.ts";
import { readableCode } from "./reason-words.ts";

const CAUSES: Readonly<Record<BanCause, string>> = {
  "failed-authentication": "Failed authentication",
  "webchat-requests": "Too many web chat requests",
  "hard-limit": "Over the hard limit",
  "rate-limit": "Over the rate limit",
};

/** A cause that this page does not know is shown as it is. */
export function causeName(cause: string | null): string {
  if (cause === null) return "";
  const names: Readonly<Record<string, string | undefined>> = CAUSES;
  return names[cause] ?? readableCode(cause);
}
