// The OpenID client against a provider that misbehaves: forged tokens, false answers, tenants.
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { isPublicAddress } from "../../src/core/network/public-address.ts";
import { createOutboundFetch } from "../../src/platform/http/outbound-fetch.ts";
import { createOpenIdClients } from "../../src/platform/oidc/open-id-clients.ts";
import type { OpenIdClient, OpenIdSettings } from "../../src/platform/oidc/open-id-clients.ts";
import { createStandingClock } from "../contracts/open-store.ts";
import { startMisbehavingProvider } from "../open-id/misbehaving-provider.ts";
import type { Behaviour, MisbehavingProvider } from "../open-id/misbehaving-provider.ts";

const REDIRECT_URI = "https://portal.example.com/postern/sso/idp/callback";
const GUID = "0b3c7d61-8f0e-4a83-9a5c-3f6f2a0f7f10";
const OTHER_GUID = "11111111-8f0e-4a83-9a5c-3f6f2a0f7f10";
const MICROSOFT = "https://login.microsoftonline.com";

let provider: MisbehavingProvider;
let microsoft: MisbehavingProvider;
beforeAll(async () => {
  provider = await startMisbehavingProvider();
  microsoft = await startMisbehavingProvider({ issuer: `${MICROSOFT}/{tenantid}/v2.0` });
});
afterEach(() => {
  provider.behave();
  microsoft.behave();
});
afterAll(async () => {
  await provider.stop();
  await microsoft.stop();
});

type Changes = Partial<OpenIdSettings> & { readonly totalMs?: number };

/** A client that remembers nothing yet, with a clock of its own. */
function open({ totalMs = 10_000, ...changes }: Changes = {}, of = provider) {
  const clock = createStandingClock();
  const standIns = new Map([[MICROSOFT, microsoft.origin]]);
  const outbound = createOutboundFetch({ isPublicAddress, standIns, limits: { totalMs } });
  const settings: OpenIdSettings = {
    id: "idp",
    issuer: of.issuer,
    clientId: of.clientId,
    clientSecret: of.clientSecret,
    redirectUri: REDIRECT_URI,
    privateHosts: ["127.0.0.1"],
    ...changes,
  };
  const client = createOpenIdClients({ outbound, clock }).of(settings);
  return { clock, settings, outbound, client };
}

const openMicrosoft = (tenant = "common") =>
  open({ issuer: `${MICROSOFT}/${tenant}/v2.0`, privateHosts: [] }, microsoft);

async function signIn(client: OpenIdClient) {
  const begun = await client.begin();
  if (!begun.ok) return begun;
  return await client.finish(await provider.visit(begun.url), begun.flow);
}

/** Everything that would let somebody in, or act as us, must stay out of what operators read. */
function expectNoSecret(detail: string, of: MisbehavingProvider = provider): void {
  expect(detail).toMatch(/^[A-Z].{10,400}\.$/s);
  expect(detail).not.toContain(of.clientSecret);
  expect(detail).not.toMatch(/code-[0-9a-f]|access-[0-9a-f]|eyJ/);
}

describe("a good provider", () => {
  it("says who it was, over one fetch of metadata and keys for many sign-ins", async () => {
    provider.behave({
      claims: { amr: ["pwd", "otp", 7], acr: "urn:two", tid: GUID, name: "Ada" },
    });
    const { client } = open();
    const before = { ...provider.asked };
    const facts = {
      issuer: provider.issuer,
      subject: "subject-1",
      tenant: "",
      accountShown: "ada@example.com",
      amr: ["pwd", "otp"],
      acr: "urn:two",
    };
    expect(await signIn(client)).toEqual({ ok: true, facts });
    const many = await Promise.all([signIn(client), signIn(client), signIn(client)]);
    expect(many.every(({ ok }) => ok)).toBe(true);
    expect(provider.asked.metadata - before.metadata).toBe(1);
    expect(provider.asked.keys - before.keys).toBe(1);
    expect(provider.asked.token - before.token).toBe(4);
  });

  it.each([
    [["client_secret_post"]],
    [["client_secret_basic"]],
    [["private_key_jwt", "client_secret_basic"]],
    [undefined],
  ])("is shown the secret as it wants: %j", async (methods) => {
    provider.behave({ metadataFields: { token_endpoint_auth_methods_supported: methods } });
    expect(await signIn(open().client)).toMatchObject({ ok: true });
  });

  it("asks again of who is signed in there only where that is wanted", async () => {
    const { client } = open();
    const prompts = [];
    for (const wanted of [{}, { prompt: "select_account" } as const]) {
      const begun = await client.begin(wanted);
      if (!begun.ok) throw new Error(begun.detail);
      prompts.push(new URL(begun.url).searchParams.get("prompt"));
    }
    expect(prompts).toEqual([null, "select_account"]);
  });

  it("signs out by its own address, if it has one", async () => {
    const url = new URL((await open().client.endSessionUrl("https://portal.example.com/")) ?? "");
    expect(`${url.origin}${url.pathname}`).toBe(`${provider.issuer}/sign-out`);
    expect(Object.fromEntries(url.searchParams)).toEqual({
      client_id: "postern",
      post_logout_redirect_uri: "https://portal.example.com/",
    });
    for (const end_session_endpoint of [undefined, "javascript:alert(1)", "http://idp.test/"]) {
      provider.behave({ metadataFields: { end_session_endpoint } });
      expect(await open().client.endSessionUrl("https://portal.example.com/")).toBeNull();
    }
  });
});

const at = (seconds: number) => Math.floor(Date.now() / 1000) + seconds;

describe("a forged ID token (row 105)", () => {
  it.each<[string, Partial<Behaviour>, RegExp]>([
    ["alg none", { signing: "none" }, /"alg"/],
    [
      "alg none, announced",
      { signing: "none", metadataFields: { id_token_signing_alg_values_supported: ["none"] } },
      /alg/,
    ],
    ["HS256 by the public key as PEM", { signing: "hs256-by-public-pem" }, /"alg"/],
    ...(["hs256-by-public-pem", "hs256-by-public-der", "hs256-by-client-secret"] as const).map(
      (signing): [string, Partial<Behaviour>, RegExp] => [
        `${signing}, announced`,
        {
          signing,
          metadataFields: { id_token_signing_alg_values_supported: ["RS256", "HS256"] },
        },
        /unsupported JWS algorithm/,
      ],
    ),
    ["a foreign key under a known kid", { signing: "foreign" }, /signature verification failed/],
    [
      "a foreign key with jku and x5u to it",
      { signing: "foreign", header: { jku: "http://127.0.0.1:1/", x5u: "http://127.0.0.1:1/" } },
      /signature verification failed/,
    ],
    ["kid that climbs", { header: { kid: "../../../dev/null" } }, /no applicable keys found/],
    ["kid of SQL", { header: { kid: "' or 1=1 --" } }, /no applicable keys found/],
    ["kid that is no text", { header: { kid: ["key-1"] } }, /no applicable keys found/],
    ["crit", { header: { crit: ["b64"], b64: true } }, /"crit"/],
    ["iss of another", { claims: { iss: "https://accounts.google.com" } }, /"iss"/],
    ["iss with a slash", { claims: { iss: "http://127.0.0.1/" } }, /"iss"/],
    ["aud of another client", { claims: { aud: "another" } }, /"aud"/],
    ["aud without us", { claims: { aud: ["another", "third"] } }, /"aud"/],
    ["aud of several, no azp", { claims: { aud: ["postern", "another"] } }, /"aud"/],
    ["azp of another", { claims: { aud: ["postern", "another"], azp: "another" } }, /"azp"/],
    ["azp of another, one aud", { claims: { azp: "another" } }, /azp names another client/],
    ["exp an hour ago", { claims: { exp: at(-3600) } }, /"exp"/],
    ["no exp", { claims: { exp: undefined } }, /"exp"/],
    ["nbf in an hour", { claims: { nbf: at(3600) } }, /"nbf"/],
    ["iat in an hour", { claims: { iat: at(3600), exp: at(7200) } }, /iat is in the future/],
    ["no iat", { claims: { iat: undefined } }, /"iat"/],
    ["another nonce", { claims: { nonce: "another" } }, /"nonce"/],
    ["no nonce", { claims: { nonce: undefined } }, /"nonce"/],
    ["no sub", { claims: { sub: undefined } }, /"sub"/],
    ["sub that is a number", { claims: { sub: 7 } }, /"sub"/],
    ["an empty sub", { claims: { sub: "" } }, /sub is not/],
    ["sub with a line end", { claims: { sub: "ada\n" } }, /sub is not/],
    ["sub of 256 characters", { claims: { sub: "x".repeat(256) } }, /sub is not/],
  ])("%s is refused", async (_name, behaviour, reason) => {
    provider.behave(behaviour);
    const outcome = await signIn(open().client);
    expect(outcome).toMatchObject({
      ok: false,
      fault: "token",
      detail: expect.stringMatching(reason),
    });
    if (!outcome.ok) expectNoSecret(outcome.detail);
  });

  it("does not ask where jku or x5u point", async () => {
    const url = `${provider.origin}/elsewhere`;
    provider.behave({ signing: "foreign", header: { jku: url, x5u: url } });
    const before = provider.asked.other;
    expect(await signIn(open().client)).toMatchObject({ fault: "token" });
    expect(provider.asked.other).toBe(before);
  });
});

describe("Microsoft's tenants", () => {
  const claims = (tid: unknown, iss = `${MICROSOFT}/${GUID}/v2.0`) => ({
    claims: { tid, iss },
    // As at Microsoft.
    metadataFields: { authorization_response_iss_parameter_supported: undefined },
  });

  it("takes the tenant from the token, and its issuer with it", async () => {
    microsoft.behave(claims(GUID));
    const { client } = openMicrosoft();
    const begun = await client.begin();
    expect(begun.ok && begun.url.startsWith(`${microsoft.origin}/authorize?`)).toBe(true);
    // The template as `iss` is none of a tenant.
    expect(await signIn(client)).toMatchObject({ ok: false, fault: "returned" });
    for (const iss of [null, `${MICROSOFT}/${GUID}/v2.0`]) {
      microsoft.behave({ ...claims(GUID), callbackFields: { iss } });
      const facts = { issuer: `${MICROSOFT}/${GUID}/v2.0`, tenant: GUID, subject: "subject-1" };
      expect(await signIn(client)).toMatchObject({ ok: true, facts });
    }
  });

  it.each([
    ["no tid", undefined, `${MICROSOFT}/undefined/v2.0`, null],
    ["tid that is no GUID", "common", `${MICROSOFT}/common/v2.0`, null],
    ["tid that climbs", "../evil", `${MICROSOFT}/../evil/v2.0`, null],
    ["iss of another tenant", GUID, `${MICROSOFT}/${OTHER_GUID}/v2.0`, null],
    ["iss of the answer of another", GUID, `${MICROSOFT}/${GUID}/v2.0`, OTHER_GUID],
  ])("refuses %s", async (_name, tid, iss, answering) => {
    const callbackFields = { iss: answering && `${MICROSOFT}/${answering}/v2.0` };
    microsoft.behave({ ...claims(tid, iss), callbackFields });
    expect(await signIn(openMicrosoft().client)).toMatchObject({ ok: false, fault: "token" });
  });

  it("binds an address of one tenant to its own metadata", async () => {
    expect(await openMicrosoft(GUID).client.begin()).toMatchObject({ fault: "refused" });
    microsoft.behave({ metadataFields: { issuer: `${MICROSOFT}/${OTHER_GUID}/v2.0` } });
    expect(await openMicrosoft(GUID).client.begin()).toMatchObject({ fault: "refused" });
    expect(await openMicrosoft("common").client.begin()).toMatchObject({ fault: "refused" });
    expect(await openMicrosoft("example.com").client.begin()).toMatchObject({ ok: true });
  });
});

describe("a bad answer by way of the browser", () => {
  it.each<[string, Partial<Behaviour>, string, RegExp]>([
    ["another state", { callbackFields: { state: "x" } }, "returned", /another state/],
    ["no state", { callbackFields: { state: null } }, "returned", /another state/],
    [
      "iss of another",
      { callbackFields: { iss: "https://evil.example" } },
      "returned",
      /another issuer/,
    ],
    ["no iss, although announced", { callbackFields: { iss: null } }, "returned", /iss is missing/],
    ["no code", { callbackFields: { code: null } }, "returned", /no code/],
    ["a code it never gave", { callbackFields: { code: "made-up" } }, "refused", /invalid_grant/],
    [
      "the person's no",
      { callbackFields: { error: "access_denied" } },
      "cancelled",
      /access_denied/,
    ],
    ["an error", { callbackFields: { error: "server_error" } }, "returned", /server_error/],
    ["a cut", { callbackFields: { error: "<b>x</b>" } }, "returned", /with an error\./],
  ])("%s", async (_name, behaviour, fault, detail) => {
    provider.behave(behaviour);
    const outcome = await signIn(open().client);
    expect(outcome).toMatchObject({ ok: false, fault, detail: expect.stringMatching(detail) });
    if (!outcome.ok) expectNoSecret(outcome.detail);
  });

  it("uses a code once, for its own flow only", async () => {
    const { client } = open();
    const [first, second] = [await client.begin(), await client.begin()];
    if (!first.ok || !second.ok) throw new Error("not begun");
    const back = await provider.visit(first.url);
    const stolen = new URL(back);
    stolen.searchParams.set("state", second.flow.state);
    expect(await client.finish(stolen, second.flow)).toMatchObject({ fault: "refused" });
    const twice = new URL(back);
    twice.searchParams.append("code", "another");
    expect(await client.finish(twice, first.flow)).toMatchObject({ fault: "returned" });
    const late = await client.finish(back, first.flow);
    expect(late).toMatchObject({
      fault: "refused",
      detail: expect.stringMatching(/invalid_grant/),
    });
  });
});
