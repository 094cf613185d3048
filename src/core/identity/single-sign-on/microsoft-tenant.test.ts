// Checks which texts are tenants of Microsoft's, and the issuers they make.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  issuerOfTenant,
  parseMicrosoftTenant,
  parseMicrosoftTenantId,
} from "./microsoft-tenant.ts";

const ID = "72f988bf-86f1-41af-91ab-2d7cd011db47";

describe("a tenant", () => {
  it.each([
    ["common", "common"],
    ["organizations", "organizations"],
    [" Organizations ", "organizations"],
    [ID, ID],
    [ID.toUpperCase(), ID],
    ["example.onmicrosoft.com", "example.onmicrosoft.com"],
    ["Example.COM", "example.com"],
    ["xn--bcher-kva.example", "xn--bcher-kva.example"],
  ])("%j is %j", (text, tenant) => {
    expect(parseMicrosoftTenant(text)).toEqual({ ok: true, tenant });
  });

  it.each([
    ["", "A tenant is its id"],
    ["organisations", "A tenant is its id"],
    ["example", "A tenant is its id"],
    ["{72f988bf-86f1-41af-91ab-2d7cd011db47}", "A tenant is its id"],
    [ID.replaceAll("-", ""), "A tenant is its id"],
    [`${ID}/v2.0`, "A tenant is its id"],
    ["example.com/../common", "A tenant is its id"],
    ["example..com", "A tenant is its id"],
    [".example.com", "A tenant is its id"],
    ["example.com.", "A tenant is its id"],
    ["-a.example.com", "A tenant is its id"],
    ["example.com?x=1", "A tenant is its id"],
    ["ada@example.com", "A tenant is its id"],
    ["10.0.0.7", "A tenant is its id"],
    ["common\n", "A tenant is its id"],
    ["bücher.example", "A tenant is its id"],
    ["\u212Aelvin.example", "A tenant is its id"],
    [`${"a.".repeat(126)}example`, "A tenant is its id"],
    ["consumers", "personal accounts only"],
    [" Consumers", "personal accounts only"],
    ["9188040d-6c67-4c5b-b112-36a304b66dad", "personal accounts only"],
  ])("is not %j", (text, words) => {
    expect(parseMicrosoftTenant(text)).toEqual({
      ok: false,
      reason: expect.stringContaining(words),
    });
  });

  it("that is let in is named by its id alone", () => {
    expect(parseMicrosoftTenantId(` ${ID.toUpperCase()} `)).toEqual({ ok: true, tenant: ID });
    for (const text of ["common", "organizations", "example.com", "", `${ID}x`, ` ${ID}\t`]) {
      const reason = expect.stringContaining("named by their id");
      expect(parseMicrosoftTenantId(text)).toEqual({ ok: false, reason });
    }
  });

  it("makes one issuer of Microsoft's, with nothing of its own in it", () => {
    expect(issuerOfTenant("common")).toBe("https://login.microsoftonline.com/common/v2.0");
    const typed = fc.oneof(fc.string(), fc.uuid(), fc.domain());
    fc.assert(
      fc.property(typed, (text) => {
        const outcome = parseMicrosoftTenant(text);
        if (!outcome.ok) return;
        const { tenant } = outcome;
        const url = new URL(issuerOfTenant(tenant));
        expect(url.href).toBe(`https://login.microsoftonline.com/${tenant}/v2.0`);
        expect(parseMicrosoftTenant(tenant)).toEqual(outcome);
      }),
    );
  });
});
