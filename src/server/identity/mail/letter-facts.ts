// The facts that mails tell: when it was, from where, with what.
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
