// What can be done about each refusal, the mildest first.

import type { PolicySection } from "../../core/network/network-policy.ts";
import type { CounterRule } from "../../core/network/read-counters.ts";
import type {
  AddressRefusal,
  BanningRule,
  RescueFinding,
  UserRefusal,
  WaitingChange,
} from "./rescue-finding.ts";

export type RescueAct =
  | { readonly kind: "release-bans"; readonly address: string }
  | { readonly kind: "allow"; readonly range: string; readonly account: string | null }
  | {
      readonly kind: "remove-entry";
      readonly entryId: number;
      readonly account: string | null;
    }
  | {
      readonly kind: "monitor";
      readonly section: MonitoredSection;
      readonly account: string | null;
    }
  | { readonly kind: "take-back"; readonly changeId: string }
  | { readonly kind: "release-user"; readonly userId: string }
  | { readonly kind: "enable-user"; readonly userId: string };

export type MonitoredSection = Extract<
  PolicySection,
  "address-lists" | "country" | "failed-authentication" | "webchat-requests" | "rate-limits"
>;

export type RescueOffer = {
  readonly words: string;
  /** It lets others in as well: a rule is for everybody. */
  readonly isForOthersToo: boolean;
  readonly act: RescueAct;
};

/**
 * Each act once: first to take back what waits to be confirmed, then what helps only the one, then
 * what helps others too.
 */
export function offersFor(findings: readonly RescueFinding[]): readonly RescueOffer[] {
  const offers = new Map<string, RescueOffer>();
  for (const offer of findings.flatMap(offersForOne)) offers.set(keyOfAct(offer.act), offer);
  return [...offers.values()].toSorted((a, b) => rankOf(a) - rankOf(b));
}

function rankOf({ act, isForOthersToo }: RescueOffer): number {
  if (act.kind === "take-back") return 0;
  return isForOthersToo ? 2 : 1;
}

export function keyOfAct(act: RescueAct): string {
  return JSON.stringify(act);
}

function offersForOne(finding: RescueFinding): readonly RescueOffer[] {
  switch (finding.kind) {
    case "bans":
      return [releaseBans(finding.address)];
    case "banning-rule":
      return offersForRule(finding);
    case "user":
      return offersForUser(finding);
    case "address":
      return offersForAddress(finding);
    case "waiting":
      return [takeBack(finding)];
    default:
      return finding satisfies never;
  }
}

function offersForUser({ userId, email, trouble }: UserRefusal): readonly RescueOffer[] {
  switch (trouble) {
    case "disabled":
      return [forOne(`enable ${email} again`, { kind: "enable-user", userId })];
    case "locked":
    case "dormant":
    case "factor-locked":
    case "factor-paused": {
      const words = `release ${email}: wrong passwords and codes count anew`;
      return [forOne(words, { kind: "release-user", userId })];
    }
    case "invited":
      return [];
    default:
      return trouble satisfies never;
  }
}

function offersForAddress(refusal: AddressRefusal): readonly RescueOffer[] {
  const { address, reason, ownEntryId } = refusal;
  switch (reason) {
    case "banned":
      return [releaseBans(address)];
    case "on-deny-list":
      // A range stands on a list once: the same one cannot be allowed beside it.
      return ownEntryId === null
        ? [allow(refusal), monitor(refusal, "address-lists")]
        : [removeEntry(refusal, ownEntryId)];
    case "on-subscribed-list":
      return [allow(refusal)];
    case "country-denied":
      return [allow(refusal), monitor(refusal, "country")];
    case "over-webchat-limit":
      return [allow(refusal), monitor(refusal, "webchat-requests")];
    case "over-rate-limit":
      return [allow(refusal), monitor(refusal, "rate-limits")];
    default:
      // The hard limit is never off; it passes by itself within a minute.
      return [];
  }
}

/** Whoever is allowed is not counted for a ban; the hard limit then only slows. */
function offersForRule({ address, rule, account, hasEntry }: BanningRule): readonly RescueOffer[] {
  const of = { address, ruledBy: account };
  const section = SECTION_OF[rule];
  return [...(hasEntry ? [] : [allow(of)]), ...(section === null ? [] : [monitor(of, section)])];
}

/** Null: it is never off. */
const SECTION_OF: Readonly<Record<CounterRule, MonitoredSection | null>> = {
  "hard-limit": null,
  "failed-authentication": "failed-authentication",
  "webchat-requests": "webchat-requests",
  "rate-limit": "rate-limits",
};

type Ruled = Pick<AddressRefusal, "address" | "ruledBy">;

function removeEntry({ address, ruledBy }: AddressRefusal, entryId: number): RescueOffer {
  const words = `remove the deny entry ${address}${ofOwner(ruledBy)}`;
  return forOne(words, { kind: "remove-entry", entryId, account: ruledBy });
}

function takeBack({ changeId, what }: WaitingChange): RescueOffer {
  const words = `take back the change of ${what}`;
  return { words, isForOthersToo: true, act: { kind: "take-back", changeId } };
}

function releaseBans(address: string): RescueOffer {
  return forOne(`release all bans of ${address}`, { kind: "release-bans", address });
}

function allow({ address, ruledBy }: Ruled): RescueOffer {
  const words = `allow ${address} for an hour${ofOwner(ruledBy)}`;
  return forOne(words, { kind: "allow", range: address, account: ruledBy });
}

function monitor({ ruledBy }: Pick<Ruled, "ruledBy">, section: MonitoredSection): RescueOffer {
  return {
    words: `set the rule ${section} to monitor, for everybody${ofOwner(ruledBy)}`,
    isForOthersToo: true,
    act: { kind: "monitor", section, account: ruledBy },
  };
}

function ofOwner(account: string | null): string {
  return account === null ? "" : `, in ${account}`;
}

function forOne(words: string, act: RescueAct): RescueOffer {
  return { words, isForOthersToo: false, act };
}
