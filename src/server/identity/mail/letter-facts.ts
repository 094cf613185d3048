// The facts that mails tell: when it was, from where, with what, how long.
import { locationName } from "../../../api/country-names.ts";
import { describeDevice } from "../../../core/identity/describe-device.ts";
import type { Location } from "../../../core/network/iso-3166.ts";
import type { Letter } from "./letter.ts";
import type { MailPlace } from "./mail-content.ts";

export function placeFacts(place: MailPlace | null): Letter["facts"] {
  if (place === null) return [];
  const from = `${place.address}${whereText(place.country)}`;
  // In known words only: the text itself is a stranger's, and could say anything.
  const device = place.userAgent === "" ? [] : [["With", describeDevice(place.userAgent)] as const];
  return [["From", from], ...device];
}

function whereText(country: string): string {
  if (country === "unknown") return "";
  return country === "private" ? " (a private network)" : ` (${locationName(country as Location)})`;
}

const MONTHS =
  "January February March April May June July August September October November December".split(
    " ",
  );

/** "14 March 2027, 09:05 UTC": no reader takes the day for the month. */
export function timeText(atMs: number): string {
  const at = new Date(atMs);
  const clock = at.toISOString().slice(11, 16);
  return `${at.getUTCDate()} ${MONTHS[at.getUTCMonth()]} ${at.getUTCFullYear()}, ${clock} UTC`;
}

/** "42 seconds", "3 minutes 5 seconds"; what is shorter than a second counts as one. */
export function durationText(durationMs: number): string {
  const all = Math.max(1, Math.round(durationMs / 1000));
  const [minutes, seconds] = [Math.floor(all / 60), all % 60];
  const parts = [
    ...(minutes === 0 ? [] : [amountText(minutes, "minute")]),
    ...(seconds === 0 ? [] : [amountText(seconds, "second")]),
  ];
  return parts.join(" ");
}

function amountText(amount: number, unit: string): string {
  return `${amount} ${unit}${amount === 1 ? "" : "s"}`;
}

const EMAIL_SHAPE = /^[\p{L}\p{N}._%+'-]{1,64}@[\p{L}\p{N}.-]{1,189}$/u;
const NAME_SHAPE = /^[\p{L}\p{N}_' -]{1,100}$/u;

/**
 * A name that a stranger may have chosen. A mail of ours shows an address or plain words, and
 * nothing that a mail program would make a link of; null for anything else.
 */
export function plainName(text: string): string | null {
  return EMAIL_SHAPE.test(text) || NAME_SHAPE.test(text) ? text : null;
}
