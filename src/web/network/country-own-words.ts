// Where one is oneself, and what rules of countries do there, saved or not, in words.
import type { Location } from "../../core/network/iso-3166.ts";
import type { CountryRule } from "../../core/network/network-policy.ts";
import { actionOf, describeAction } from "./country-draft.ts";
import { nameOfPlace } from "./name-of-place.ts";

type OwnLocation = {
  readonly address: string;
  readonly country: Location;
  /** An allow entry covers the address on this layer: no country rule holds for it. */
  readonly isExempt: boolean;
};

type Rules = { readonly saved: CountryRule; readonly draft: CountryRule };

function refusesOwn(rule: CountryRule, { country, isExempt }: OwnLocation): boolean {
  return !isExempt && rule.mode === "enforce" && actionOf(rule, country) === "deny";
}

/** What is refused as it is saved is no question any more: the server asks about it once. */
export function newlyRefusesOwn({ saved, draft }: Rules, own: OwnLocation): boolean {
  return refusesOwn(draft, own) && !refusesOwn(saved, own);
}

const BEFORE_IT_IS_ON =
  " Before you turn this on, allow your own addresses, so that you do not lock yourself out by " +
  "accident.";

export type OwnWords = { readonly title: string | null; readonly text: string };

/** A title where one is refused. The guide's advice: allow your own addresses before it is on. */
export function tellOwnPlace({ saved, draft }: Rules, own: OwnLocation): OwnWords {
  const where = `You are at ${own.address}, ${nameOfPlace(own.country)}`;
  if (refusesOwn(draft, own)) {
    return refusesOwn(saved, own)
      ? {
          title: "This refuses you",
          text: `${where}, which is denied as it is saved. Allow your own address to pass again.`,
        }
      : {
          title: "This would refuse you",
          text: `${where}, which is denied. Allow your own address before you save.`,
        };
  }
  const holds = own.isExempt
    ? "on an allow entry, so no country rule holds for you."
    : `${describeAction(actionOf(draft, own.country))} by these rules.`;
  const advice = saved.mode === "enforce" ? "" : BEFORE_IT_IS_ON;
  return { title: null, text: `${where}: ${holds}${advice}` };
}
