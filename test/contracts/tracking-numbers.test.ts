// What tracking numbers and grants promise on every engine: one owner, members only, reach.
import { expect, it } from "vitest";
import type { TrackingNumberPatch } from "../../src/api/tracking-numbers-api.ts";
import type { UserAnswer } from "../../src/api/users-api.ts";
import { createAccounts } from "../../src/server/accounts/index.ts";
import type { AccountsEvent, Principal, UserPrincipal } from "../../src/server/accounts/index.ts";
import { describeEachEngine } from "./engines.ts";
import type { EngineHarness } from "./engines.ts";
import { createStandingClock, openStore } from "./open-store.ts";

const SHELL: Principal = { kind: "host-shell" };

async function setUp(harness: EngineHarness) {
  const database = await openStore(harness);
  const recorded: AccountsEvent[] = [];
  const changed: (string | null)[] = [];
  const followed: string[] = [];
  const accounts = createAccounts({
    database,
    clock: createStandingClock(),
    recordEvent: async (_trx, event) => void recorded.push(event),
    onUserChanged: async (_trx, userId) => void changed.push(userId),
    followNumberChange: async (numberId) => void followed.push(numberId),
  });
  for (const code of ["acme", "beta"]) {
    await accounts.addAccount({ code, name: code, createdBy: "x" });
  }
  const { users, trackingNumbers: numbers } = accounts;
  const member = (name: string, account: string, role: "admin" | "agent" = "agent") =>
    users.create(SHELL, { email: `${name}@example.com`, name, memberships: [{ account, role }] });
  const add = (number: string, account = "acme", label = "") =>
    numbers.add(SHELL, { account, number, label });
  const idOf = async (code: string) => (await accounts.findAccount(code))?.id ?? "";
  const signIn = async (user: UserAnswer): Promise<UserPrincipal> => ({
    kind: "user",
    userId: user.id,
    email: user.email,
    name: user.name,
    sessionId: "s",
    isOperator: user.isOperator,
    memberships: await Promise.all(
      user.memberships.map(async ({ account, accountName: name, role, isPrimary }) => {
        return { accountId: await idOf(account), code: account, name, role, isPrimary };
      }),
    ),
  });
  const listed = async (by: Principal, query = {}) =>
    (await numbers.list(by, query)).trackingNumbers.map(({ number }) => number);
  return {
    accounts,
    add,
    changed,
    database,
    followed,
    listed,
    member,
    numbers,
    recorded,
    signIn,
    users,
  };
}

const A = "+61255501234";
const B = "+61255505678";

describeEachEngine("tracking numbers", (harness) => {
  it("are kept in E.164, however they are written, and belong to one account", async () => {
    const { add, numbers, recorded } = await setUp(harness);
    const added = await add("+61 (2) 5550-1234", "acme", "Sydney");
    expect(added).toMatchObject({ number: A, label: "Sydney", account: "acme", grants: 0 });
    expect(recorded.at(-1)).toMatchObject({
      kind: "tracking-number-changed",
      account: "acme",
      detail: { change: "added", id: added.id, number: A, label: "Sydney" },
    });
    for (const account of ["acme", "beta"]) {
      const refused = await add(A, account).catch((error: unknown) => error);
      expect(refused).toMatchObject({ code: "number-taken", status: 409 });
      // Whose it is, an admin of another account must not learn.
      expect(String(refused)).not.toMatch(/acme|beta/);
    }
    await expect(add("02 5550 1234")).rejects.toMatchObject({
      code: "number-refused",
      extra: { errors: [{ path: "/number" }] },
    });
    const nowhere = numbers.add(SHELL, { account: "nobody", number: B });
    await expect(nowhere).rejects.toMatchObject({ code: "account-not-found", status: 404 });
  });

  it("are found by part of number or label, as people write them, page by page", async () => {
    const { add, listed, numbers } = await setUp(harness);
    await add(A, "acme", "Sydney 50% off");
    await add(B, "beta", "Melbourne 55-50");
    await add("+4930123456", "beta");
    expect(await listed(SHELL)).toEqual(["+4930123456", A, B]);
    expect(await listed(SHELL, { search: "sYDNEY" })).toEqual([A]);
    expect(await listed(SHELL, { search: "5550 12" })).toEqual([A]);
    expect(await listed(SHELL, { search: "55-50" })).toEqual([A, B]);
    expect(await listed(SHELL, { search: "+49 (30)" })).toEqual(["+4930123456"]);
    expect(await listed(SHELL, { search: "%" })).toEqual([A]);
    expect(await listed(SHELL, { search: "_" })).toEqual([]);
    expect(await listed(SHELL, { account: "beta" })).toEqual(["+4930123456", B]);
    const first = await numbers.list(SHELL, { limit: 2 });
    expect(first.next).not.toBeNull();
    expect(await listed(SHELL, { limit: 2, after: first.next })).toEqual([B]);
  });

  it("change their label, which is found at once", async () => {
    const { add, listed, numbers, recorded } = await setUp(harness);
    const { id } = await add(A, "acme", "Sydney");
    const change = (patch: TrackingNumberPatch) => numbers.change(SHELL, { id, patch });
    const count = recorded.length;
    await change({ label: "Sydney" });
    expect(recorded).toHaveLength(count);
    expect(await change({ label: "Perth" })).toMatchObject({ label: "Perth", isShareable: false });
    expect(recorded.at(-1)?.detail).toMatchObject({ label: "Perth", labelBefore: "Sydney" });
    expect(await listed(SHELL, { search: "perth" })).toEqual([A]);
    expect(await listed(SHELL, { search: "sydney" })).toEqual([]);
  });

  it("are shareable when somebody says so, and whoever keeps them in memory is told", async () => {
    const { add, followed, numbers, recorded } = await setUp(harness);
    const { id, isShareable } = await add(A, "acme", "Sydney");
    expect(isShareable).toBe(false);
    const change = (patch: TrackingNumberPatch) => numbers.change(SHELL, { id, patch });
    const told = () => recorded.slice(count).map(({ detail }) => detail);
    let count = recorded.length;
    expect(await change({ isShareable: true })).toMatchObject({
      label: "Sydney",
      isShareable: true,
    });
    expect(told()).toEqual([
      { id, number: A, label: "Sydney", change: "shareable-set", isShareable: true },
    ]);
    expect(followed).toEqual([id]);
    count = recorded.length;
    expect((await change({ isShareable: true })).isShareable).toBe(true);
    expect(told()).toEqual([]);
    // A label alone leaves it as it is; both at once are an event each.
    expect((await change({ label: "Perth" })).isShareable).toBe(true);
    count = recorded.length;
    expect(await change({ label: "Hobart", isShareable: false })).toMatchObject({
      label: "Hobart",
      isShareable: false,
    });
    expect(told()).toMatchObject([{ change: "labelled" }, { change: "shareable-set" }]);
    expect((await numbers.list(SHELL, {})).trackingNumbers).toMatchObject([
      { label: "Hobart", isShareable: false },
    ]);
    const open = await numbers.add(SHELL, { account: "acme", number: B, isShareable: true });
    expect(open.isShareable).toBe(true);
    expect(recorded.at(-1)?.detail).toMatchObject({ change: "added", isShareable: true });
  });

  it("are granted to members of their account only", async () => {
    const { add, changed, member, numbers, recorded, users } = await setUp(harness);
    const number = await add(A);
    const ada = await member("ada", "acme");
    const grace = await member("grace", "beta");
    changed.length = 0;
    const at = { id: number.id, userId: ada.id };
    await numbers.grant(SHELL, at);
    await numbers.grant(SHELL, at);
    expect(changed).toEqual([ada.id]);
    expect(recorded.filter(({ kind }) => kind === "grant-changed")).toEqual([
      expect.objectContaining({
        account: "acme",
        userId: ada.id,
        detail: { change: "granted", number: A, email: "ada@example.com" },
      }),
    ]);
    expect((await numbers.listGrants(SHELL, number.id)).grants).toEqual([
      {
        userId: ada.id,
        email: "ada@example.com",
        name: "ada",
        grantedAt: expect.any(String),
        grantedBy: "host shell",
      },
    ]);
    const stranger = numbers.grant(SHELL, { ...at, userId: grace.id });
    await expect(stranger).rejects.toMatchObject({ code: "membership-missing", status: 409 });
    await numbers.revoke(SHELL, at);
    expect(recorded.at(-1)?.detail).toMatchObject({ change: "revoked", number: A });
    const again = numbers.revoke(SHELL, at);
    await expect(again).rejects.toMatchObject({ code: "grant-not-found" });
    await numbers.grant(SHELL, at);
    await users.changeMembership(SHELL, { userId: ada.id, accountCode: "acme", role: null });
    expect(recorded.at(-1)?.detail).toMatchObject({ role: null, grantsRemoved: 1 });
    expect((await numbers.listGrants(SHELL, number.id)).grants).toEqual([]);
  });

  it("leave no grant behind that raced with the end of the membership", async () => {
    const { add, member, numbers, users } = await setUp(harness);
    const number = await add(A);
    for (let round = 0; round < 12; round += 1) {
      const ada = await member(`ada${round}`, "acme");
      const granting = numbers.grant(SHELL, { id: number.id, userId: ada.id });
      const at = { userId: ada.id, accountCode: "acme", role: null };
      await Promise.allSettled([granting, users.changeMembership(SHELL, at)]);
      expect((await users.find(SHELL, ada.id)).memberships).toEqual([]);
      expect((await numbers.listGrants(SHELL, number.id)).grants).toEqual([]);
    }
  });

  it("go with their grants, and leave nothing for whoever adds the number again", async () => {
    const { add, member, numbers, listed, recorded } = await setUp(harness);
    const number = await add(A);
    const ada = await member("ada", "acme");
    await numbers.grant(SHELL, { id: number.id, userId: ada.id });
    await numbers.remove(SHELL, number.id);
    expect(recorded.at(-1)?.detail).toMatchObject({ change: "removed", grantsRemoved: 1 });
    expect((await add(A, "beta")).grants).toBe(0);
    expect(await listed(SHELL, { user: ada.id })).toEqual([]);
    const gone = numbers.remove(SHELL, number.id);
    await expect(gone).rejects.toMatchObject({ code: "number-not-found" });
  });

  it("are seen by agents when granted, by admins within their accounts", async () => {
    const { add, listed, member, numbers, signIn } = await setUp(harness);
    const ofAcme = await add(A, "acme");
    const ofBeta = await add(B, "beta");
    await add("+4930123456", "acme");
    const agent = await member("ada", "acme");
    const asAgent = await signIn(agent);
    const asAdmin = await signIn(await member("grace", "acme", "admin"));
    expect(await listed(asAgent)).toEqual([]);
    await numbers.grant(asAdmin, { id: ofAcme.id, userId: agent.id });
    expect(await listed(asAgent)).toEqual([A]);
    expect(await listed(asAgent, { account: "acme" })).toEqual([A]);
    expect(await listed(asAgent, { user: agent.id })).toEqual([A]);
    expect(await listed(asAdmin)).toEqual(["+4930123456", A]);
    expect(await listed(SHELL)).toHaveLength(3);
    for (const by of [asAgent, asAdmin]) {
      await expect(listed(by, { account: "beta" })).rejects.toMatchObject({ status: 404 });
      await expect(numbers.listGrants(by, ofBeta.id)).rejects.toMatchObject({ status: 404 });
      const label = numbers.change(by, { id: ofBeta.id, patch: { label: "mine" } });
      await expect(label).rejects.toMatchObject({ code: "number-not-found" });
      await expect(numbers.remove(by, ofBeta.id)).rejects.toMatchObject({ status: 404 });
      const added = numbers.add(by, { account: "beta", number: "+15550001111" });
      await expect(added).rejects.toMatchObject({ code: "account-not-found" });
    }
    // What is granted may be heard, not managed.
    const label = numbers.change(asAgent, { id: ofAcme.id, patch: { isShareable: true } });
    await expect(label).rejects.toMatchObject({ status: 404 });
  });
});

describeEachEngine("an account that is deleted", (harness) => {
  it("takes its numbers, grants and the users who belong nowhere else", async () => {
    const { accounts, add, changed, database, member, numbers, recorded, users } =
      await setUp(harness);
    const only = await member("ada", "acme");
    const both = await member("grace", "acme");
    const at = { userId: both.id, accountCode: "beta", role: "agent" } as const;
    await users.changeMembership(SHELL, at);
    const operator = await users.create(SHELL, {
      email: "op@example.com",
      name: "Op",
      isOperator: true,
      memberships: [{ account: "acme", role: "admin" }],
    });
    const number = await add(A);
    await numbers.grant(SHELL, { id: number.id, userId: both.id });
    const left = await add(B, "beta");
    await numbers.grant(SHELL, { id: left.id, userId: both.id });
    const contents = {
      usersDeleted: 1,
      usersKept: 2,
      trackingNumbers: 1,
      grants: 1,
      policies: 0,
      entries: 0,
      recordings: 0,
    };
    for (const confirm of [undefined, "ACME", "beta"]) {
      const asked = accounts.deleteAccount({ code: "acme", confirm, actor: "x" });
      await expect(asked).rejects.toMatchObject({
        code: "account-deletion-unconfirmed",
        status: 409,
        extra: { members: contents },
      });
    }
    changed.length = 0;
    const before = recorded.length;
    await accounts.deleteAccount({ code: "acme", confirm: "acme", actor: "x" });
    expect(changed).toEqual([null]);
    expect(recorded.slice(before).map(({ kind }) => kind)).toEqual([
      "user-deleted",
      "account-deleted",
    ]);
    expect(recorded.at(-1)?.detail).toMatchObject({ name: "acme", ...contents });
    await expect(users.find(SHELL, only.id)).rejects.toMatchObject({ code: "user-not-found" });
    expect((await users.find(SHELL, operator.id)).memberships).toEqual([]);
    expect((await users.find(SHELL, both.id)).memberships).toMatchObject([
      { account: "beta", isPrimary: false },
    ]);
    const grants = await database.kysely.selectFrom("accounts_grant").selectAll().execute();
    expect(grants.map((row) => row.tracking_number_id)).toEqual([left.id]);

    await accounts.addAccount({ code: "acme", name: "Another", createdBy: "x" });
    expect(await accounts.describeAccount(SHELL, "acme")).toMatchObject({
      name: "Another",
      users: 0,
      trackingNumbers: 0,
    });
    expect((await users.list(SHELL, { account: "acme" })).users).toEqual([]);
  });
});
