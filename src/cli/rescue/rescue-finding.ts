// What keeps somebody out, as far as the host's shell can help.

import type { CounterRule } from "../../core/network/read-counters.ts";

export type AddressRefusal = {
  readonly kind: "address";
  readonly address: string;
  readonly surface: string;
  /** The account the request was for; null: none is known. */
  readonly account: string | null;
  readonly reason: string;
  /** The account whose rules refuse; null: the platform's. */
  readonly ruledBy: string | null;
  /** The deny entry for exactly this address; null: it is a wider one, or none. */
  readonly ownEntryId: number | null;
};

export type StandingBans = {
  readonly kind: "bans";
  readonly address: string;
  readonly count: number;
};

/** It banned the address, is enforced as before, and will ban it again at the same pace. */
export type BanningRule = {
  readonly kind: "banning-rule";
  readonly address: string;
  readonly rule: CounterRule;
  /** Where it counts; null: at every surface. */
  readonly surface: string | null;
  /** Whose rule; null: the platform's. */
  readonly account: string | null;
  readonly max: number;
  readonly windowSeconds: number;
  /** One for just this address stands on the list: no other can be put beside it. */
  readonly hasEntry: boolean;
};

export const USER_STATES = [
  "disabled",
  "locked",
  "dormant",
  "invited",
  "factor-locked",
  "factor-paused",
] as const;
export type UserTrouble = (typeof USER_STATES)[number];

export type UserRefusal = {
  readonly kind: "user";
  readonly userId: string;
  readonly email: string;
  readonly trouble: UserTrouble;
  /** When it ends by itself; null: it does not. */
  readonly until: string | null;
};

/** It refuses nobody by itself: it is what may have brought the refusals about. */
export type WaitingChange = {
  readonly kind: "waiting";
  readonly changeId: string;
  /** What was changed, and of whose rules. */
  readonly what: string;
  readonly actor: string;
  readonly goesBackAt: string;
};

export type RescueFinding =
  | AddressRefusal
  | StandingBans
  | BanningRule
  | UserRefusal
  | WaitingChange;

export function isRefusal({ kind }: RescueFinding): boolean {
  return kind !== "waiting" && kind !== "banning-rule";
}

export function describeFinding(finding: RescueFinding): string {
  switch (finding.kind) {
    case "address": {
      const { address, surface, account, reason, ruledBy } = finding;
      const place = account === null ? surface : `${surface} of ${account}`;
      const whose = ruledBy === null ? "the platform's rules" : `the rules of ${ruledBy}`;
      return `${address} is refused at ${place} by ${whose}: ${reason}`;
    }
    case "bans":
      return `${finding.address} is under ${finding.count === 1 ? "a ban" : "bans"}`;
    case "banning-rule": {
      const { address, rule, surface, account, max, windowSeconds } = finding;
      const place = surface === null ? "" : ` at ${surface}`;
      const name = rule === "rate-limit" ? "rate-limits" : rule;
      const whose = account === null ? "of the platform" : `of ${account}`;
      const times = `${max} ${COUNTED[rule]}${max === 1 ? "" : "s"} in ${windowSeconds} seconds`;
      return (
        `${address} was banned by the rule ${name} ${whose}: more than ${times}${place}. It is ` +
        "enforced, and will ban again at the same pace"
      );
    }
    case "user": {
      const until = finding.until === null ? "" : ` until ${finding.until}`;
      return `${finding.email} ${TROUBLE_WORDS[finding.trouble]}${until}`;
    }
    case "waiting": {
      const { what, actor, goesBackAt } = finding;
      return `${what}: changed by ${actor}; goes back at ${goesBackAt} unless it is confirmed`;
    }
    default:
      return finding satisfies never;
  }
}

const COUNTED: Readonly<Record<CounterRule, string>> = {
  "hard-limit": "request",
  "failed-authentication": "failed sign-in",
  "webchat-requests": "request",
  "rate-limit": "request",
};

const TROUBLE_WORDS: Readonly<Record<UserTrouble, string>> = {
  disabled: "is disabled",
  locked: "is locked after wrong passwords",
  dormant: "has not signed in for too long",
  invited: "has no password yet: print a link by `postern user link`",
  "factor-locked": "may give no second-factor codes after five wrong ones",
  "factor-paused": "may give no second-factor codes for a few minutes",
};
