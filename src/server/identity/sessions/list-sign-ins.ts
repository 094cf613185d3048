// Lists a user's latest sign-ins, and those that were refused or not finished, from the journal.
import type { SignInEventListAnswer } from "../../../api/sessions-api.ts";
import { describeDevice } from "../../../core/identity/describe-device.ts";
import { STAGE_MS_MAX } from "../../../core/identity/sign-in-stage.ts";
import type { Journal, JournalEvent } from "../../journal/index.ts";
import { toTimeText } from "./session-route-parts.ts";

const SIGN_INS_MAX = 50;

type SignInEvents = SignInEventListAnswer["signIns"];

const OUTCOMES = {
  "sign-in": "signed-in",
  "sign-in-refused": "refused",
  // Password or provider was right: whoever did that without being the user has it.
  "sign-in-begun": "asked",
  "second-factor-refused": "refused",
  "second-factor-locked": "refused",
} as const;

type SignInKind = keyof typeof OUTCOMES;

const KINDS = Object.keys(OUTCOMES) as readonly SignInKind[];

/** Newest first; as far back as the journal goes. */
export async function listSignIns(
  journal: Pick<Journal, "listEvents">,
  userId: string,
): Promise<SignInEvents> {
  const page = { after: null, limit: SIGN_INS_MAX };
  const pages = await Promise.all(KINDS.map((kind) => journal.listEvents({ kind, userId }, page)));
  const events = pages.flatMap((one) => one.events);
  return events
    .filter((event) => event.kind !== "sign-in-begun" || !isFinished(event, events))
    .toSorted((a, b) => b.lastAtMs - a.lastAtMs)
    .slice(0, SIGN_INS_MAX)
    .map(toAnswer);
}

/** Two stages may take their whole time, one after the other. */
const FINISHED_MS_MAX = 2 * STAGE_MS_MAX;

/** One that went on to a whole sign-in is told by that one. */
function isFinished(asked: JournalEvent, events: readonly JournalEvent[]): boolean {
  return events.some(
    (event) =>
      event.kind === "sign-in" &&
      event.address === asked.address &&
      event.detail.userAgent === asked.detail.userAgent &&
      event.lastAtMs >= asked.lastAtMs &&
      event.lastAtMs - asked.lastAtMs <= FINISHED_MS_MAX,
  );
}

function toAnswer(event: JournalEvent): SignInEvents[number] {
  const { userAgent, provider } = event.detail;
  return {
    at: toTimeText(event.lastAtMs),
    outcome: OUTCOMES[event.kind as SignInKind],
    reason: event.reason ?? "",
    provider: typeof provider === "string" ? provider : null,
    address: event.address ?? "",
    country: event.country ?? "unknown",
    device: describeDevice(typeof userAgent === "string" ? userAgent : ""),
  };
}
