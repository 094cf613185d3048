// What users and memberships promise on every engine: search, pages, reach, rights, races.
import { describe, expect, it } from "vitest";
import type { NewUser, UserAnswer } from "../../src/api/users-api.ts";
import { createAccounts } from "../../src/server/accounts/index.ts";
import type {
  AccountsEvent,
  AccountsListeners,
  Principal,
  UserPrincipal,
} from "../../src/server/accounts/index.ts";
import { describeEachEngine } from "./engines.ts";
import type { EngineHarness } from "./engines.ts";
import { createStandingClock, openStore } from "./open-store.ts";

const SHELL: Principal = { kind: "host-shell" };
const TOKEN: Principal = { kind: "token", id: "t", name: "pbx", scopes: ["policy:write"] };

async function setUp(harness: EngineHarness, listeners: Partial<AccountsListeners> = {}) {
  const database = await openStore(harness);
  const clock = createStandingClock();
  const recorded: AccountsEvent[] = [];
  const changed: (string | null)[] = [];
  const accounts = createAccounts({
    database,
    clock,
    recordEvent: async (_trx, event) => void recorded.push(event),
    onUserChanged: async (_trx, userId) => void changed.push(userId),
    ...listeners,
  });
  for (const code of ["acme", "beta"]) {
    await accounts.addAccount({ code, name: code.toUpperCase(), createdBy: "x" });
  }
  recorded.length = 0;

  const add = (email: string, more: Partial<NewUser> = {}) =>
    accounts.users.create(SHELL, { email, name: email.split("@")[0] ?? "", ...more });
  const admin = async (user: UserAnswer) => signIn(user, await idsOf());
  async function idsOf(): Promise<Readonly<Record<string, string>>> {
    const all = await accounts.listAccounts();
    return Object.fromEntries(all.map(({ code, id }) => [code, id]));
  }
  return { accounts, database, recorded, changed, add, signIn: admin, users: accounts.users };
}

function signIn(user: UserAnswer, ids: Readonly<Record<string, string>>): UserPrincipal {
  return {
    kind: "user",
    userId: user.id,
    email: user.email,
    name: user.name,
    sessionId: "s",
    isOperator: user.isOperator,
    memberships: user.memberships.map(({ account, accountName, role, isPrimary }) => ({
      accountId: ids[account] ?? "",
      code: account,
      name: accountName,
      role,
      isPrimary,
    })),
  };
}

const of = (account: string, role: "admin" | "agent") => ({ account, role });
const emailsOf = (page: { readonly users: readonly UserAnswer[] }) =>
  page.users.map(({ email }) => email);

describeEachEngine("users", (harness) => {
  it("are added with their first memberships, the first of them primary", async () => {
    const invited: string[] = [];
    const { recorded, changed, add, users } = await setUp(harness, {
      inviteUser: async (_trx, user) => void invited.push(user.email),
    });
    const memberships = [of("beta", "agent"), of("acme", "admin")];
    const ada = await add("Ada@Example.COM", { name: "Ada", memberships });
    expect(ada).toMatchObject({
      email: "Ada@example.com",
      name: "Ada",
      isOperator: false,
      isDisabled: false,
      createdBy: "host shell",
      isManaged: true,
      signIn: { status: "invited", lastSignedInAt: null, sessions: 0 },
      memberships: [
        { account: "acme", accountName: "ACME", role: "admin", isPrimary: false },
        { account: "beta", accountName: "BETA", role: "agent", isPrimary: true },
      ],
    });
    expect(await users.find(SHELL, ada.id)).toEqual(ada);
    expect(recorded).toEqual([
      {
        kind: "user-created",
        atMs: expect.any(Number),
        actor: "host shell",
        userId: ada.id,
        account: "beta",
        detail: {
          email: "Ada@example.com",
          name: "Ada",
          isOperator: false,
          memberships: "beta agent, acme admin",
        },
      },
    ]);
    expect(changed).toEqual([ada.id]);
    await add("grace@example.com", { invite: false });
    expect(invited).toEqual(["Ada@example.com"]);
  });

  it.each([
    ["ADA@example.com", "another case"],
    ["ada@EXAMPLE.com", "another case of the domain"],
  ])("are one for each address: %s (%s) is taken", async (email) => {
    const { add, users } = await setUp(harness);
    await add("ada@example.com");
    const taken = { code: "email-taken", status: 409 };
    const refused = { ...taken, extra: { errors: [{ path: "/email" }] } };
    await expect(add(email)).rejects.toMatchObject(refused);
    const grace = await add("grace@example.com");
    await expect(users.change(SHELL, grace.id, { email })).rejects.toMatchObject(taken);
    const racing = Array.from({ length: 6 }, () => add("new@example.com"));
    const done = (await Promise.allSettled(racing)).filter(({ status }) => status === "fulfilled");
    expect(done).toHaveLength(1);
  });

  it("have one address for both forms of an international domain", async () => {
    const { add, users } = await setUp(harness);
    await add("ada@bücher.example");
    await expect(add("ada@xn--bcher-kva.example")).rejects.toMatchObject({ code: "email-taken" });
    for (const search of ["BÜCHER", "xn--bcher"]) {
      expect(emailsOf(await users.list(SHELL, { search }))).toEqual(["ada@bücher.example"]);
    }
  });

  it.each(["a@b\r\nBcc: x", "ada", "@example.com", "ada@", "a b@example.com"])(
    "are refused with the address %j, and it is said where",
    async (email) => {
      const { add } = await setUp(harness);
      await expect(add(email)).rejects.toMatchObject({
        code: "email-refused",
        status: 400,
        extra: { errors: [{ path: "/email" }] },
      });
    },
  );

  it("are found by any part of name or address, whatever the case", async () => {
    const { add, users } = await setUp(harness);
    await add("ada@example.com", { name: "Łucja ÅSTRÖM" });
    await add("grace_h@example.com", { name: "Grace 100% Hopper" });
    await add("alan\u0021x@example.org", { name: "back\\slash" });
    const found = async (search: string) => emailsOf(await users.list(SHELL, { search }));
    expect(await found("ŁUCJA å")).toEqual(["ada@example.com"]);
    expect(await found("DA@EXAM")).toEqual(["ada@example.com"]);
    expect(await found("%")).toEqual(["grace_h@example.com"]);
    expect(await found("_")).toEqual(["grace_h@example.com"]);
    expect(await found("e_h")).toEqual(["grace_h@example.com"]);
    expect(await found("\\")).toEqual(["alan!x@example.org"]);
    expect(await found("g%r")).toEqual([]);
    expect(await found("a\u0000")).toEqual([]);
    expect(await found("'; drop table accounts_user; --")).toEqual([]);
    expect(await found("")).toHaveLength(3);
  });

  it("are listed page by page in the order of their addresses, each once", async () => {
    const { add, users } = await setUp(harness);
    const names = ["Zoe", "a-b", "ab", "a.b", "b", "C", "a_b"];
    for (const name of names) {
      await add(`${name}@example.com`, { memberships: [of("acme", "agent")] });
    }
    const seen: string[] = [];
    let after: string | undefined;
    do {
      const page = await users.list(SHELL, { limit: 2, ...(after === undefined ? {} : { after }) });
      expect(page.users.length).toBeLessThanOrEqual(2);
      seen.push(...emailsOf(page));
      after = page.next ?? undefined;
    } while (after !== undefined);
    const keys = names.map((name) => `${name}@example.com`.toLowerCase()).toSorted();
    expect(seen.map((email) => email.toLowerCase())).toEqual(keys);
    for (const wrong of ["!", "YQB=", Buffer.from("a\u0000").toString("base64url")]) {
      const refused = users.list(SHELL, { after: wrong });
      await expect(refused).rejects.toMatchObject({ code: "cursor-malformed", status: 400 });
    }
  });

  it("are listed by account and state", async () => {
    const { add, users } = await setUp(harness);
    await add("ada@example.com", { isOperator: true });
    const grace = await add("grace@example.com", { memberships: [of("acme", "agent")] });
    await users.change(SHELL, grace.id, { isDisabled: true });
    await add("alan@example.com", { memberships: [of("beta", "agent")] });
    expect(emailsOf(await users.list(SHELL, { account: "acme" }))).toEqual(["grace@example.com"]);
    expect(emailsOf(await users.list(SHELL, { status: "disabled" }))).toEqual([
      "grace@example.com",
    ]);
    expect(emailsOf(await users.list(SHELL, { status: "operator" }))).toEqual(["ada@example.com"]);
    const unknown = users.list(SHELL, { account: "nobody" });
    await expect(unknown).rejects.toMatchObject({ code: "account-not-found" });
  });

  it("record what changed with what it was, and nothing when nothing did", async () => {
    const { add, users, recorded, changed } = await setUp(harness);
    const memberships = [of("acme", "agent"), of("beta", "agent")];
    const ada = await add("ada@example.com", { memberships });
    recorded.length = 0;
    changed.length = 0;
    await users.change(SHELL, ada.id, { name: "ada", isDisabled: false, primaryAccount: "acme" });
    expect([recorded, changed]).toEqual([[], []]);
    const patch = { email: "ada@example.org", name: "Ada L", primaryAccount: "beta" };
    const after = await users.change(SHELL, ada.id, { ...patch, isDisabled: true });
    expect(after).toMatchObject({ email: "ada@example.org", name: "Ada L", isDisabled: true });
    expect(after.memberships.map(({ isPrimary }) => isPrimary)).toEqual([false, true]);
    expect(recorded[0]?.detail).toEqual({
      email: "ada@example.org",
      emailBefore: "ada@example.com",
      name: "Ada L",
      nameBefore: "ada",
      isDisabled: true,
      isDisabledBefore: false,
      primaryAccount: "beta",
      primaryAccountBefore: "acme",
    });
    expect(recorded[0]).toMatchObject({ kind: "user-changed", userId: ada.id });
    expect(changed).toEqual([ada.id]);
    expect(emailsOf(await users.list(SHELL, { search: "ada l" }))).toEqual(["ada@example.org"]);
    expect(emailsOf(await users.list(SHELL, { search: "example.com" }))).toEqual([]);
  });

  describe("the last operator", () => {
    const REFUSED = { code: "last-operator", status: 409 };

    it("stays, whoever asks; a disabled one is no operator that counts", async () => {
      const { add, users } = await setUp(harness);
      const ada = await add("ada@example.com", { isOperator: true });
      const grace = await add("grace@example.com", { isOperator: true });
      await users.change(SHELL, grace.id, { isDisabled: true });
      await expect(users.remove(SHELL, ada.id)).rejects.toMatchObject(REFUSED);
      for (const patch of [{ isDisabled: true }, { isOperator: false }]) {
        await expect(users.change(SHELL, ada.id, patch)).rejects.toMatchObject(REFUSED);
      }
      expect(await users.find(SHELL, ada.id)).toMatchObject({ isOperator: true });
      await users.remove(SHELL, grace.id);
      await expect(users.remove(SHELL, ada.id)).rejects.toMatchObject(REFUSED);
    });

    it("stays when two remove each other at the same time (attack row 77)", async () => {
      const { add, users, signIn: as } = await setUp(harness);
      const ways = [
        (by: Principal, id: string) => users.remove(by, id),
        (by: Principal, id: string) => users.change(by, id, { isDisabled: true }),
        (by: Principal, id: string) => users.change(by, id, { isOperator: false }),
      ];
      for (let round = 0; round < 12; round += 1) {
        const ada = await add(`ada${round}@example.com`, { isOperator: true });
        const grace = await add(`grace${round}@example.com`, { isOperator: true });
        // What an earlier round left is not to count.
        for (const one of (await users.list(SHELL, { status: "operator" })).users) {
          if (one.id !== ada.id && one.id !== grace.id) await users.remove(SHELL, one.id);
        }
        const outcomes = await Promise.allSettled([
          ways[round % 3]!(await as(ada), grace.id),
          ways[(round + Math.floor(round / 3)) % 3]!(await as(grace), ada.id),
        ]);
        const refused = outcomes.filter(({ status }) => status === "rejected");
        expect(refused.map((outcome) => "reason" in outcome && outcome.reason)).toMatchObject([
          REFUSED,
        ]);
        const left = (await users.list(SHELL, { status: "operator" })).users;
        expect(left.filter(({ isDisabled }) => !isDisabled)).toHaveLength(1);
      }
    });
  });

  it("never end their own user", async () => {
    const { add, users, signIn: as } = await setUp(harness);
    const own = { code: "own-user", status: 409 };
    const ada = await add("ada@example.com", { isOperator: true });
    await add("grace@example.com", { isOperator: true });
    const self = await as(ada);
    await expect(users.remove(self, ada.id)).rejects.toMatchObject(own);
    await expect(users.change(self, ada.id, { isDisabled: true })).rejects.toMatchObject(own);
    await expect(users.change(self, ada.id, { isOperator: false })).rejects.toMatchObject(own);
    const alan = await add("alan@example.com", { memberships: [of("acme", "admin")] });
    const at = { userId: alan.id, accountCode: "acme" };
    for (const role of ["agent", null] as const) {
      const lost = users.changeMembership(await as(alan), { ...at, role });
      await expect(lost).rejects.toMatchObject(own);
    }
  });

  it("leave nothing behind: whoever gets the address starts from nothing", async () => {
    const deleted: string[] = [];
    const { add, accounts, users, database, recorded } = await setUp(harness, {
      onUserDeleted: async (_trx, userId) => void deleted.push(userId),
    });
    const ada = await add("ada@example.com", { memberships: [of("acme", "agent")] });
    const wanted = { account: "acme", number: "+61255501234" };
    const number = await accounts.trackingNumbers.add(SHELL, wanted);
    await accounts.trackingNumbers.grant(SHELL, { id: number.id, userId: ada.id });
    await users.remove(SHELL, ada.id);
    expect(deleted).toEqual([ada.id]);
    expect(recorded.at(-1)).toMatchObject({
      kind: "user-deleted",
      userId: ada.id,
      detail: { email: "ada@example.com", name: "ada" },
    });
    for (const table of ["accounts_user", "accounts_membership", "accounts_grant"] as const) {
      expect(await database.kysely.selectFrom(table).selectAll().execute()).toEqual([]);
    }
    const again = await add("ada@example.com", { memberships: [of("acme", "agent")] });
    expect(again.id).not.toBe(ada.id);
    const granted = await accounts.trackingNumbers.list(SHELL, { user: again.id });
    expect(granted.trackingNumbers).toEqual([]);
    await expect(users.find(SHELL, ada.id)).rejects.toMatchObject({ code: "user-not-found" });
  });

  it("keep everything when a later domain cannot delete its part", async () => {
    const { add, users } = await setUp(harness, {
      onUserDeleted: () => Promise.reject(new Error("away")),
    });
    const ada = await add("ada@example.com", { memberships: [of("acme", "agent")] });
    await expect(users.remove(SHELL, ada.id)).rejects.toThrow("away");
    expect(await users.find(SHELL, ada.id)).toEqual(ada);
  });

  it("tell of a new address and by whom, so that mailed links end", async () => {
    const told: string[] = [];
    const {
      add,
      users,
      signIn: as,
    } = await setUp(harness, {
      onEmailChanged: async (_trx, { before, after, changedBy }) =>
        void told.push(`${before.email} ${after.email} ${changedBy}`),
    });
    const ada = await add("ada@example.com");
    const grace = await add("grace@example.com", { isOperator: true });
    await users.change(SHELL, ada.id, { name: "Ada" });
    await users.change(SHELL, ada.id, { email: "ada@example.org" });
    // The part before the @ may be another mailbox in another case (RFC 5321, 2.4).
    await users.change(await as(grace), ada.id, { email: "Ada@example.org" });
    expect(told).toEqual([
      "ada@example.com ada@example.org null",
      "ada@example.org Ada@example.org grace@example.com",
    ]);
  });

  it("tell when they are disabled and enabled, once each", async () => {
    const told: string[] = [];
    const { add, users } = await setUp(harness, {
      onUserDisabled: async (_trx, userId) => void told.push(`disabled ${userId}`),
      onUserEnabled: async (_trx, userId) => void told.push(`enabled ${userId}`),
    });
    const { id } = await add("ada@example.com");
    for (const isDisabled of [false, true, true, false, false]) {
      await users.change(SHELL, id, { isDisabled });
    }
    expect(told).toEqual([`disabled ${id}`, `enabled ${id}`]);
  });

  it("keep their address when they ask themselves, or a token does", async () => {
    const { add, users, signIn: as } = await setUp(harness);
    const ada = await add("ada@example.com", { isOperator: true });
    const grace = await add("grace@example.com");
    const errors = [{ path: "/email" }];
    const own = users.change(await as(ada), ada.id, { email: "new@example.com" });
    await expect(own).rejects.toMatchObject({ code: "own-user", status: 409, extra: { errors } });
    const byToken = users.change(TOKEN, grace.id, { name: "G", email: "new@example.com" });
    const refused = { code: "token-refused", status: 403, extra: { errors } };
    await expect(byToken).rejects.toMatchObject(refused);
    expect(await users.find(SHELL, grace.id)).toEqual(grace);
    expect(await users.change(TOKEN, grace.id, { name: "G", email: grace.email })).toMatchObject({
      name: "G",
    });
  });

  it("are made operators by operators and the host's shell, not by tokens", async () => {
    const { add, users } = await setUp(harness);
    const refused = { code: "operator-required", status: 403 };
    const wanted = { email: "ada@example.com", name: "Ada" };
    const made = users.create(TOKEN, { ...wanted, isOperator: true });
    await expect(made).rejects.toMatchObject(refused);
    const ada = await users.create(TOKEN, wanted);
    const promoted = users.change(TOKEN, ada.id, { isOperator: true });
    await expect(promoted).rejects.toMatchObject(refused);
    const grace = await add("grace@example.com", { isOperator: true });
    await add("alan@example.com", { isOperator: true });
    await expect(users.remove(TOKEN, grace.id)).rejects.toMatchObject(refused);
    const renamed = users.change(TOKEN, grace.id, { email: "mine@example.com" });
    await expect(renamed).rejects.toMatchObject(refused);
    await expect(users.findManaged(TOKEN, grace.id)).rejects.toMatchObject(refused);
  });
});
