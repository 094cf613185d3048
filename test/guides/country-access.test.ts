// The guide on access by country: allow and deny a country or region, find them, set many at once.
import { describe, expect, it } from "vitest";
import { searchCountries } from "../../src/api/country-names.ts";
import { useGuideGate } from "./start-guide-gate.ts";

const GERMAN = "5.9.1.2";
const JAPANESE = "133.11.1.2";
const BRITISH = "81.2.69.160";
const GERMAN6 = "2a01:4f8::1";
const UNKNOWN = "203.0.113.50";
const PRIVATE = "10.20.30.40";

describe("access by country", () => {
  const gate = useGuideGate();

  async function passing(): Promise<readonly string[]> {
    const clients = [GERMAN, JAPANESE, BRITISH, GERMAN6, UNKNOWN, PRIVATE];
    const answers = await Promise.all(clients.map((client) => gate.visit(client)));
    return clients.filter((_, index) => answers[index]!.realStatus === 200);
  }

  it("limits nobody until it is turned on", async () => {
    await gate.setPolicy("country", { defaultAction: "deny" });
    expect(await passing()).toHaveLength(6);
  });

  it("denies one country and leaves the others alone, over IPv4 and IPv6", async () => {
    await gate.setPolicy("country", { mode: "enforce", countries: { DE: "deny" } });
    expect(await passing()).toEqual([JAPANESE, BRITISH, UNKNOWN, PRIVATE]);
    const answer = await gate.visit(GERMAN);
    expect(answer.status).toBe(403);
    expect(await gate.running().decisionOf(answer)).toMatchObject({
      reason: "country-denied",
      country: "DE",
    });
  });

  it("allows chosen countries and denies the rest of the world", async () => {
    const countries = { JP: "allow", GB: "allow" };
    await gate.setPolicy("country", { mode: "enforce", defaultAction: "deny", countries });
    // Unknown locations and private networks stay choices of their own.
    expect(await passing()).toEqual([JAPANESE, BRITISH, UNKNOWN, PRIVATE]);
    await gate.setPolicy("country", { unknown: "deny", private: "deny" });
    expect(await passing()).toEqual([JAPANESE, BRITISH]);
  });

  it("sets many countries in one change, and takes all of it back in one", async () => {
    const countries = { DE: "deny", JP: "deny", GB: "deny" };
    await gate.setPolicy("country", { mode: "enforce", countries });
    expect(await passing()).toEqual([UNKNOWN, PRIVATE]);
    await gate.setPolicy("country", { countries: {} });
    expect(await passing()).toHaveLength(6);
  });

  it("knows regions as entries of their own and refuses codes that are none", async () => {
    const regions = { HK: "deny", MO: "deny", TW: "allow", PR: "deny" };
    expect((await gate.setPolicy("country", { countries: regions })).status).toBe(200);
    for (const code of ["XX", "de", "EU", "DEU", "unknown"]) {
      const refused = await gate.setPolicy("country", { countries: { [code]: "deny" } });
      expect(refused.status).toBe(400);
    }
  });

  it.each([
    ["ger", "DE"],
    ["hong", "HK"],
    ["JP", "JP"],
  ])("finds %s by a part of a name or a code: %s", (text, code) => {
    expect(searchCountries(text).map((found) => found.code)).toContain(code);
  });

  it("lets in, before it is turned on, the addresses that are to stay", async () => {
    const { id } = await gate.add({ range: GERMAN, action: "allow", note: "our office" });
    await gate.setPolicy("country", { mode: "enforce", countries: { DE: "deny" } });
    expect(await passing()).toEqual([GERMAN, JAPANESE, BRITISH, UNKNOWN, PRIVATE]);
    await gate.must("DELETE", `/api/v1/entries/${id}`);
    expect((await gate.visit(GERMAN)).realStatus).toBe(403);
  });

  it("can be watched before it is enforced", async () => {
    await gate.setPolicy("country", { mode: "monitor", countries: { DE: "deny" } });
    expect(await passing()).toHaveLength(6);
    const explained = await gate.must("GET", `/api/v1/explain?address=${GERMAN}`);
    expect(explained).toMatchObject({ verdict: "pass", monitored: "country-denied" });
  });
});
