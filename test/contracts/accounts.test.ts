// What the accounts domain promises on every engine: accounts, tokens, revocation, last use.
import { expect, it } from "vitest";
import { sha256Hex } from "../../src/platform/crypto/sha256-hex.ts";
import { createAccounts } from "../../src/server/accounts/index.ts";
import type { AccountsEvent } from "../../src/server/accounts/index.ts";
import { describeEachEngine } from "./engines.ts";
import type { EngineHarness } from "./engines.ts";
import { createStandingClock, openStore } from "./open-store.ts";

async function setUp(harness: EngineHarness) {
  const database = await openStore(harness);
  const clock = createStandingClock();
  const recorded: AccountsEvent[] = [];
  const recordEvent = async (_trx: unknown, event: AccountsEvent) => void recorded.push(event);
  const accounts = createAccounts({ database, clock, recordEvent });
  return { database, clock, accounts, recorded };
}

async function makeToken(accounts: ReturnType<typeof createAccounts>, expiresAtMs: number | null) {
  const outcome = await accounts.createToken({
    name: "pbx",
    scopes: ["reports:write", "policy:read"],
    expiresAtMs,
    createdBy: "host shell",
  });
  if (!outcome.ok) throw new Error(outcome.why);
  return outcome;
}

describeEachEngine("accounts", (harness) => {
  it("adds accounts once, lists them by code, finds them", async () => {
    const { accounts, recorded } = await setUp(harness);
    const add = (code: string) => accounts.addAccount({ code, name: "A b", createdBy: "x" });
    const added = await Promise.all([add("beta"), add("acme"), add("acme")]);
    expect(added.filter((outcome) => outcome.ok)).toHaveLength(2);
    expect(added.find((outcome) => !outcome.ok)).toEqual({ ok: false, why: "code-taken" });
    expect((await accounts.listAccounts()).map(({ code }) => code)).toEqual(["acme", "beta"]);
    expect((await accounts.findAccount("beta"))?.name).toBe("A b");
    expect(await accounts.findAccount("Beta")).toBeNull();
    expect(recorded.filter(({ account }) => account === "beta")).toHaveLength(1);
  });

  it.each(["platform", "Acme", "", "a_b", "-a", "a".repeat(33)])(
    "refuses the code %j",
    async (code) => {
      const { accounts } = await setUp(harness);
      const outcome = await accounts.addAccount({ code, name: "x", createdBy: "x" });
      expect(outcome).toEqual({ ok: false, why: "code-refused" });
    },
  );

  it("keeps only a token's hash, and lets the token in", async () => {
    const { accounts, clock, database, recorded } = await setUp(harness);
    const { created, token } = await makeToken(accounts, null);
    expect(token).toMatch(/^pst_[A-Za-z0-9_-]{43}$/);
    const row = await database.kysely
      .selectFrom("accounts_api_token")
      .selectAll()
      .executeTakeFirstOrThrow();
    expect(JSON.stringify(row)).not.toContain(token);
    expect(row.token_hash).toBe(sha256Hex(token));
    expect(JSON.stringify(recorded)).not.toContain(token);
    expect(await accounts.verifyToken(token, clock.nowMs())).toEqual({
      kind: "token",
      id: created.id,
      name: "pbx",
      scopes: ["reports:write", "policy:read"],
    });
  });

  it("refuses wrong, revoked and expired tokens", async () => {
    const { accounts, clock } = await setUp(harness);
    const { created, token } = await makeToken(accounts, clock.nowMs() + 60_000);
    const verify = (text: string, laterMs = 0) =>
      accounts.verifyToken(text, clock.nowMs() + laterMs);
    expect(await verify(`${token.slice(0, -1)}${token.endsWith("A") ? "B" : "A"}`)).toBeNull();
    expect(await verify(token.toUpperCase())).toBeNull();
    expect(await verify("")).toBeNull();
    expect(await verify(token, 59_999)).not.toBeNull();
    // Also while it is still remembered as good.
    expect(await verify(token, 60_000)).toBeNull();
    expect(await verify(token)).not.toBeNull();
    expect(await accounts.revokeToken(created.id, "x")).toBe("revoked");
    expect(await verify(token)).toBeNull();
    expect(await accounts.revokeToken(created.id, "x")).toBe("revoked-before");
    expect(await accounts.revokeToken("a".repeat(20), "x")).toBe("not-found");
  });

  it("refuses an expiry that has passed", async () => {
    const { accounts, clock } = await setUp(harness);
    const common = { name: "x", scopes: ["policy:read"], createdBy: "x" } as const;
    for (const expiresAtMs of [clock.nowMs(), Number.NaN]) {
      const outcome = await accounts.createToken({ ...common, expiresAtMs });
      expect(outcome).toEqual({ ok: false, why: "expiry-passed" });
    }
    expect(await accounts.listTokens()).toEqual([]);
  });

  it("is refused at once when requests race with its revocation", async () => {
    const { accounts, clock } = await setUp(harness);
    const { created, token } = await makeToken(accounts, null);
    const racing = Array.from({ length: 50 }, () => accounts.verifyToken(token, clock.nowMs()));
    await accounts.revokeToken(created.id, "x");
    expect(await accounts.verifyToken(token, clock.nowMs())).toBeNull();
    await Promise.all(racing);
    expect(await accounts.verifyToken(token, clock.nowMs())).toBeNull();
  });

  it("learns within a second what another process revoked", async () => {
    const { accounts, clock, database } = await setUp(harness);
    const other = createAccounts({ database, clock });
    const { created, token } = await makeToken(accounts, null);
    expect(await accounts.verifyToken(token, clock.nowMs())).not.toBeNull();
    await other.revokeToken(created.id, "x");
    clock.advance(1000);
    expect(await accounts.verifyToken(token, clock.nowMs())).toBeNull();
  });

  it("writes last use at most once a minute, and at the end", async () => {
    const { accounts, clock } = await setUp(harness);
    const { token } = await makeToken(accounts, null);
    const lastUse = async () => (await accounts.listTokens())[0]?.lastUsedAtMs;
    const firstMs = clock.nowMs();
    await accounts.verifyToken(token, firstMs);
    await accounts.flushLastUses();
    expect(await lastUse()).toBe(firstMs);
    clock.advance(30_000);
    await accounts.verifyToken(token, clock.nowMs());
    await accounts.flushLastUses();
    expect(await lastUse()).toBe(firstMs);
    clock.advance(30_000);
    await accounts.flushLastUses();
    expect(await lastUse()).toBe(firstMs + 30_000);
    await accounts.verifyToken(token, clock.nowMs());
    await accounts.close();
    expect(await lastUse()).toBe(firstMs + 60_000);
  });
});
