// Who may use the API, for what, and how it refuses.
import { beforeAll, describe, expect, it } from "vitest";
import { SCOPES } from "../../src/api/scopes.ts";
import { useEngine } from "../contracts/engines.ts";
import { startApi } from "./start-api.ts";
import type { RunningApi } from "./start-api.ts";

const harness = useEngine("sqlite");
let api: RunningApi;
beforeAll(async () => {
  api = await startApi(harness);
});

describe("credentials", () => {
  it("that are missing are asked for, and are no offence", async () => {
    const before = api.wrongTokens.length;
    const answer = await api.ask("GET", "/api/v1/accounts", { as: null });
    expect(answer.status).toBe(401);
    expect(answer.headers["www-authenticate"]).toBe('Bearer realm="postern"');
    expect(answer.headers["content-type"]).toBe("application/problem+json");
    expect(answer.json).toMatchObject({
      type: "urn:postern:problem:token-required",
      title: "Sign in, or send an API token",
      status: 401,
      code: "token-required",
    });
    expect(api.wrongTokens).toHaveLength(before);
  });

  it.each([
    ["", "of no text"],
    ["another-form", "of another form"],
    [`pst_${"A".repeat(43)}`, "unknown"],
  ])("%j (%s) are an offence, the same each time", async (text) => {
    const before = api.wrongTokens.length;
    for (let round = 0; round < 2; round += 1) {
      const answer = await api.ask("GET", "/api/v1/accounts", { as: text });
      expect(answer.status).toBe(401);
      expect(answer.headers["www-authenticate"]).toContain('error="invalid_token"');
      expect(answer.json["code"]).toBe("token-invalid");
      expect(answer.text).not.toContain(text === "" ? "pst_A" : text);
    }
    const [first, second] = api.wrongTokens.slice(before);
    expect(first?.fingerprint).toMatch(/^[0-9a-f]{64}$/);
    expect(second?.fingerprint).toBe(first?.fingerprint);
    expect(first?.request.socket.remoteAddress).toBe("127.0.0.1");
  });

  it.each([
    ["GET", "/api/v1/accounts", "policy:read", 200],
    ["POST", "/api/v1/accounts", "policy:write", 400],
    ["GET", "/api/v1/events", "journal:read", 200],
    ["GET", "/api/v1/events/export?format=csv", "journal:read", 200],
    ["GET", `/api/v1/decisions/${"a".repeat(20)}`, "journal:read", 404],
  ] as const)("%s %s needs the scope %s", async (method, path, scope, status) => {
    const others = SCOPES.filter((one) => one !== scope);
    const refused = await api.ask(method, path, {
      as: await api.tokenFor(...others),
      body: undefined,
    });
    expect(refused.status).toBe(403);
    expect(refused.json).toMatchObject({ code: "scope-missing", scope });
    expect(refused.headers["www-authenticate"]).toContain(`scope="${scope}"`);
    const answer = await api.ask(method, path, { as: await api.tokenFor(scope) });
    expect(answer.status).toBe(status);
    expect((await api.ask(method, path, { as: "host shell" })).status).toBe(status);
  });

  it("are checked before the body is read", async () => {
    const huge = { code: "acme", name: "x".repeat(2_000_000) };
    const answer = await api.ask("POST", "/api/v1/accounts", { as: null, body: huge });
    expect(answer.status).toBe(401);
  });
});

describe("accounts", () => {
  it("are added and listed", async () => {
    const as = await api.tokenFor("policy:write", "policy:read");
    const body = { code: "acme", name: "Acme Ltd" };
    const added = await api.ask("POST", "/api/v1/accounts", { as, body });
    expect(added.status).toBe(201);
    expect(added.json).toEqual({
      ...body,
      id: expect.stringMatching(/^[a-z2-7]{20}$/),
      createdAt: new Date(api.clock.nowMs()).toISOString(),
      users: 0,
      trackingNumbers: 0,
    });
    const again = await api.ask("POST", "/api/v1/accounts", { as, body });
    expect([again.status, again.json["code"]]).toEqual([409, "account-exists"]);
    const listed = await api.ask("GET", "/api/v1/accounts", { as });
    expect(listed.json).toEqual({ accounts: [added.json] });
    const { events } = await api.journal.listEvents(
      { kind: "account-created" },
      { after: null, limit: 10 },
    );
    expect(events[0]).toMatchObject({ account: "acme", detail: { name: "Acme Ltd" } });
    expect(events[0]?.actor).toMatch(/^token test \([a-z2-7]{20}\)$/);
  });

  it.each([
    { code: "platform", name: "x" },
    { code: "Acme", name: "x" },
    { code: "a", name: " " },
    { code: "a", name: "a\u0000b" },
    { code: "a", name: "a\nb" },
    { code: "a", name: "x".repeat(201) },
    { code: "a" },
    { code: "a", name: "x", role: "operator" },
  ])("are refused as %j", async (body) => {
    const answer = await api.ask("POST", "/api/v1/accounts", { as: "host shell", body });
    expect(answer.status).toBe(400);
  });
});

describe("tokens", () => {
  it("are made, listed and revoked from the host's shell only", async () => {
    const as = await api.tokenFor(...SCOPES);
    const id = "a".repeat(20);
    for (const [method, path] of [
      ["GET", "/api/v1/tokens"],
      ["POST", "/api/v1/tokens"],
      ["DELETE", `/api/v1/tokens/${id}`],
    ] as const) {
      const refused = await api.ask(method, path, { as });
      expect([refused.status, refused.json["code"]]).toEqual([403, "host-shell-required"]);
      expect(refused.json["detail"]).toContain("postern token");
    }
  });

  it("work until they are revoked", async () => {
    const expiresAt = new Date(api.clock.nowMs() + 60_000).toISOString();
    const body = { name: "pbx", scopes: ["policy:read"], expiresAt };
    const made = await api.ask("POST", "/api/v1/tokens", { as: "host shell", body });
    expect(made.status).toBe(201);
    const { token, ...rest } = made.json;
    const as = String(token);
    expect(rest).toMatchObject({
      name: "pbx",
      expiresAt,
      revokedAt: null,
      createdBy: "host shell",
    });
    expect((await api.ask("GET", "/api/v1/accounts", { as })).status).toBe(200);
    const listed = await api.ask("GET", "/api/v1/tokens", { as: "host shell" });
    expect(listed.text).toContain(String(rest["id"]));
    expect(listed.text).not.toContain(as);
    const path = `/api/v1/tokens/${String(rest["id"])}`;
    expect((await api.ask("DELETE", path, { as: "host shell" })).status).toBe(204);
    expect((await api.ask("DELETE", path, { as: "host shell" })).status).toBe(204);
    expect((await api.ask("GET", "/api/v1/accounts", { as })).status).toBe(401);
  });

  it.each([
    { name: "x", scopes: [] },
    { name: "x", scopes: ["policy:read", "policy:read"] },
    { name: "x", scopes: ["everything"] },
    { name: "x", scopes: ["policy:read"], expiresAt: "2001-01-01T00:00:00Z" },
    { name: "x", scopes: ["policy:read"], expiresAt: "tomorrow" },
    { name: "", scopes: ["policy:read"] },
  ])("are refused as %j", async (body) => {
    const answer = await api.ask("POST", "/api/v1/tokens", { as: "host shell", body });
    expect(answer.status).toBe(400);
  });
});

describe("the API's description", () => {
  it("has every route with its summary, tag and refusals", async () => {
    const answer = await api.ask("GET", "/api/openapi.json", { as: null });
    const paths = answer.json["paths"] as Record<string, Record<string, Record<string, unknown>>>;
    const operations = Object.values(paths).flatMap((path) => Object.values(path));
    expect(operations.length).toBeGreaterThanOrEqual(9);
    for (const operation of operations) {
      expect(operation["summary"]).toBeTypeOf("string");
      expect(operation["tags"]).toHaveLength(1);
      const responses = operation["responses"] as Record<string, { content: object }>;
      expect(Object.keys(responses["401"]?.content ?? {})).toEqual(["application/problem+json"]);
      expect(Object.keys(responses["403"]?.content ?? {})).toEqual(["application/problem+json"]);
    }
  });
});
