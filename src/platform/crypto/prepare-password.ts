// Brings a password into the one form that is hashed, however the keyboard composed it.

/** SPEC 3.1: up to 1,000 characters of any Unicode, never cut off. */
const PASSWORD_CODE_POINTS_MAX = 1000;

export type PreparedPassword =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly why: "empty" | "too-long" | "not-unicode" };

/**
 * RFC 8265, 4.2.2 (OpaqueString): spaces other than ASCII's become U+0020, then NFC; upper and
 * lower case stay apart, nothing is trimmed. Two lone surrogates would become the same bytes of
 * UTF-8 (U+FFFD), so that many passwords were one: they are refused.
 */
export function preparePassword(typed: string): PreparedPassword {
  // Normalising takes time with the length, so what is far too long goes first.
  if (typed.length > 2 * PASSWORD_CODE_POINTS_MAX) return { ok: false, why: "too-long" };
  if (/\p{Surrogate}/u.test(typed)) return { ok: false, why: "not-unicode" };
  const text = typed.replaceAll(/\p{Zs}/gu, " ").normalize("NFC");
  if (text === "") return { ok: false, why: "empty" };
  if (Array.from(text).length > PASSWORD_CODE_POINTS_MAX) return { ok: false, why: "too-long" };
  return { ok: true, text };
}
