// What the test of a provider tells an operator, for each thing that can be wrong with it.
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { PROVIDER_TEST_STEPS } from "../../src/api/provider-api.ts";
import { isPublicAddress } from "../../src/core/network/public-address.ts";
import { createOutboundFetch } from "../../src/platform/http/outbound-fetch.ts";
import { createOpenIdClients } from "../../src/platform/oidc/open-id-clients.ts";
import type { OpenIdSettings } from "../../src/platform/oidc/open-id-clients.ts";
import { startMisbehavingProvider } from "../open-id/misbehaving-provider.ts";
import type { Behaviour, MisbehavingProvider } from "../open-id/misbehaving-provider.ts";

const REDIRECT_URI = "https://portal.example.com/postern/sso/idp/callback";

let provider: MisbehavingProvider;
beforeAll(async () => void (provider = await startMisbehavingProvider()));
afterEach(() => provider.behave());
afterAll(() => provider.stop());

type Changes = Partial<OpenIdSettings> & { readonly totalMs?: number };

function open({ totalMs = 10_000, ...changes }: Changes = {}) {
  const outbound = createOutboundFetch({ isPublicAddress, limits: { totalMs } });
  return createOpenIdClients({ outbound }).of({
    id: "idp",
    issuer: provider.issuer,
    clientId: provider.clientId,
    clientSecret: provider.clientSecret,
    redirectUri: REDIRECT_URI,
    privateHosts: ["127.0.0.1"],
    ...changes,
  });
}

type Results = readonly string[];
const ALL_PASSED: Results = ["warned", "passed", "passed", "passed", "passed"];
const METADATA_FAILED: Results = ["warned", "failed", "left-out", "left-out", "left-out"];

async function probe(changes: Changes = {}) {
  const steps = await open(changes).probe();
  expect(steps.map(({ step }) => step)).toEqual(PROVIDER_TEST_STEPS);
  for (const { result, message, advice } of steps) {
    expect(message).toMatch(/^[A-Z].{10,}/s);
    // Whoever is told that something is wrong is told what to do about it.
    if (result === "failed" || result === "warned") expect(advice).toMatch(/^[A-Z].{10,}\.$/s);
    expect(`${message} ${advice}`).not.toContain(provider.clientSecret);
  }
  return steps;
}

describe("probe", () => {
  it("finds nothing but the missing https of a provider on loopback", async () => {
    const steps = await probe();
    expect(steps.map(({ result }) => result)).toEqual(ALL_PASSED);
    expect(steps.map(({ message }) => message).slice(1)).toEqual([
      `The metadata of ${provider.issuer} is in order.`,
      "The provider publishes a key to sign with.",
      "The provider knows the client id and the redirect URI.",
      "The provider accepts the client secret.",
    ]);
  });

  const METADATA = 1;
  const KEYS = 2;
  const AUTHORIZATION = 3;
  const SECRET = 4;
  const GOOGLE_MISMATCH = Buffer.from("\n\u0015redirect_uri_mismatch").toString("base64url");
  const endpoint = (name: string, url: string) => ({ metadataFields: { [name]: url } });

  it.each<[string, Partial<Behaviour>, number, "warned" | "failed", RegExp]>([
    ["metadata down", { metadata: "down" }, METADATA, "failed", /status 503/],
    ["metadata slow", { metadata: "slow" }, METADATA, "failed", /in time.*firewalls/],
    ["metadata huge", { metadata: "endless" }, METADATA, "failed", /too much/],
    ["metadata elsewhere", { metadata: "redirecting" }, METADATA, "failed", /redirect/],
    ["metadata not JSON", { metadata: "not-json" }, METADATA, "failed", /not a JSON object/],
    [
      "another issuer",
      { metadataFields: { issuer: "https://evil.example" } },
      METADATA,
      "failed",
      /"https:\/\/evil.example" instead of http:\/\/127.0.0.1/,
    ],
    [
      "an endpoint without https",
      endpoint("token_endpoint", "http://idp.example/token"),
      METADATA,
      "failed",
      /no https address in token_endpoint/,
    ],
    [
      "no code flow",
      { metadataFields: { response_types_supported: ["id_token"] } },
      METADATA,
      "failed",
      /authorization code flow/,
    ],
    [
      "shared secrets for signatures",
      { metadataFields: { id_token_signing_alg_values_supported: ["HS256", "none"] } },
      METADATA,
      "failed",
      /no asymmetric key/,
    ],
    [
      "PKCE not announced",
      { metadataFields: { code_challenge_methods_supported: ["plain"] } },
      METADATA,
      "warned",
      /PKCE with S256/,
    ],
    ["keys down", { keys: "down" }, KEYS, "failed", /keys.*status 503/],
    ["no keys", { keys: "empty" }, KEYS, "failed", /no key/],
    [
      "keys in the own network",
      endpoint("jwks_uri", "https://10.0.0.1/keys"),
      KEYS,
      "failed",
      /10.0.0.1 has an address that is not a public one.*private host/,
    ],
    [
      "another redirect URI",
      { redirectUri: "https://portal.example.com/other" },
      AUTHORIZATION,
      "failed",
      /Enter https:\/\/portal.example.com\/postern\/sso\/idp\/callback at the provider/,
    ],
    ["an unknown client", { authorize: "refusing" }, AUTHORIZATION, "failed", /client id/],
    [
      "a refusing answer",
      { callbackFields: { error: "invalid_scope", error_description: "No email." } },
      AUTHORIZATION,
      "failed",
      /invalid_scope \(No email\).*scopes openid/,
    ],
    ["a failing endpoint", { authorize: "down" }, AUTHORIZATION, "warned", /status 503/],
    [
      "Microsoft's word for another redirect URI",
      { authorize: { location: "/error?e=AADSTS50011:%20x" } },
      AUTHORIZATION,
      "failed",
      /refused the redirect URI/,
    ],
    [
      "Google's word for another redirect URI",
      { authorize: { location: `/signin/oauth/error?authError=${GOOGLE_MISMATCH}` } },
      AUTHORIZATION,
      "failed",
      /refused the redirect URI/,
    ],
    [
      "Microsoft's word for a wrong secret",
      {
        token: {
          status: 401,
          body: {
            error: "invalid_client",
            error_description: "AADSTS7000215: Invalid client secret.",
          },
        },
      },
      SECRET,
      "failed",
      /AADSTS7000215.*secret's value/,
    ],
    ["an unclear answer", { token: { status: 400, body: { error: "x" } } }, SECRET, "warned", /x/],
    ["no answer to the code", { token: "slow" }, SECRET, "failed", /in time/],
    ["a broken answer", { token: "not-json" }, SECRET, "warned", /not JSON/],
  ])("%s", async (_name, behaviour, at, result, words) => {
    provider.behave(behaviour);
    const isSlow = Object.values(behaviour).includes("slow");
    const steps = await probe(isSlow ? { totalMs: 1_000 } : {});
    expect(`${steps[at]?.message} ${steps[at]?.advice}`).toMatch(words);
    const isCut = at === METADATA && steps[KEYS]?.result === "left-out";
    const results = isCut ? METADATA_FAILED : ALL_PASSED.with(at, result);
    expect(steps.map((step) => step.result)).toEqual(results);
  });

  it("tells a sign-in page from a page of errors", async () => {
    provider.behave({ authorize: "page" });
    expect((await probe())[AUTHORIZATION]).toMatchObject({ result: "passed" });
  });

  it("tells a wrong secret, and never shows it", async () => {
    const clientSecret = `${provider.clientSecret}x`;
    expect((await probe({ clientSecret }))[SECRET]).toMatchObject({
      result: "failed",
      message: "The provider refused client id and secret: invalid_client.",
    });
    const error_description = `${clientSecret} is wrong`;
    provider.behave({
      token: { status: 401, body: { error: "invalid_client", error_description } },
    });
    const { message } = (await probe({ clientSecret }))[SECRET] ?? {};
    expect(message).toBe("The provider refused client id and secret: invalid_client.");
  });

  it("asks anew each time, and what it learns holds for sign-ins at once", async () => {
    const client = open();
    provider.behave({ metadata: "down" });
    expect(await client.begin()).toMatchObject({ ok: false });
    provider.behave();
    expect(await client.begin()).toMatchObject({ ok: false });
    expect((await client.probe())[METADATA]).toMatchObject({ result: "passed" });
    expect(await client.begin()).toMatchObject({ ok: true });
  });

  it.each([
    [{ redirectUri: "http://portal.example.com/cb", issuer: "https://idp.test" }, /PUBLIC_URL/],
    [{ issuer: "http://idp.test", privateHosts: ["idp.test"] }, /certificate/],
  ])("looks at the settings themselves: %j", async (settings, advice) => {
    const [first] = await probe(settings);
    expect(first).toMatchObject({ result: "warned", advice: expect.stringMatching(advice) });
  });

  it("passes good settings", async () => {
    const [first, second] = await probe({ issuer: "https://10.0.0.1" });
    expect(first).toMatchObject({ result: "passed", advice: null });
    expect(first?.message).toContain(REDIRECT_URI);
    expect(second).toMatchObject({ result: "failed" });
  });
});
