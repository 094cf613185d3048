// Checks that the effective policy says of each country what the gate decides.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { accountPolicy, platformPolicy } from "../../../test/network/example-network.ts";
import { compileLayer, compilePolicy } from "./compiled-policy.ts";
import { decideNetwork } from "./decide-network.ts";
import { effectiveRules } from "./effective-rules.ts";
import { LOCATIONS } from "./iso-3166.ts";
import { emptyNetworkFacts } from "./network-facts.ts";
import type { CountryRule } from "./network-policy.ts";
import { NETWORK_STEPS } from "./network-steps.ts";

const action = fc.constantFrom("allow" as const, "deny" as const);
const rules: fc.Arbitrary<CountryRule> = fc.record({
  mode: fc.constantFrom("off" as const, "monitor" as const, "enforce" as const),
  defaultAction: action,
  countries: fc.dictionary(fc.constantFrom("AQ", "DE", "HK", "US"), action),
  unknown: action,
  private: action,
});

describe("the effective policy", () => {
  it("refuses exactly the countries that the gate refuses, and says by which layer first", () => {
    fc.assert(
      fc.property(rules, rules, (ofPlatform, ofAccount) => {
        const platform = { ...platformPolicy(), country: ofPlatform };
        const account = { ...accountPolicy(), country: ofAccount };
        const refused = new Map(
          effectiveRules(platform, account).countries.map((row) => [row.country, row.refusedBy]),
        );
        const compiled = compilePolicy(platform);
        const context = { account: compileLayer(account), nowMs: 0 };
        LOCATIONS.forEach((country, index) => {
          const facts = { ...emptyNetworkFacts(), country: index, hasAccount: true };
          const decision = decideNetwork(facts, compiled, context);
          const refusedBy = refused.get(country);
          expect(decision.verdict).toBe(refusedBy === undefined ? "pass" : "refuse");
          if (refusedBy === undefined) return;
          const layer = refusedBy === "account" ? "account" : "platform";
          expect(NETWORK_STEPS[decision.step]!.layer).toBe(layer);
        });
      }),
      { numRuns: 50 },
    );
  });

  it("tells both layers where both refuse, and the account's own limits", () => {
    const denied = {
      ...platformPolicy().country,
      mode: "enforce",
      countries: { AQ: "deny" },
    } as const;
    const platform = { ...platformPolicy(), country: denied };
    const own = { ...denied, countries: { AQ: "deny", BV: "deny" } } as const;
    const account = { ...accountPolicy(), country: own };
    const effective = effectiveRules(platform, account);
    expect(effective.countries).toEqual([
      { country: "AQ", refusedBy: "both" },
      { country: "BV", refusedBy: "account" },
    ]);
    expect(effective.rateLimits).toEqual(account["rate-limits"]);
    expect(effective.platform.hardLimit).toEqual({
      requestsMax: 600,
      windowSeconds: 60,
      exemptAllowEntries: false,
    });
  });
});
