// Reads tracking numbers in the international form of E.164.

export type PhoneNumberOutcome =
  /** `number`: + and digits only. */
  { readonly ok: true; readonly number: string } | { readonly ok: false; readonly reason: string };

const DIGITS_MIN = 8;
const DIGITS_MAX = 15;
const TEXT_CHARACTERS_MAX = 32;
const EXAMPLE = "as in +61255501234";

/** Spaces, hyphens, dots and brackets between the digits are left out, as people write them. */
export function parsePhoneNumber(text: string): PhoneNumberOutcome {
  if (text.length > TEXT_CHARACTERS_MAX || !/^ *\+[0-9 .()-]+$/.test(text)) {
    return refused(
      `A number is + and ${DIGITS_MIN} to ${DIGITS_MAX} digits, ${EXAMPLE}; spaces, hyphens, ` +
        "dots and brackets between them are left out.",
    );
  }
  // "+44 (0)20 …" is read two ways, and only one of them reaches anybody.
  if (/\(0+\)/.test(text)) {
    return refused(`The international form has no (0), ${EXAMPLE}.`);
  }
  const digits = text.replaceAll(/[^0-9]/g, "");
  if (digits.startsWith("0")) {
    return refused(`After the + there is a country code, which never begins with 0, ${EXAMPLE}.`);
  }
  if (digits.length < DIGITS_MIN || digits.length > DIGITS_MAX) {
    return refused(
      `A number has ${DIGITS_MIN} to ${DIGITS_MAX} digits after the +, ${EXAMPLE}; ` +
        `this one has ${digits.length}.`,
    );
  }
  return { ok: true, number: `+${digits}` };
}

function refused(reason: string): PhoneNumberOutcome {
  return { ok: false, reason };
}
