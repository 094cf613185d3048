// The closed list of reasons why a text is no address or rule, with the words of each.

/**
 * INVARIANT: codes are never reused. The words say what is accepted; they are the same on every
 * surface (form, import, API, configuration, headers), because there is one parser.
 */
export const ADDRESS_FAULTS = {
  "not-a-string": "must be a string",
  "too-long": "too long",
  "non-ascii": "non-ASCII or control character",
  empty: "empty",
  "ipv4-malformed": "ipv4: four decimal parts 0-255, no leading zeros",
  "ipv6-double-gap": "ipv6: more than one ::",
  "ipv6-malformed": "ipv6: malformed",
  "not-an-address": "not an address",
  "zone-not-allowed": "zone id not allowed",
  "dotted-tail": "dotted tail outside ::ffff:0:0/96 and 64:ff9b::/96",
  "prefix-malformed": "prefix: decimal, no sign, no leading zero, no mask form",
  "prefix-too-long": "prefix too long",
  "host-bits-set": "host bits set",
  "covers-mapped-block": "prefix wider than /96 around ::ffff:0:0",
  "range-reversed": "range: start above end",
  "range-mixed-families": "range: both ends must be of one family",
  "forwarded-unquoted": "IPv6 or port must be quoted",
  "forwarded-unbracketed": "IPv6 must be bracketed",
} as const;

export type AddressFault = keyof typeof ADDRESS_FAULTS;

/** The one sentence for a fault, as shown to whoever wrote the text. */
export function describeFault(fault: AddressFault): string {
  return ADDRESS_FAULTS[fault];
}
