// A provider's draft: what is sent of it, when the secret is asked for again, what a code becomes.
import { describe, expect, it } from "vitest";
import type { ProviderAnswer } from "../../../api/provider-api.ts";
import { isAccountCode } from "../../../core/accounts/account.ts";
import { exampleProvider as example } from "../../../../test/identity/example-provider.ts";
import {
  demandsSecret,
  freeCode,
  movesIssuer,
  namesOf,
  newDraft,
  newProviderBody,
  providerPatch,
  redirectUriFault,
  redirectUriFor,
  toDraft,
} from "./provider-draft.ts";
import type { ProviderDraft } from "./provider-draft.ts";

const SECRET = { clientId: "id", clientSecret: " s3cret\n" };

describe("the body of a new provider", () => {
  it("has what its kind has, and starts off", () => {
    const google = newProviderBody({ ...newDraft("google", []), ...SECRET, issuer: "left over" });
    expect(google).toEqual({
      code: "google",
      kind: "google",
      name: "Google",
      clientId: "id",
      clientSecret: "s3cret",
      isEnabled: false,
      factorAcrs: [],
      signsOut: false,
    });
    const draft = { ...newDraft("microsoft", []), ...SECRET, tenants: "one\n\n two ", tenant: "t" };
    expect(newProviderBody(draft)).toMatchObject({ tenant: "t", tenants: [] });
    expect(newProviderBody({ ...draft, audience: "organizations" })).toMatchObject({
      tenant: "organizations",
      tenants: ["one", "two"],
    });
  });

  it("speaks of private hosts only where there are some: admins may not", () => {
    const draft = { ...newDraft("oidc", []), ...SECRET, issuer: " https://login.example.com " };
    expect(newProviderBody(draft)).not.toHaveProperty("privateHosts");
    expect(newProviderBody(draft)).toMatchObject({ issuer: "https://login.example.com" });
    const withHosts = newProviderBody({ ...draft, privateHosts: "10.0.0.7, keycloak" });
    expect(withHosts).toMatchObject({ privateHosts: ["10.0.0.7", "keycloak"] });
  });
});

describe("the patch of a provider", () => {
  const provider = example({ kind: "oidc", factorAcrs: ["gold"], version: 3 });

  it("has what differs, and the version that was read", () => {
    expect(providerPatch(toDraft(provider), provider)).toEqual({ version: 3 });
    const draft = { ...toDraft(provider), name: " Work ", factorAcrs: "gold\nsilver" };
    expect(providerPatch(draft, provider)).toEqual({
      name: "Work",
      factorAcrs: ["gold", "silver"],
      version: 3,
    });
    const secret = providerPatch({ ...toDraft(provider), clientSecret: "new" }, provider);
    expect(secret).toEqual({ clientSecret: "new", version: 3 });
  });

  it.each<[Partial<ProviderDraft>, Partial<ProviderAnswer>, boolean, boolean]>([
    [{}, {}, false, false],
    [{}, { hasSecret: false }, true, false],
    [{ name: "Other", factorAcrs: "x", signsOut: true }, {}, false, false],
    [{ clientId: "other" }, {}, true, false],
    [{ privateHosts: "10.0.0.7" }, {}, true, false],
    [{ issuer: "https://other.example.com" }, {}, true, true],
    [{ issuer: " https://login.example.com " }, {}, false, false],
    [{ audience: "organizations" }, { kind: "microsoft", tenant: "common" }, true, true],
    [{ tenants: "one" }, { kind: "microsoft", tenant: "common" }, false, false],
  ])("knows what demands the secret and moves the issuer: %#", (change, given, secret, moves) => {
    const base = example({ kind: "oidc", ...given });
    const draft = { ...toDraft(base), ...change };
    expect([demandsSecret(draft, base), movesIssuer(draft, base)]).toEqual([secret, moves]);
  });
});

describe("names and codes", () => {
  it.each([
    ["Acme Log-in!", [], "acme-log-in"],
    ["  ÄÖ  ", [], ""],
    ["Google", ["google"], "google-2"],
    ["Google", ["google", "google-2"], "google-3"],
    ["New", [], "new-2"],
  ])("%s with %j taken becomes %s", (name, taken, code) => {
    expect(freeCode(name, taken)).toBe(code);
  });

  it("are accepted however long the name is", () => {
    const long = "A very long name that goes on and on";
    expect(isAccountCode(freeCode(long, []))).toBe(true);
    expect(isAccountCode(freeCode(long, [freeCode(long, [])]))).toBe(true);
  });

  it("come with the kind, where it has a name of its own", () => {
    expect(namesOf("microsoft", [])).toEqual({ name: "Microsoft", code: "microsoft" });
    expect(namesOf("oidc", [])).toEqual({ name: "", code: "" });
  });
});

describe("the redirect URI", () => {
  it("is shown before there is a provider", () => {
    const pattern = "https://portal.example.com/postern/sso/acme.{code}/callback";
    const uri = "https://portal.example.com/postern/sso/acme.work/callback";
    expect(redirectUriFor(pattern, "work")).toBe(uri);
  });

  it.each([
    ["https://portal.example.com/x", null],
    ["http://localhost:8080/x", null],
    ["http://127.0.0.1:8080/x", null],
    ["http://portal.example.com/x", /PUBLIC_URL/],
  ])("%s is told as the providers take it", (uri, fault) => {
    if (fault === null) expect(redirectUriFault(uri)).toBeNull();
    else expect(redirectUriFault(uri)).toMatch(fault);
  });
});
