// Reads e-mail addresses: one parser for forms, commands and sign-ins.

export type EmailAddressOutcome =
  | {
      readonly ok: true;
      /** As it is shown: the part before the @ as typed, the domain in lower case. */
      readonly email: string;
      /** By which addresses are compared: lower case, the domain in ASCII. */
      readonly key: string;
    }
  | { readonly ok: false; readonly reason: string };

const CHARACTERS_MAX = 254;
const LOCAL_CHARACTERS_MAX = 64;
const EXAMPLE = "as in ada@example.com";

// RFC 5322 dot-atom. Beyond ASCII two different texts may look the same, and case folding has let
// one person reset another's password (CVE-2019-19844); quoted parts are read in as many ways.
const LOCAL_FORM = /^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/;
const DOMAIN_CHARACTERS = /^[\p{L}\p{M}\p{N}.-]+$/u;
const LABEL_FORM = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;

/**
 * RFC 5321, without quoted local parts, address literals and comments. Spaces around are dropped.
 * @param toAsciiDomain UTS #46 to ASCII; an empty text when the domain has no such form
 */
export function parseEmailAddress(
  text: string,
  toAsciiDomain: (domain: string) => string,
): EmailAddressOutcome {
  const tooLong = `An e-mail address has at most ${CHARACTERS_MAX} characters, ${EXAMPLE}.`;
  if (text.length > CHARACTERS_MAX) return refused(tooLong);
  const trimmed = text.replaceAll(/^ +| +$/g, "");
  const parts = trimmed.split("@");
  const [local = "", typedDomain = ""] = parts;
  if (parts.length !== 2) return refused(`An e-mail address has one @, ${EXAMPLE}.`);
  const localFault = faultOfLocal(local);
  if (localFault !== null) return refused(localFault);

  // Full-width forms and the like become what they stand for before anybody sees them.
  const domain = typedDomain.normalize("NFKC").toLowerCase();
  const domainFault = faultOfDomain(domain);
  if (domainFault !== null) return refused(domainFault);
  const asciiDomain = toAsciiDomain(domain).toLowerCase();
  const labelFault = faultOfLabels(asciiDomain.split("."));
  if (labelFault !== null) return refused(labelFault);
  const key = `${local.toLowerCase()}@${asciiDomain}`;
  if (key.length > CHARACTERS_MAX) return refused(tooLong);
  return { ok: true, email: `${local}@${domain}`, key };
}

function faultOfLocal(local: string): string | null {
  if (local === "") return `Something stands before the @, ${EXAMPLE}.`;
  if (local.length > LOCAL_CHARACTERS_MAX) {
    return `Before the @ there are at most ${LOCAL_CHARACTERS_MAX} characters, ${EXAMPLE}.`;
  }
  if (LOCAL_FORM.test(local)) return null;
  return (
    "Before the @ there may be letters a to z, numbers, single dots between them, and " +
    `!#$%&'*+/=?^_\`{|}~-, without quotation marks or spaces, ${EXAMPLE}.`
  );
}

function faultOfDomain(domain: string): string | null {
  if (domain === "") return `A domain stands after the @, ${EXAMPLE}.`;
  if (!DOMAIN_CHARACTERS.test(domain)) {
    return `After the @ there may be letters, numbers, hyphens and dots only, ${EXAMPLE}.`;
  }
  if (domain.startsWith(".") || domain.endsWith(".") || domain.includes("..")) {
    return `The domain has single dots between its parts and none at its ends, ${EXAMPLE}.`;
  }
  return null;
}

function faultOfLabels(labels: readonly string[]): string | null {
  if (labels.some((label) => !LABEL_FORM.test(label))) {
    return (
      "Each part of the domain has 1 to 63 letters, numbers and hyphens, and no hyphen at its " +
      `ends, ${EXAMPLE}.`
    );
  }
  if (labels.length < 2) return `The domain has at least two parts, ${EXAMPLE}.`;
  // Numbers alone would be an IPv4 address (RFC 5321 4.1.3 writes those in brackets).
  if (/^[0-9]+$/.test(labels.at(-1) ?? "")) {
    return `After the @ there is a domain, not a network address, ${EXAMPLE}.`;
  }
  return null;
}

function refused(reason: string): EmailAddressOutcome {
  return { ok: false, reason };
}
