// Reads a time as RFC 3339 writes it: with seconds and an offset, as the API takes times.

const RFC3339 = /^\d{4}-\d{2}-\d{2}[Tt]\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?(?:[Zz]|[+-]\d{2}:\d{2})$/;

/** Epoch ms; NaN for anything else, such as a date without a time. */
export function parseRfc3339Time(text: string): number {
  return RFC3339.test(text) ? Date.parse(text) : Number.NaN;
}
