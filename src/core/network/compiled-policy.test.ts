// Checks that a compiled policy says the same as the policy it was made from.
import { describe, expect, it } from "vitest";
import { accountPolicy, platformPolicy } from "../../../test/network/example-network.ts";
import { compileLayer, compilePolicy } from "./compiled-policy.ts";
import { LOCATIONS, PRIVATE_INDEX, UNKNOWN_INDEX } from "./iso-3166.ts";
import type { CountryRule } from "./network-policy.ts";
import { SURFACES } from "./surface.ts";

function deniedBy(change: Partial<CountryRule>): readonly string[] {
  const country = { ...accountPolicy().country, ...change };
  const { deniedCountries } = compileLayer(accountPolicy({ country }));
  return LOCATIONS.filter((_, index) => deniedCountries[index] === 1);
}

describe("compiled countries", () => {
  it("deny none by default", () => {
    expect(deniedBy({})).toEqual([]);
  });

  it("take the default action where they are not named, but for unknown and private", () => {
    const denied = deniedBy({ defaultAction: "deny", countries: { PR: "allow", HK: "allow" } });
    expect(denied).toHaveLength(LOCATIONS.length - 4);
    for (const passing of ["PR", "HK", "unknown", "private"]) expect(denied).not.toContain(passing);
  });

  it("deny exactly those named against an allowing default", () => {
    const countries = { TW: "deny", MO: "deny", US: "allow" } as const;
    expect([...deniedBy({ countries })].toSorted()).toEqual(["MO", "TW"]);
  });

  it.each([
    [{ unknown: "deny" }, UNKNOWN_INDEX],
    [{ private: "deny" }, PRIVATE_INDEX],
  ] as const)("deny only what %j says", (change, index) => {
    expect(deniedBy(change)).toEqual([LOCATIONS[index]]);
  });
});

describe("compiled limits", () => {
  it("stand at the index of their surface; those that are off are not there", () => {
    const standing = accountPolicy()["rate-limits"];
    const limits = { ...standing, api: { ...standing.api, mode: "monitor" } } as const;
    const { rateLimits } = compileLayer(accountPolicy({ "rate-limits": limits }));
    const compiled = Object.fromEntries(SURFACES.map((name, index) => [name, rateLimits[index]]));
    expect(compiled).toEqual({
      portal: null,
      api: limits.api,
      "sign-in": null,
      webchat: null,
      audio: limits.audio,
    });
  });

  it("carry over every other rule unchanged", () => {
    const policy = platformPolicy({ "hard-limit": { exemptAllowEntries: true } });
    expect(compilePolicy(policy)).toMatchObject({
      failedAuthentication: policy["failed-authentication"],
      webchatRequests: policy["webchat-requests"],
      ban: policy.ban,
      hardLimit: { exemptAllowEntries: true },
      platform: { listsMode: "enforce", countryMode: "off" },
    });
  });
});
