// What a schema cannot say about a rule: how its values must fit each other and the hard limit.

import { HARD_LIMIT, LIMITED_SURFACES } from "./network-policy.ts";
import { comparablePrefix } from "./surface-routes.ts";
import type { BanRule, RateLimit, RateLimitsRule, RoutesRule } from "./network-policy.ts";

/** `path` is a JSON pointer into the section; `message` says what is accepted. */
export type PolicyFault = { readonly path: string; readonly message: string };

/** A limit looser than the hard limit would never bind, so it is refused (guide, "hard limits"). */
export function checkRateLimits(rule: RateLimitsRule): readonly PolicyFault[] {
  return LIMITED_SURFACES.flatMap((surface) => {
    const fault = looserThanHardLimit(rule[surface]);
    return fault === null ? [] : [{ path: `/${surface}/requestMaxCount`, message: fault }];
  });
}

function looserThanHardLimit(limit: RateLimit): string | null {
  const perSecond = HARD_LIMIT.requestsMax / HARD_LIMIT.windowSeconds;
  if (limit.requestMaxCount <= perSecond * limit.requestMaxSeconds) return null;
  const most = perSecond * limit.requestMaxSeconds;
  return (
    `The platform's hard limit is ${HARD_LIMIT.requestsMax} requests in ` +
    `${HARD_LIMIT.windowSeconds} seconds (${perSecond} a second). In ` +
    `${secondsOf(limit.requestMaxSeconds)} at most ${most} requests may be allowed; ` +
    `${limit.requestMaxCount} would never bind.`
  );
}

function secondsOf(count: number): string {
  return count === 1 ? "1 second" : `${count} seconds`;
}

export function checkBanRule(rule: BanRule): readonly PolicyFault[] {
  const { enabled, durationSecondsMax } = rule.escalation;
  if (!enabled || durationSecondsMax >= rule.durationSeconds) return [];
  return [
    {
      path: "/escalation/durationSecondsMax",
      message:
        `The longest escalated ban must be at least the blacklist time interval ` +
        `(${secondsOf(rule.durationSeconds)}).`,
    },
  ];
}

/** Hosts are names or `*`; a host and prefix may be given once. */
export function checkRoutes(rule: RoutesRule): readonly PolicyFault[] {
  const seen = new Map<string, number>();
  return rule.routes.flatMap((route, index) => {
    const faults: PolicyFault[] = [];
    if (!isRouteHost(route.host)) {
      faults.push({
        path: `/routes/${index}/host`,
        message:
          "Give a lower-case host name without scheme, port or final dot, or * for all others.",
      });
    }
    if (!isRoutePrefix(route.pathPrefix)) {
      faults.push({
        path: `/routes/${index}/pathPrefix`,
        message:
          "Give a path that starts with / and has no dot segments, doubled slashes, " +
          "percent-encoding, query or fragment.",
      });
    }
    const key = `${route.host} ${comparablePrefix(route.pathPrefix)}`;
    const first = seen.get(key);
    if (first !== undefined) {
      faults.push({
        path: `/routes/${index}`,
        message: `The same host and path prefix stand in route ${first}; each may be given once.`,
      });
    }
    seen.set(key, index);
    return faults;
  });
}

function isRouteHost(host: string): boolean {
  if (host === "*") return true;
  return host.length <= 253 && /^[a-z0-9_-]+(?:\.[a-z0-9_-]+)*$/.test(host);
}

function isRoutePrefix(prefix: string): boolean {
  if (prefix.length > 1024 || !/^\/[A-Za-z0-9/_.~!$&'()*+,=:@-]*$/.test(prefix)) return false;
  return !prefix.includes("//") && !/(?:^|\/)\.{1,2}(?:\/|$)/.test(prefix);
}
