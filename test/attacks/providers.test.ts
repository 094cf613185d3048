// Attacks on the configuration of OpenID providers: re-pointing, tenancy, tokens, bad input.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startPeople } from "../people/start-people.ts";
import type { RunningPeople, TestBrowser } from "../people/start-people.ts";
import type { ApiAnswer } from "./start-gate.ts";
import { startMisbehavingProvider } from "../open-id/misbehaving-provider.ts";

const PATH = "/api/v1/providers";
const SECRET = "s3cret-of-the-client";
const OIDC = {
  code: "keycloak",
  kind: "oidc",
  name: "Keycloak",
  issuer: "https://id.example.com",
  clientId: "postern",
  clientSecret: SECRET,
};
const GOOGLE = { code: "google", kind: "google", name: "Google", clientId: "1", clientSecret: "2" };
const ENTRA = { ...GOOGLE, code: "entra", kind: "microsoft", tenant: "common" };
const GUID = "72f988bf-86f1-41af-91ab-2d7cd011db47";

let portal: RunningPeople;
let admin: TestBrowser;
let operator: TestBrowser;
beforeAll(async () => {
  portal = await startPeople();
  await portal.addAccount("acme");
  await portal.addAccount("globex");
  const [ada, grace] = [
    await portal.addPerson({ email: "ada@example.com", accounts: { acme: "admin" } }),
    await portal.addPerson({ email: "grace@example.com", isOperator: true }),
  ];
  admin = await portal.signedIn(ada);
  operator = await portal.signedIn(grace);
  await portal.must("POST", PATH, OIDC);
  await portal.must("POST", `${PATH}?account=globex`, OIDC);
});
afterAll(() => portal.stop());

const refusalOf = ({ status, json }: ApiAnswer) => [status, json?.code];
const pathsOf = ({ json }: ApiAnswer) =>
  (json.errors ?? []).map((error: { path: string }) => error.path);

/** All of the portal's providers as they are kept. */
async function everything(): Promise<unknown> {
  const owners = ["", "?account=acme", "?account=globex"];
  return Promise.all(owners.map((owner) => portal.must("GET", `${PATH}${owner}`)));
}

describe("the secret of a provider", () => {
  it("row 115: does not follow it to another place, nor come out in any answer", async () => {
    const rogue = await startMisbehavingProvider();
    const before = await everything();
    const moves = [
      { issuer: "https://rogue.example.net" },
      { issuer: rogue.issuer, privateHosts: ["127.0.0.1"] },
      { privateHosts: ["id.example.com"] },
      { clientId: "rogue" },
      { issuer: "https://rogue.example.net", isEnabled: true, name: "Keycloak" },
    ];
    for (const body of moves) {
      const answer = await operator.ask("PATCH", `${PATH}/keycloak`, { body });
      expect([body, ...refusalOf(answer)]).toEqual([body, 400, "provider-refused"]);
      expect(pathsOf(answer)).toEqual(["/clientSecret"]);
      expect(answer.json.errors[0].message).toMatch(/^Enter the client secret again: with the /);
    }
    const masked = { issuer: "https://rogue.example.net", clientSecret: "" };
    expect((await operator.ask("PATCH", `${PATH}/keycloak`, { body: masked })).status).toBe(400);
    expect(await everything()).toEqual(before);
    expect(rogue.asked).toMatchObject({ metadata: 0, token: 0, authorize: 0 });
    await rogue.stop();

    const events = await portal.must("GET", "/api/v1/events?kind=provider-created");
    expect(events.events).toHaveLength(2);
    expect(JSON.stringify([before, events])).not.toContain(SECRET);
  });

  it("is not taken by a field of another name, nor a field of the store's", async () => {
    for (const more of [
      { id: "google" },
      { owner: "platform" },
      { accountId: "a" },
      { sealedSecret: "v1.0" },
      { kind: "google" },
      { code: "other" },
      { hasSecret: false },
    ]) {
      const answer = await operator.ask("PATCH", `${PATH}/keycloak`, { body: more });
      expect([more, ...refusalOf(answer)]).toEqual([more, 400, "invalid-input"]);
    }
  });
});

describe("an account's admin", () => {
  it("sees and changes providers of that account; others are absent, byte for byte", async () => {
    const before = await everything();
    const absent = await admin.ask("GET", `${PATH}/globex.nothing`);
    expect(refusalOf(absent)).toEqual([404, "provider-not-found"]);
    for (const id of ["globex.keycloak", "keycloak", "nothing", "acme.nothing"]) {
      const asks: [string, string, object][] = [
        ["GET", `${PATH}/${id}`, {}],
        ["PATCH", `${PATH}/${id}`, { body: { isEnabled: true, version: 7 } }],
        ["PATCH", `${PATH}/${id}`, { body: { issuer: "not one" } }],
        ["DELETE", `${PATH}/${id}`, {}],
        ["POST", `${PATH}/${id}/test`, {}],
      ];
      for (const [method, path, asked] of asks) {
        const answer = await admin.ask(method, path, asked);
        expect([path, answer.status, answer.text]).toEqual([path, 404, absent.text]);
      }
    }
    const [globex, nobody] = [
      await admin.ask("GET", `${PATH}?account=globex`),
      await admin.ask("GET", `${PATH}?account=nobody`),
    ];
    expect([globex.status, globex.text]).toEqual([404, nobody.text]);
    expect(refusalOf(await admin.ask("GET", PATH))).toEqual([403, "operator-required"]);
    expect(refusalOf(await admin.ask("POST", PATH, { body: OIDC }))).toEqual([
      403,
      "operator-required",
    ]);
    const foreign = await admin.ask("POST", `${PATH}?account=globex`, { body: OIDC });
    expect([foreign.status, foreign.text]).toEqual([404, nobody.text]);
    expect(await everything()).toEqual(before);

    const own = await admin.ask("POST", `${PATH}?account=acme`, { body: OIDC });
    expect([own.status, own.json.id, own.json.isEnabled]).toEqual([201, "acme.keycloak", false]);
    const on = await admin.ask("PATCH", `${PATH}/${own.json.id}`, { body: { isEnabled: true } });
    expect([on.status, on.json.isEnabled, on.json.changedBy]).toEqual([
      200,
      true,
      expect.stringMatching(/^ada@example\.com /),
    ]);
    const listed = await admin.ask("GET", `${PATH}?account=acme`);
    expect(listed.json.providers).toHaveLength(1);
    const gone = await admin.ask("DELETE", `${PATH}/${own.json.id}`);
    expect([gone.status, gone.json]).toEqual([200, { removedConnections: 0, endedSessions: 0 }]);
  });

  it("reaches no private host but those that an operator allowed", async () => {
    const lan = { ...OIDC, issuer: "http://keycloak.lan:8080", privateHosts: ["keycloak.lan"] };
    const refused = await admin.ask("POST", `${PATH}?account=acme`, { body: lan });
    expect(refusalOf(refused)).toEqual([403, "private-hosts-not-allowed"]);
    expect(pathsOf(refused)).toEqual(["/privateHosts"]);
    for (const issuer of ["http://id.example.com", "https://127.0.0.1", "https://[fd00::7]"]) {
      const answer = await admin.ask("POST", `${PATH}?account=acme`, { body: { ...OIDC, issuer } });
      expect([issuer, ...refusalOf(answer)]).toEqual([issuer, 400, "provider-refused"]);
      expect(pathsOf(answer)).toEqual(["/issuer"]);
    }
    await portal.must("POST", `${PATH}?account=acme`, lan);
    const own = `${PATH}/acme.keycloak`;
    const change = async (body: object) => {
      const answer = await admin.ask("PATCH", own, { body: { clientSecret: "new", ...body } });
      return answer.status;
    };
    expect(await change({ privateHosts: ["keycloak.lan", "10.0.0.7"] })).toBe(403);
    expect(await change({ privateHosts: ["10.0.0.7"], issuer: "http://10.0.0.7" })).toBe(403);
    expect(await change({ issuer: "http://10.0.0.7" })).toBe(400);
    expect(await change({ privateHosts: ["KEYCLOAK.lan"], name: "The same" })).toBe(200);
    const kept = await portal.must("DELETE", own);
    expect(kept).toEqual({ removedConnections: 0, endedSessions: 0 });
  });

  it("leaves nothing to whoever takes the account's code after its deletion", async () => {
    await portal.addAccount("initech");
    await portal.must("POST", `${PATH}?account=initech`, { ...GOOGLE, isEnabled: true });
    await portal.must("DELETE", "/api/v1/accounts/initech?confirm=initech");
    expect((await portal.api("GET", `${PATH}/initech.google`)).status).toBe(404);
    await portal.addAccount("initech");
    const { providers } = await portal.must("GET", `${PATH}?account=initech`);
    expect(providers).toEqual([]);
  });
});

describe("an API token", () => {
  it("reads and tests, and decides over nobody's sign-in, whatever its scopes", async () => {
    const scopes = ["policy:read", "policy:write"];
    const { token } = await portal.must("POST", "/api/v1/tokens", { name: "t", scopes });
    const program = portal.browser();
    const ask = (method: string, path: string, body?: unknown) => {
      const headers = { authorization: `Bearer ${token}`, origin: null };
      return program.ask(method, path, body === undefined ? { headers } : { headers, body });
    };
    const before = await everything();
    for (const [method, path, body] of [
      ["POST", PATH, GOOGLE],
      ["POST", `${PATH}?account=acme`, GOOGLE],
      ["PATCH", `${PATH}/keycloak`, { isEnabled: true }],
      ["DELETE", `${PATH}/globex.keycloak`, undefined],
    ] as const) {
      const answer = await ask(method, path, body);
      const refusal = [method, path, 403, "provider-not-editable"];
      expect([method, path, ...refusalOf(answer)]).toEqual(refusal);
    }
    expect(await everything()).toEqual(before);
    expect((await ask("GET", `${PATH}/keycloak`)).json.hasSecret).toBe(true);
    const agent = await portal.addPerson({
      email: "alan@example.com",
      accounts: { acme: "agent" },
    });
    const asAgent = await (await portal.signedIn(agent)).ask("GET", `${PATH}?account=acme`);
    expect(refusalOf(asAgent)).toEqual([403, "manager-required"]);
    const anybody = await portal.browser().ask("GET", `${PATH}/keycloak`);
    expect(refusalOf(anybody)).toEqual([401, "token-required"]);
  });
});

const BAD: readonly (readonly [object, string, RegExp])[] = [
  [{ ...OIDC, issuer: undefined }, "/issuer", /the address of the provider, as in https:/],
  [{ ...OIDC, issuer: "http://id.example.com" }, "/issuer", /https:\/\/ and is in the public net/],
  [{ ...OIDC, issuer: "https://id.example.com?a=b" }, "/issuer", /neither a query/],
  [{ ...OIDC, issuer: "https://a:b@id.example.com" }, "/issuer", /no name or password/],
  [{ ...OIDC, issuer: "https://0x7f.1" }, "/issuer", /decimal parts/],
  [{ ...OIDC, issuer: "https://localhost" }, "/issuer", /allowed its host, localhost/],
  [{ ...OIDC, issuer: "file:///etc/passwd" }, "/issuer", /begins with https:/],
  [{ ...OIDC, privateHosts: ["10.0.0.0/8"] }, "/privateHosts/0", /no block/],
  [{ ...OIDC, privateHosts: ["a.lan", "*.lan"] }, "/privateHosts/1", /without \*/],
  [{ ...OIDC, tenant: "common" }, "/tenant", /kind microsoft have tenants/],
  [{ ...OIDC, tenants: [GUID] }, "/tenants", /kind microsoft have tenants/],
  [{ ...OIDC, clientSecret: "copied \n" }, "/clientSecret", /no spaces at its ends/],
  [{ ...OIDC, clientId: "clé" }, "/clientId", /printable ASCII/],
  [{ ...OIDC, factorAcrs: ["phr", "two words"] }, "/factorAcrs/1", /no spaces/],
  [{ ...GOOGLE, issuer: "https://accounts.google.com" }, "/issuer", /leave it out of google/],
  [{ ...GOOGLE, privateHosts: ["10.0.0.7"] }, "/privateHosts", /kind oidc can be in a private/],
  [{ ...ENTRA, tenant: undefined }, "/tenant", /organizations .* and common/],
  [{ ...ENTRA, tenant: "consumers" }, "/tenant", /personal accounts only/],
  [{ ...ENTRA, tenant: "a/../b" }, "/tenant", /A tenant is its id/],
  [{ ...ENTRA, tenants: ["example.com"] }, "/tenants/0", /named by their id/],
  [
    { ...ENTRA, tenant: GUID, tenants: [GUID.replace("7", "8")] },
    "/tenants",
    /Nobody could sign in/,
  ],
  [{ ...GOOGLE, code: "Google" }, "/code", /./],
  [{ ...GOOGLE, code: "a.b" }, "/code", /./],
  [{ ...GOOGLE, code: "new" }, "/code", /take another/],
  [{ ...GOOGLE, kind: "github" }, "/kind", /./],
  [{ ...GOOGLE, name: "x".repeat(41) }, "/name", /./],
  [{ ...GOOGLE, name: "Google\u0007" }, "/name", /./],
  // Read from the right, it says “elgooG” to whoever looks.
  [{ ...GOOGLE, name: "\u202egoogle" }, "/name", /plain text/],
  [{ ...GOOGLE, name: "Goo\u200bgle" }, "/name", /plain text/],
  [{ ...GOOGLE, name: "Google\u2066" }, "/name", /plain text/],
  [{ ...GOOGLE, name: "\ufeffGoogle" }, "/name", /plain text/],
  [{ ...GOOGLE, name: "Google\u2028" }, "/name", /plain text/],
  [{ ...GOOGLE, name: "\u200d" }, "/name", /plain text/],
  [{ ...GOOGLE, clientSecret: undefined }, "/clientSecret", /as the provider gave it/],
  [{ ...ENTRA, tenants: Array(51).fill(GUID) }, "/tenants", /./],
];

it.each(BAD)("%j is refused at %s, with what would be accepted", async (body, path, message) => {
  const answer = await portal.api("POST", PATH, body);
  expect(answer.status).toBe(400);
  expect(answer.json.errors).toMatchObject([{ path, message: expect.stringMatching(message) }]);
  expect(answer.json.detail.length).toBeGreaterThan(0);
});

it("has any name that people write, joined letters and emoji among them", async () => {
  for (const name of [
    "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645",
    "Équipe 👩‍💻",
    "Keycloak",
  ]) {
    const { json } = await portal.api("PATCH", `${PATH}/keycloak`, { name });
    expect(json.name).toBe(name);
  }
});

it("says all that is wrong at once, each beside its field", async () => {
  const body = { ...ENTRA, tenant: "-", clientId: " x", clientSecret: "é", tenants: ["a", GUID] };
  const answer = await portal.api("POST", PATH, body);
  expect(pathsOf(answer)).toEqual(["/tenant", "/tenants/0", "/clientId", "/clientSecret"]);
});
