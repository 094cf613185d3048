// Who called, as far as it is known.
import { groupDigits } from "../accounts/group-digits.ts";

/** @param caller empty: there is none, withheld or not told by the system that recorded it */
export function callerName(caller: string): string {
  return caller === "" ? "no caller number" : groupDigits(caller);
}

/** As `callerName`, within a sentence. */
export function callFrom(caller: string): string {
  return caller === "" ? "call with no caller number" : `call from ${groupDigits(caller)}`;
}
