// Says what the anti-hacking rules do, in sentences with their numbers.
import { banDurationSeconds } from "../../core/network/ban-duration.ts";
import type {
  BanRule,
  FailedAuthenticationRule,
  Mode,
  WebchatRequestsRule,
} from "../../core/network/network-policy.ts";
import { describeOrdinal, describeSpan } from "./describe-span.ts";

export function describeAuthenticationRule(rule: FailedAuthenticationRule, ban: BanRule): string {
  if (rule.mode === "off") return "Failed authentications are not counted.";
  const nth = `The ${describeOrdinal(rule.offencesMax + 1)} failed authentication`;
  const what = `${nth} from one address within ${describeSpan(rule.windowSeconds)}`;
  return describeBan(what, rule.mode, { ban, place: "the surface it failed on" });
}

export function describeWebchatRule(rule: WebchatRequestsRule, ban: BanRule): string {
  if (rule.mode === "off") return "Web chat requests are not counted.";
  const nth = `The ${describeOrdinal(rule.requestsMax + 1)} web chat request`;
  const what = `${nth} from one address within ${describeSpan(rule.windowSeconds)}`;
  return describeBan(what, rule.mode, { ban, place: "web chat" });
}

function describeBan(
  what: string,
  mode: Exclude<Mode, "off">,
  { ban, place }: { readonly ban: BanRule; readonly place: string },
): string {
  if (mode === "monitor") return `${what} is recorded; nobody is put in the blacklist.`;
  const where = ban.scope === "everywhere" ? "everywhere" : `from ${place} only`;
  return (
    `${what} puts the address in the blacklist for ${describeSpan(ban.durationSeconds)}, ` +
    `${where}.`
  );
}

const REPEATS_SHOWN_MAX = 6;

/** "30 minutes, then 1 hour, 2 hours … up to 7 days"; null while it does not escalate. */
export function describeEscalation(ban: BanRule): string | null {
  if (!ban.escalation.enabled) return null;
  const spans: number[] = [];
  for (let repeats = 0; repeats < REPEATS_SHOWN_MAX; repeats += 1) {
    const seconds = banDurationSeconds(ban, repeats);
    if (spans.at(-1) === seconds) break;
    spans.push(seconds);
  }
  const [first, ...others] = spans.map(describeSpan);
  const longest = ban.escalation.durationSecondsMax;
  if (others.length === 0) return `Every ban lasts ${first}: that is already the longest.`;
  const isReached = spans.at(-1) === longest;
  const end = isReached ? "and no longer" : `and so on, up to ${describeSpan(longest)}`;
  return `${first}, then ${others.join(", ")}, ${end}.`;
}
