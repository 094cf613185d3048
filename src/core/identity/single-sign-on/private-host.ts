// Reads the hosts that may be in a private network, as an operator allows them: one by one.
import { readHost } from "./read-host.ts";

export type PrivateHostOutcome =
  | {
      readonly ok: true;
      /** As a URL shows it: lower case, IPv6 in brackets. */
      readonly host: string;
    }
  | { readonly ok: false; readonly reason: string };

const EXAMPLES = "as in keycloak.internal, 10.0.0.7 or fd00::7";

/** Spaces around are dropped; an IPv6 address may stand without brackets. */
export function parsePrivateHost(text: string): PrivateHostOutcome {
  const typed = text.replaceAll(/^ +| +$/g, "");
  if (typed.includes("*")) {
    return refused(`Each host is named in full, without *, ${EXAMPLES}.`);
  }
  if (typed.includes("/")) {
    return refused(`A host is a name or one address, without https:// and no block, ${EXAMPLES}.`);
  }
  const hasBrackets = typed.startsWith("[");
  const colons = typed.split(":").length - 1;
  if ((!hasBrackets && colons === 1) || /\]:/.test(typed)) {
    return refused(`A host is named without its port: all of them are meant, ${EXAMPLES}.`);
  }
  const read = readHost(colons > 1 && !hasBrackets ? `[${typed}]` : typed);
  return read.ok ? { ok: true, host: read.host } : refused(read.reason);
}

function refused(reason: string): PrivateHostOutcome {
  return { ok: false, reason };
}
