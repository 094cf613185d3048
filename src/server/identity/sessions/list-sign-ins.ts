// Lists a user's latest sign-ins, and those that were refused, from the journal.
import type { SignInEventListAnswer } from "../../../api/sessions-api.ts";
import { describeDevice } from "../../../core/identity/describe-device.ts";
import type { Journal, JournalEvent } from "../../journal/index.ts";
import { toTimeText } from "./session-route-parts.ts";

const SIGN_INS_MAX = 50;

type SignInEvents = SignInEventListAnswer["signIns"];

/** Newest first; as far back as the journal goes. */
export async function listSignIns(
  journal: Pick<Journal, "listEvents">,
  userId: string,
): Promise<SignInEvents> {
  const page = { after: null, limit: SIGN_INS_MAX };
  const [signedIn, refused] = await Promise.all([
    journal.listEvents({ kind: "sign-in", userId }, page),
    journal.listEvents({ kind: "sign-in-refused", userId }, page),
  ]);
  return [...signedIn.events, ...refused.events]
    .toSorted((a, b) => b.lastAtMs - a.lastAtMs)
    .slice(0, SIGN_INS_MAX)
    .map(toAnswer);
}

function toAnswer(event: JournalEvent): SignInEvents[number] {
  const { userAgent } = event.detail;
  return {
    at: toTimeText(event.lastAtMs),
    outcome: event.kind === "sign-in" ? "signed-in" : "refused",
    reason: event.reason ?? "",
    address: event.address ?? "",
    country: event.country ?? "unknown",
    device: describeDevice(typeof userAgent === "string" ? userAgent : ""),
  };
}
