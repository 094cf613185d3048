// Writes an E.164 number in groups that the eye can follow: country code first, then threes.

/** ITU-T E.164: +1 and +7 are whole codes; these begin two-digit ones, others have three. */
const TWO_DIGIT_CODES = /^(2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58])/;

/** `+61255501234` becomes `+61 255 501 234`; what is no E.164 number stays as it is. */
export function groupDigits(number: string): string {
  if (!/^\+[1-9]\d{4,14}$/.test(number)) return number;
  const digits = number.slice(1);
  const codeLength = /^[17]/.test(digits) ? 1 : TWO_DIGIT_CODES.test(digits) ? 2 : 3;
  const groups = [`+${digits.slice(0, codeLength)}`];
  let rest = digits.slice(codeLength);
  // The last group may have four digits, so that none stands alone.
  while (rest.length > 4) {
    groups.push(rest.slice(0, 3));
    rest = rest.slice(3);
  }
  if (rest !== "") groups.push(rest);
  return groups.join(" ");
}
