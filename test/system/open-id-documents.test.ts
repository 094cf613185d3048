// Metadata and keys of a provider that is down, slow, huge or flooded, over the time of a clock.
import { randomUUID } from "node:crypto";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { isPublicAddress } from "../../src/core/network/public-address.ts";
import { createOutboundFetch } from "../../src/platform/http/outbound-fetch.ts";
import { createOpenIdClients } from "../../src/platform/oidc/open-id-clients.ts";
import type { OpenIdClient } from "../../src/platform/oidc/open-id-clients.ts";
import { createProviderDocuments } from "../../src/platform/oidc/provider-documents.ts";
import { createStandingClock } from "../contracts/open-store.ts";
import { ENDPOINT_FAULTS } from "../open-id/misbehaving-answers.ts";
import type { EndpointFault } from "../open-id/misbehaving-answers.ts";
import { startMisbehavingProvider } from "../open-id/misbehaving-provider.ts";
import type { Asked, MisbehavingProvider } from "../open-id/misbehaving-provider.ts";

const SECOND_MS = 1_000;
const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;

let provider: MisbehavingProvider;
beforeAll(async () => void (provider = await startMisbehavingProvider()));
afterEach(() => provider.behave());
afterAll(() => provider.stop());

function open(totalMs = 10_000) {
  const clock = createStandingClock();
  const outbound = createOutboundFetch({ isPublicAddress, limits: { totalMs } });
  const wanted = { issuer: provider.issuer, privateHosts: ["127.0.0.1"] };
  const { clientId, clientSecret } = provider;
  const redirectUri = "https://portal.example.com/postern/sso/idp/callback";
  const settings = { id: "idp", ...wanted, clientId, clientSecret, redirectUri };
  return {
    clock,
    client: createOpenIdClients({ outbound, clock }).of(settings),
    documents: createProviderDocuments({ outbound, clock }),
    wanted,
  };
}

async function signIn(client: OpenIdClient) {
  const begun = await client.begin();
  if (!begun.ok) return begun;
  return await client.finish(await provider.visit(begun.url), begun.flow);
}

/** How often each endpoint is asked while something is done. */
async function counting(act: () => Promise<unknown>): Promise<Asked> {
  const before = { ...provider.asked };
  await act();
  const names = Object.keys(before) as (keyof Asked)[];
  const counted = names.map((name) => [name, provider.asked[name] - before[name]]);
  return Object.fromEntries(counted) as Asked;
}

const REASONS: Readonly<Record<EndpointFault, RegExp>> = {
  down: /status 503/,
  slow: /did not answer in time/,
  trickling: /did not answer in time/,
  huge: /too much/,
  endless: /too much/,
  redirecting: /redirect/,
  "not-json": /not a JSON|no set of keys|not JSON/,
};

describe("an endpoint that misbehaves", () => {
  const places = ["metadata", "keys", "token"] as const;
  const table = places.flatMap((place) => ENDPOINT_FAULTS.map((fault) => [place, fault] as const));

  it.each(table)("%s: %s ends in time and in words", async (place, fault) => {
    const isSlow = fault === "slow" || fault === "trickling";
    const { client } = open(isSlow ? 200 : undefined);
    provider.behave({ [place]: fault });
    const outcome = await signIn(client);
    expect(outcome).toMatchObject({ ok: false, detail: expect.stringMatching(REASONS[fault]) });
    const isRefusal = fault === "not-json" && place !== "keys";
    expect(outcome).toMatchObject({ fault: isRefusal ? "refused" : "unreachable" });
  });

  it("refuses an issuer in another spelling, which tokens would be compared with", async () => {
    const { issuer } = provider;
    provider.behave({ metadataFields: { issuer: issuer.toUpperCase() } });
    expect(await open().client.begin()).toMatchObject({ fault: "refused" });
    provider.behave({ metadataFields: { issuer: `${issuer}/` } });
    expect(await open().client.begin()).toMatchObject({ ok: true });
  });

  it.each<[string, Readonly<Record<string, unknown>>, RegExp]>([
    ["another issuer", { issuer: "https://evil.example" }, /"https:\/\/evil.example" instead of/],
    ["no issuer", { issuer: undefined }, /none instead of/],
    ["no token endpoint", { token_endpoint: undefined }, /token_endpoint/],
    ["plain http", { token_endpoint: "http://idp.example/token" }, /no https .* token_endpoint/],
    ["script", { authorization_endpoint: "javascript:alert(1)" }, /authorization_endpoint/],
    ["user info", { jwks_uri: "https://a:b@idp.example/" }, /jwks_uri/],
    ["a file", { jwks_uri: "file:///etc/passwd" }, /jwks_uri/],
    ["no secret taken", { token_endpoint_auth_methods_supported: ["none"] }, /no client secret/],
  ])("refuses metadata with %s", async (_name, metadataFields, detail) => {
    provider.behave({ metadataFields });
    const outcome = await open().client.begin();
    expect(outcome).toMatchObject({ fault: "refused", detail: expect.stringMatching(detail) });
  });

  it.each([
    ["jwks_uri", "https://169.254.169.254/latest/meta-data/"],
    ["jwks_uri", "https://localhost/keys"],
    ["token_endpoint", "https://[::ffff:10.0.0.1]/token"],
  ])("does not go where the metadata's %s leads: %s", async (name, url) => {
    provider.behave({ metadataFields: { [name]: url } });
    const detail: unknown = expect.stringMatching(/not a public one/);
    expect(await signIn(open().client)).toMatchObject({ fault: "unreachable", detail });
  });
});

describe("metadata over time", () => {
  it("is asked for once an hour, and once however many wait for it", async () => {
    const { client, clock } = open();
    const beginMany = () => Promise.all(Array.from({ length: 50 }, () => client.begin()));
    expect(await counting(beginMany)).toMatchObject({ metadata: 1 });
    clock.advance(HOUR_MS - 1);
    expect(await counting(beginMany)).toMatchObject({ metadata: 0 });
    clock.advance(1);
    expect(await counting(beginMany)).toMatchObject({ metadata: 1 });
  });

  it("remembers a failure for ten seconds, and then asks again", async () => {
    const { client, clock } = open();
    provider.behave({ metadata: "down" });
    expect(await client.begin()).toMatchObject({ ok: false, fault: "unreachable" });
    provider.behave();
    clock.advance(10 * SECOND_MS - 1);
    const early = await counting(async () =>
      expect(await client.begin()).toMatchObject({ ok: false, fault: "unreachable" }),
    );
    expect(early.metadata).toBe(0);
    clock.advance(1);
    expect(await client.begin()).toMatchObject({ ok: true });
  });

  it("serves on for a day when it can no longer be had, or is another", async () => {
    const { client, clock } = open();
    await client.begin();
    for (const behaviour of [
      { metadata: "down" as const },
      { metadataFields: { issuer: "https://evil.example" } },
    ]) {
      provider.behave(behaviour);
      clock.advance(2 * HOUR_MS);
      const asked = await counting(async () => {
        expect(await client.begin()).toMatchObject({ ok: true });
        expect(await client.begin()).toMatchObject({ ok: true });
      });
      expect(asked.metadata).toBe(1);
    }
    clock.advance(20 * HOUR_MS);
    expect(await client.begin()).toMatchObject({ ok: false, fault: "refused" });
  });
});

describe("keys over time (row 117)", () => {
  it("are asked for once a minute at most, whatever kids 10,000 tokens name", async () => {
    const { documents, wanted, clock } = open();
    const asked = await counting(async () => {
      for (let token = 0; token < 10_000; token += 1) {
        await documents.keys(wanted, randomUUID());
        clock.advance(60);
      }
    });
    // Ten minutes went by.
    expect(asked).toMatchObject({ keys: 10, metadata: 1 });
  });

  it("are asked for once a minute at most when they are down from the beginning", async () => {
    const { documents, wanted, clock } = open();
    provider.behave({ keys: "down" });
    const asked = await counting(async () => {
      for (let token = 0; token < 600; token += 1) {
        await expect(documents.keys(wanted, randomUUID())).rejects.toThrow(/status 503/);
        clock.advance(SECOND_MS);
      }
    });
    expect(asked.keys).toBe(10);
  });

  it("hold whole sign-ins up no more than that", async () => {
    const { client } = open();
    await signIn(client);
    const asked = await counting(async () => {
      for (let round = 0; round < 10; round += 1) {
        provider.behave({ header: { kid: randomUUID() } });
        expect(await signIn(client)).toMatchObject({ ok: false, fault: "token" });
      }
      provider.behave();
      expect(await signIn(client)).toMatchObject({ ok: true });
    });
    expect(asked).toMatchObject({ keys: 0, token: 11 });
  });

  it.each([
    ["max-age of an hour", "public, max-age=3600", HOUR_MS],
    ["no max-age", null, 5 * MINUTE_MS],
    ["max-age of a second", "max-age=1", 5 * MINUTE_MS],
    ["max-age of a year", "max-age=31536000", 24 * HOUR_MS],
  ])("serve on while they are down: %s", async (_name, keysCacheControl, goodForMs) => {
    const { client, clock } = open();
    provider.behave({ keysCacheControl });
    expect(await signIn(client)).toMatchObject({ ok: true });
    provider.behave({ keys: "down" });
    clock.advance(goodForMs - 1);
    expect(await signIn(client)).toMatchObject({ ok: true });
    clock.advance(MINUTE_MS);
    expect(await signIn(client)).toMatchObject({ ok: false, fault: "unreachable" });
    provider.behave();
    clock.advance(MINUTE_MS);
    expect(await signIn(client)).toMatchObject({ ok: true });
  });

  it("follow a rotation at the next unknown kid, and leave the old key behind", async () => {
    const { client, clock } = open();
    expect(await signIn(client)).toMatchObject({ ok: true });
    await provider.rotateKeys();
    expect(await signIn(client)).toMatchObject({ ok: false, fault: "token" });
    clock.advance(MINUTE_MS);
    expect(await signIn(client)).toMatchObject({ ok: true });
    provider.behave({ header: { kid: "key-1" } });
    expect(await signIn(client)).toMatchObject({ ok: false, fault: "token" });
  });
});
