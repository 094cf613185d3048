// What keeps somebody out, as far as the host's shell can help.

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

export type RescueFinding = AddressRefusal | StandingBans | UserRefusal | WaitingChange;

export function isRefusal({ kind }: RescueFinding): boolean {
  return kind !== "waiting";
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

const TROUBLE_WORDS: Readonly<Record<UserTrouble, string>> = {
  disabled: "is disabled",
  locked: "is locked after wrong passwords",
  dormant: "has not signed in for too long",
  invited: "has no password yet: print a link by `postern user link`",
  "factor-locked": "may give no second-factor codes after five wrong ones",
  "factor-paused": "may give no second-factor codes for a few minutes",
};
