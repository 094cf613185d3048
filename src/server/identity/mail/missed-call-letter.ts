// The words of the mail about a missed call: who called, and where the recording is heard.
import type { Letter } from "./letter.ts";
import { durationText, plainName, timeText } from "./letter-facts.ts";
import type { MissedCallData } from "./mail-content.ts";

const PHONE_SHAPE = /^\+?[0-9][0-9 ()./-]{1,40}$/;

/**
 * Without audio: mails are forwarded, and the link asks each listener anew (guide "Audio
 * Download"). The words hold in every access mode, also in one that is chosen after the mail.
 */
export function missedCallWords(
  data: MissedCallData,
  { portalName }: { readonly portalName: string },
): Omit<Letter, "footer"> {
  const { number, label, caller, recordedAtMs, durationMs, url } = data;
  const name = plainName(label);
  return {
    subject: `Missed call on ${number}`,
    before: [
      `Somebody called ${number}, was not answered, and was recorded. You get this mail because ` +
        `${portalName} has you as a user who may hear the recordings of this number.`,
    ],
    action: { label: "Listen to the recording", url },
    facts: [
      ["Number", name === null ? number : `${number} (${name})`],
      ["Caller", callerText(caller)],
      ["Recorded", timeText(recordedAtMs)],
      ["Length", durationText(durationMs)],
    ],
    after: [
      "The recording is not in this mail. Who may hear it is decided anew each time the link is " +
        "opened: by the rules of the account that the number belongs to, and, for whoever is " +
        "signed in, by the numbers that they are granted. You may be asked to sign in first.",
      "Whoever you forward this mail to gets the link and none of your rights. Only where the " +
        "account has set no restrictions does everybody who has the link hear the recording.",
    ],
  };
}

/** It comes from the telephone network, where a caller can say anything. */
function callerText(caller: string): string {
  if (caller === "") return "withheld";
  if (PHONE_SHAPE.test(caller)) return caller;
  return plainName(caller) ?? "one without a plain name";
}
