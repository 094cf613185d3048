// Holds what is said of one's own address beside rules of countries: of what is, or would be.
import { describe, expect, it } from "vitest";
import { ACCOUNT_POLICY_DEFAULT } from "../../core/network/network-policy.ts";
import type { CountryRule } from "../../core/network/network-policy.ts";
import { newlyRefusesOwn, tellOwnPlace } from "./country-own-words.ts";

const OFF: CountryRule = ACCOUNT_POLICY_DEFAULT.country;
const ON: CountryRule = { ...OFF, mode: "enforce" };
const DENIED: CountryRule = { ...ON, countries: { GB: "deny" } };
const HERE = { address: "192.0.2.1", country: "GB", isExempt: false } as const;

describe("tellOwnPlace", () => {
  it.each([
    [
      "would",
      ON,
      DENIED,
      "This would refuse you",
      /, which is denied\. Allow .* before you save\.$/,
    ],
    [
      "does",
      DENIED,
      DENIED,
      "This refuses you",
      /, which is denied as it is saved\. Allow .* pass/,
    ],
    ["did", DENIED, ON, null, /: allowed by these rules\.$/],
    ["is off", OFF, OFF, null, /allowed by these rules\. Before you turn this on, allow your own/],
    ["only records", ON, { ...DENIED, mode: "monitor" }, null, /: denied by these rules\.$/],
  ] as const)("%s", (_, saved, draft, title, text) => {
    const said = tellOwnPlace({ saved, draft }, HERE);
    expect(said.title).toBe(title);
    expect(said.text).toMatch(/^You are at 192\.0\.2\.1, United Kingdom \(GB\)/);
    expect(said.text).toMatch(text);
    if (saved.mode === "enforce" && draft === saved) expect(said.text).not.toContain("you save");
  });

  it("says of an allow entry that no country rule holds", () => {
    const said = tellOwnPlace({ saved: DENIED, draft: DENIED }, { ...HERE, isExempt: true });
    expect(said).toEqual({
      title: null,
      text:
        "You are at 192.0.2.1, United Kingdom (GB): on an allow entry, so no country rule holds " +
        "for you.",
    });
  });
});

it("newlyRefusesOwn where the rules refuse and did not before", () => {
  expect(newlyRefusesOwn({ saved: ON, draft: DENIED }, HERE)).toBe(true);
  expect(newlyRefusesOwn({ saved: DENIED, draft: DENIED }, HERE)).toBe(false);
  expect(newlyRefusesOwn({ saved: ON, draft: DENIED }, { ...HERE, isExempt: true })).toBe(false);
  expect(newlyRefusesOwn({ saved: OFF, draft: { ...DENIED, mode: "monitor" } }, HERE)).toBe(false);
});
