// What a provider's fields are told as one types: what is accepted, of which kind.
import { describe, expect, it } from "vitest";
import { newDraft } from "./provider-draft.ts";
import type { ProviderDraft } from "./provider-draft.ts";
import {
  clientIdFault,
  codeFault,
  factorAcrsFault,
  issuerFault,
  privateHostsFault,
  providerNameFault,
  secretFault,
  tenantFault,
  tenantsFault,
} from "./provider-faults.ts";

const ID = "72f988bf-86f1-41af-91ab-2d7cd011db47";
const oidc = (change: Partial<ProviderDraft>) => ({ ...newDraft("oidc", []), ...change });
const entra = (change: Partial<ProviderDraft>) => ({ ...newDraft("microsoft", []), ...change });

describe("a provider's fields", () => {
  it.each([
    [codeFault("google", []), null],
    [codeFault("google", ["google"]), /already/],
    [codeFault("new", []), /kept/],
    [codeFault("platform", []), /kept/],
    [codeFault("Not good", []), /Lower-case/],
    [providerNameFault("Google"), null],
    [providerNameFault("  "), /1 to 40/],
    [providerNameFault("x".repeat(41)), /1 to 40/],
    [clientIdFault(" "), /Copy it/],
    [clientIdFault("x"), null],
    [secretFault("", false), null],
    [secretFault(" ", true), /Enter/],
    [secretFault("x", true), null],
    [issuerFault(oidc({ issuer: "https://login.example.com" }), true), null],
    [issuerFault(oidc({ issuer: "login.example.com" }), true), /begins with https/],
    [issuerFault(oidc({ issuer: "http://10.0.0.7:8080" }), true), /10\.0\.0\.7 below/],
    [issuerFault(oidc({ issuer: "http://10.0.0.7:8080" }), false), /operators can allow/],
    [issuerFault(oidc({ issuer: "http://10.0.0.7", privateHosts: "10.0.0.7" }), true), null],
    [issuerFault({ ...newDraft("google", []), issuer: "anything" }, true), null],
    [tenantFault(entra({ tenant: ID })), null],
    [tenantFault(entra({ tenant: "" })), /A tenant is/],
    [tenantFault(entra({ tenant: "", audience: "common" })), null],
    [tenantsFault(entra({ tenants: "contoso.com", audience: "common" })), /contoso\.com: .*id/],
    [tenantsFault(entra({ tenants: `${ID}\n`, audience: "common" })), null],
    [tenantsFault(entra({ tenants: "contoso.com" })), null],
    [privateHostsFault(oidc({ privateHosts: "10.0.0.7\nkeycloak.internal" })), null],
    [privateHostsFault(oidc({ privateHosts: "https://keycloak" })), /without https/],
    [privateHostsFault(oidc({ privateHosts: "a\n".repeat(11) })), /At most 10/],
    [factorAcrsFault(oidc({ factorAcrs: "urn:gold" })), null],
    [factorAcrsFault(oidc({ factorAcrs: "a\n".repeat(21) })), /At most 20/],
  ])("say what is accepted: %#", (fault, expected) => {
    if (expected === null) expect(fault).toBeNull();
    else expect(fault).toMatch(expected);
  });
});
