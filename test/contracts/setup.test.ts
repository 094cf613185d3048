// What the setup of the first operator promises on every engine: once, and never again.
import { expect, it } from "vitest";
import { describeEachEngine } from "./engines.ts";
import { RIGHT, setUpDoor } from "./people-at-the-door.ts";
import { HOST_SHELL } from "./start-credentials.ts";
import type { Browser, CredentialsNode } from "./start-credentials.ts";

async function tokenOf(node: CredentialsNode): Promise<string> {
  const url = (await node.credentials.setup.openSetup()) ?? "";
  expect(url).toMatch(/^https:\/\/portal\.example\.com\/postern\/setup#token=[\w-]{43}$/);
  return url.split("#token=")[1] ?? "";
}

function setUp(browser: Browser, token: string, more: object = {}) {
  const body = { token, email: "ada@example.com", name: "Ada", password: RIGHT, ...more };
  return browser.send("POST", "/api/v1/setup", { body });
}

const isOpen = async (node: CredentialsNode) =>
  (await node.browse("GET", "/api/v1/sign-in-page")).json.isSetupOpen;

describeEachEngine("setup", (harness) => {
  it("row 77: makes the first operator and signs them in, once", async () => {
    const { node, database } = await setUpDoor(harness);
    expect(await isOpen(node)).toBe(false);
    const token = await tokenOf(node);
    expect(await isOpen(node)).toBe(true);
    const browser = node.open();
    const answer = await setUp(browser, token);
    expect([answer.status, answer.json]).toEqual([201, { next: "none", returnTo: null }]);
    expect((await browser.send("GET", "/api/v1/users")).json.users).toEqual([
      expect.objectContaining({ email: "ada@example.com", isOperator: true }),
    ]);
    expect(await isOpen(node)).toBe(false);
    expect((await setUp(node.open(), token, { email: "eve@example.com" })).status).toBe(404);
    expect(await node.credentials.setup.openSetup()).toBeNull();
    const rows = await database.kysely.selectFrom("identity_setup").selectAll().execute();
    expect(JSON.stringify(rows)).not.toContain(token);
    expect(node.events.map(({ kind }) => kind)).toEqual([
      "user-created",
      "setup-completed",
      "sign-in",
    ]);
    expect((await node.open().signIn("ada@example.com", RIGHT)).status).toBe(200);
  });

  it("row 77: of ten that race with the link one sets up", async () => {
    const { node, database } = await setUpDoor(harness);
    const token = await tokenOf(node);
    const racing = Array.from({ length: 10 }, (_, at) =>
      setUp(node.open(), token, { email: `ada${at}@example.com` }),
    );
    const statuses = (await Promise.all(racing)).map(({ status }) => status);
    expect(statuses.filter((status) => status === 201)).toHaveLength(1);
    expect(statuses.filter((status) => status === 404)).toHaveLength(9);
    const users = await database.kysely.selectFrom("accounts_user").select("id").execute();
    expect(users).toHaveLength(1);
  });

  it("row 77: each start's link takes the place of the one before", async () => {
    const { node } = await setUpDoor(harness);
    const [older, newer] = [await tokenOf(node), await tokenOf(node)];
    expect((await setUp(node.open(), older)).json).toMatchObject({ code: "setup-closed" });
    expect(node.offences).toEqual([expect.objectContaining({ kind: "reset-token" })]);
    expect((await setUp(node.open(), newer)).status).toBe(201);
  });

  it("row 77: a refused address or password leaves the link open", async () => {
    const { node, addUser } = await setUpDoor(harness);
    await addUser("grace@example.com", { password: null });
    const token = await tokenOf(node);
    const pathOf = async (more: object) =>
      (await setUp(node.open(), token, more)).json.errors[0].path;
    expect(await pathOf({ email: "no address" })).toBe("/email");
    expect(await pathOf({ email: "grace@example.com" })).toBe("/email");
    expect(await pathOf({ password: "short" })).toBe("/password");
    expect(await pathOf({ password: "ada@example.com 12" })).toBe("/password");
    expect(await pathOf({ password: "portal-2026-spring" })).toBe("/password");
    expect(await pathOf({ password: "hgfedcba" })).toBe("/password");
    expect((await setUp(node.open(), token)).status).toBe(201);
  });

  it("row 77: stays closed when all operators are gone from the store", async () => {
    const { node, database } = await setUpDoor(harness);
    const token = await tokenOf(node);
    await setUp(node.open(), token);
    await database.transaction(async (trx) => {
      await trx.deleteFrom("accounts_user").execute();
      await trx.deleteFrom("identity_password").execute();
    });
    expect(await node.credentials.setup.openSetup()).toBeNull();
    expect(await isOpen(node)).toBe(false);
    expect((await setUp(node.open(), token)).status).toBe(404);
  });

  it("row 77: is closed the moment a user with a password is made operator", async () => {
    const { node, addUser } = await setUpDoor(harness);
    const id = await addUser("grace@example.com");
    const token = await tokenOf(node);
    await node.accounts.users.change(HOST_SHELL, id, { name: "Grace" });
    expect(await isOpen(node)).toBe(true);
    await node.accounts.users.change(HOST_SHELL, id, { isOperator: true });
    expect(await isOpen(node)).toBe(false);
    expect((await setUp(node.open(), token)).status).toBe(404);
  });

  it("row 77: is closed by an operator who was made on the host", async () => {
    const { node, addUser, database } = await setUpDoor(harness);
    const token = await tokenOf(node);
    const id = await addUser("grace@example.com", { isOperator: true, password: null });
    expect(await node.credentials.setup.openSetup()).toBeNull();
    expect((await setUp(node.open(), token)).status).toBe(404);
    const managed = { principal: HOST_SHELL, userId: id, request: {} as never };
    await node.credentials.passwords.setFor(managed, RIGHT);
    const [row] = await database.kysely.selectFrom("identity_setup").selectAll().execute();
    expect(row).toMatchObject({ token_hash: null, completed_at: expect.any(Number) });
  });
});
