// The commands for users, accounts and numbers, as typed, against the real API.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, expect, it } from "vitest";
import { startGate } from "../attacks/start-gate.ts";
import { useEngine } from "../contracts/engines.ts";
import { startPeople } from "../people/start-people.ts";
import { startApi } from "./start-api.ts";
import type { RunningApi } from "./start-api.ts";
import { runCommand } from "./run-command.ts";

const harness = useEngine("sqlite");
let api: RunningApi;
beforeAll(async () => {
  api = await startApi(harness);
});

function run(...words: readonly string[]) {
  return runCommand(api.dataDirectory, words);
}

it("lead from an account to a granted number and back to nothing", async () => {
  expect(await run("account", "add", "acme", "Acme Ltd")).toMatchObject({ code: 0 });
  const create = "user create Ada@example.com --name Ada --account acme:admin --invite";
  const created = await run(...create.split(" "));
  expect(created).toMatchObject({ code: 0, out: "User Ada@example.com is invited by e-mail.\n" });
  // Found though its address is a part of another one, which comes before it.
  await run("user", "create", "a.ada@example.com", "--name", "Other", "--invite");
  const shown = await run("user", "show", "ada@EXAMPLE.com");
  expect(shown.out.split("\n")[1]).toMatch(/^Ada@example\.com {2}Ada +acme:admin\* {2}invited/);

  expect((await run("user", "set-role", "ada@example.com", "operator")).out).toBe(
    "User Ada@example.com is operator,acme:admin*.\n",
  );
  expect((await run("user", "disable", "ada@example.com")).err).toMatch(
    /last operator|must be able/,
  );
  await run("user", "set-role", "a.ada@example.com", "operator");
  expect((await run("user", "disable", "ada@example.com")).code).toBe(0);
  expect((await run("user", "list", "--status", "disabled")).out).toContain("Ada@example.com");
  expect((await run("user", "enable", "ada@example.com")).out).toContain("is enabled");

  const number = await run("number", "add", "acme", "+61 2 5550 1234", "--label", "Sydney");
  expect(number.out).toBe("Number +61255501234 belongs to acme.\n");
  const granted = await run("number", "grant", "+61255501234", "ada@example.com");
  expect(granted.out).toBe("Number +61255501234 is granted to Ada@example.com.\n");
  const listed = await run("number", "list", "--user", "ada@example.com", "--json");
  expect(JSON.parse(listed.out)).toMatchObject({
    trackingNumbers: [{ number: "+61255501234", label: "Sydney", grants: 1 }],
  });
  expect((await run("number", "grant", "+61255501234", "a.ada@example.com")).err).toContain(
    "make the user a member of acme first",
  );
  expect((await run("number", "revoke", "+61255501234", "ada@example.com")).code).toBe(0);
  const shared = await run("number", "set", "+61255501234", "--shareable", "yes");
  expect(shared.out).toBe("Number +61255501234 (Sydney) is shareable.\n");
  const renamed = await run("number", "set", "+61255501234", "--label", "Perth", "--json");
  expect(JSON.parse(renamed.out)).toMatchObject({ label: "Perth", isShareable: true });
  const numbers = await run("number", "list");
  expect(numbers.out.split("\n")[1]).toMatch(/^\+61255501234 {2}acme +Perth +0 +yes /);
  const closed = await run("number", "set", "+61255501234", "--shareable", "no", "--label", "");
  expect(closed.out).toBe("Number +61255501234 is not shareable.\n");
  const open = await run("number", "add", "acme", "+61855505678", "--shareable", "--json");
  expect(JSON.parse(open.out)).toMatchObject({ isShareable: true });
  expect((await run("number", "remove", "+61855505678")).code).toBe(0);

  expect((await run("account", "rename", "acme", "Acme Pty")).out).toContain("Acme Pty");
  expect((await run("account", "list")).out.split("\n")[1]).toMatch(/^acme {2}Acme Pty {2}1 +1 /);
  const asked = await run("account", "remove", "acme");
  expect(asked.code).toBe(1);
  expect(asked.err).toContain("tracking numbers: 1");
  expect((await run("account", "remove", "acme", "--confirm", "acme")).code).toBe(0);
  expect((await run("number", "remove", "+61255501234")).err).toContain(
    "there is no tracking number",
  );
  expect((await run("user", "show", "ada@example.com", "--json")).out).toContain(
    '"memberships": []',
  );
  expect((await run("user", "remove", "ada@example.com")).out).toContain("is deleted");
  expect(await run("user", "show", "ada@example.com")).toMatchObject({
    code: 1,
    err: "postern: no user has the e-mail address ada@example.com\n",
  });
});

it("let in the first operator of the whole product by a link that is printed once", async () => {
  const dataDir = mkdtempSync(join(tmpdir(), "postern-"));
  const gate = await startGate({ dataDir });
  try {
    const as = (text: string) => runCommand(dataDir, text.split(" "));
    const created = await as("user create ada@example.com --name Ada --operator");
    expect(created.code).toBe(0);
    expect(created.out).toMatch(/^https?:\/\/\S+\/postern\/\S+#token=[A-Za-z0-9_-]{43}\n$/);
    expect(created.err).toMatch(/^It works once, until \d{4}-/m);
    const link = await as("user link ada@example.com --json");
    expect(JSON.parse(link.out).url).not.toBe(created.out.trim());
    expect((await as("user unlock ada@example.com")).out).toContain("is released");
    expect((await as("user end-sessions ada@example.com")).out).toBe(
      "0 sessions of ada@example.com ended.\n",
    );
    expect((await as("user set-email ada@example.com ada@example.org")).out).toBe(
      "User ada@example.com has the e-mail address ada@example.org now.\n",
    );
    expect((await as("user list")).out).toContain("ada@example.org");
    expect((await as("user list")).out).toContain("operator");
  } finally {
    await gate.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
});

it("take the second factor of who lost the device, and show who has one", async () => {
  const dataDir = mkdtempSync(join(tmpdir(), "postern-"));
  const portal = await startPeople({ dataDir });
  try {
    const person = await portal.addPerson({ email: "ada@example.com", app: true });
    const as = (text: string) => runCommand(dataDir, text.split(" "));
    expect((await as("user show ada@example.com")).out).toMatch(/2FA[^]* active +app /);
    expect((await as("user reset-two-factor ada@example.com")).out).toBe(
      "User ada@example.com has no second factor any more; removed: app.\n",
    );
    expect((await as("user show ada@example.com")).out).not.toContain("app");
    expect((await as("user reset-two-factor ada@example.com")).out).toContain("had no second");
    expect((await portal.browser().signIn(person.email, person.password)).json.next).toBe("none");
  } finally {
    await portal.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
});

it.each([
  [["user", "create", "ada@example.com", "--name", "A", "--account", "acme:boss"], "acme:admin"],
  [["user", "show", "ada"], "one @"],
  [["user", "set-role", "ada@example.com", "admin"], "--account"],
  [["user", "set-role", "ada@example.com", "boss"], "operator, admin, agent, none"],
  [["user", "set-role", "ada@example.com", "operator", "--account", "acme"], "leave --account out"],
  [["number", "remove", "02 5550 1234"], "+61255501234"],
  [["number", "set", "+61255501234"], "--shareable"],
  [["number", "set", "+61255501234", "--shareable", "maybe"], "yes, no"],
])("%j is asked wrongly, and it is said what is accepted", async (words, told) => {
  const outcome = await run(...words);
  expect(outcome).toMatchObject({ code: 2, out: "" });
  expect(outcome.err).toContain(told);
});
