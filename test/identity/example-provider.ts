// A provider as the API tells it, for the tests of words and forms.
import type { ProviderAnswer } from "../../src/api/provider-api.ts";

const AT = "2027-03-04T09:30:00.000Z";

export function exampleProvider(change: Partial<ProviderAnswer>): ProviderAnswer {
  return {
    id: "work",
    account: null,
    kind: "google",
    name: "Company log-in",
    issuer: "https://login.example.com",
    tenant: null,
    tenants: [],
    clientId: "postern",
    hasSecret: true,
    factorAcrs: [],
    privateHosts: [],
    signsOut: false,
    isEnabled: false,
    redirectUri: "https://portal.example.com/postern/sso/work/callback",
    connections: 0,
    onlyWayIn: 0,
    version: 1,
    createdAt: AT,
    changedAt: AT,
    changedBy: "grace@example.com",
    ...change,
  };
}
