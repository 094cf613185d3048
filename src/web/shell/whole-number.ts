// Reads a number as it is typed into a field and says what is accepted.

export type WholeNumber =
  | { readonly ok: true; readonly value: number }
  | { readonly ok: false; readonly fault: string };

export function readWholeNumber(
  text: string,
  bounds: { readonly minimum: number; readonly maximum: number },
): WholeNumber {
  const trimmed = text.trim();
  const value = /^\d{1,9}$/.test(trimmed) ? Number(trimmed) : NaN;
  if (value >= bounds.minimum && value <= bounds.maximum) return { ok: true, value };
  return { ok: false, fault: `A whole number from ${bounds.minimum} to ${bounds.maximum}.` };
}
