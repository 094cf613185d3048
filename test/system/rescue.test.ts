// `postern rescue` on the host's shell, as typed, for people who are really locked out.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { systemClock } from "../../src/platform/clock.ts";
import { startPeople } from "../people/start-people.ts";
import type { RunningPeople } from "../people/start-people.ts";
import { runCommand } from "./run-command.ts";

const dataDir = mkdtempSync(join(tmpdir(), "postern-"));
let portal: RunningPeople;
beforeAll(async () => {
  // The command's hour is the host's; the server's must be the same.
  portal = await startPeople({ dataDir, clock: systemClock });
  await portal.addAccount("acme");
});
afterAll(async () => {
  await portal.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

function rescue(command: string, answers = "") {
  return runCommand(dataDir, ["rescue", ...command.split(" ").filter(Boolean)], answers);
}

async function gateStatus(clientAddress: string): Promise<number> {
  return (await portal.ask("nginx", { clientAddress })).realStatus;
}

async function setCountries(countries: Readonly<Record<string, string>>): Promise<void> {
  const value = { mode: "enforce", defaultAction: "allow", unknown: "allow", private: "allow" };
  await portal.must("PUT", "/api/v1/policy/country", { value: { ...value, countries } });
}

async function ban(address: string): Promise<void> {
  const { banned } = await portal.must("POST", "/api/v1/reports", { address, count: 11 });
  expect(banned).toEqual([address]);
}

it("asks before each act, looks again after it, and ends when nothing refuses", async () => {
  await setCountries({ DE: "deny" });
  await ban("5.9.0.1");
  expect(await gateStatus("5.9.0.1")).toBe(403);
  const { code, out, err } = await rescue("5.9.0.1", "y\nYES\nn\n");
  expect(err.split("? [y/N] ")).toEqual([
    "release all bans of 5.9.0.1",
    "allow 5.9.0.1 for an hour",
    "",
  ]);
  expect(out).toContain("5.9.0.1 is under a ban\n");
  expect(out).toContain("5.9.0.1 is refused at sign-in by the platform's rules: banned\n");
  expect(out).toContain("5.9.0.1 is refused at api by the platform's rules: country-denied\n");
  expect(out).toMatch(/5\.9\.0\.1 is allowed until \d{4}-\S+Z\.\nNothing refuses now\.\n$/);
  expect(code).toBe(0);
  expect(await gateStatus("5.9.0.1")).toBe(200);
  // Another one of that country is refused as before.
  expect(await gateStatus("5.9.0.2")).toBe(403);
  const { entries } = await portal.must("GET", "/api/v1/entries?covering=5.9.0.1");
  expect(entries).toMatchObject([{ action: "allow", note: "postern rescue" }]);
  const left = Date.parse(entries[0].expiresAt) - systemClock.nowMs();
  expect(Math.abs(left - 3_600_000)).toBeLessThan(600_000);
  const audit = await portal.must("GET", "/api/v1/audit?limit=2");
  expect(audit.entries).toMatchObject([
    { kind: "entries-changed", actor: "host shell" },
    { kind: "release", actor: "host shell" },
  ]);
  expect(await rescue("5.9.0.1")).toMatchObject({ code: 0, out: "Nothing refuses now.\n" });
});

it("leaves alone what nobody agreed to, and says so by its exit code", async () => {
  await setCountries({ DE: "deny" });
  const dry = await rescue("5.9.0.3 --dry-run");
  expect(dry.code).toBe(1);
  expect(dry.out).toContain("could be done: allow 5.9.0.3 for an hour\n");
  expect(dry.out).toContain("could be done: set the rule country to monitor, for everybody\n");
  // The end of the input is a no.
  const declined = await rescue("5.9.0.3", "n\n");
  expect(declined).toMatchObject({ code: 1, err: expect.stringContaining("still refused") });
  expect(await gateStatus("5.9.0.3")).toBe(403);
});

it("sets a rule to monitor only when that is asked for, and keeps what it says", async () => {
  await setCountries({ DE: "deny", GB: "deny" });
  const { code, out } = await rescue("5.9.0.4", "n\ny\n");
  expect(out).toContain("The rule country of the platform is recorded and refuses nobody");
  expect(code).toBe(0);
  const { value } = await portal.must("GET", "/api/v1/policy/country");
  expect(value).toMatchObject({ mode: "monitor", countries: { DE: "deny", GB: "deny" } });
  expect(await gateStatus("5.9.0.4")).toBe(200);
});

describe("a change that waits to be confirmed", () => {
  const country = "/api/v1/policy/country";
  const modeNow = async () => (await portal.must("GET", country)).value.mode;

  async function denyForNow(place: string): Promise<void> {
    const rest = { defaultAction: "allow", unknown: "allow", private: "allow" };
    const value = { ...rest, mode: "enforce", countries: { GB: "deny" } };
    await portal.must("PUT", `${country}?confirmMinutes=10${place}`, { value });
  }

  it("is the first that is offered to be taken back, and stays where nobody agrees", async () => {
    await portal.must("POST", "/api/v1/policy/disable", { rule: "country" });
    await denyForNow("");
    const dry = await rescue("81.2.69.7 --dry-run");
    const words = "take back the change of country of the platform";
    expect(dry.code).toBe(1);
    const until = "goes back at \\S+Z unless it is confirmed\\n";
    expect(dry.out).toMatch(RegExp(`^country of the platform: changed by host shell; ${until}`));
    expect(dry.out).toContain(`\ncould be done: ${words}\ncould be done: allow 81.2.69.7 for`);
    // It is for everybody, so that it takes more than a yes to what helps the one.
    const refused = await rescue("81.2.69.7 --yes");
    expect(refused.out).toContain("81.2.69.7 is allowed until");
    expect([refused.code, await modeNow()]).toEqual([0, "enforce"]);

    const { code, out, err } = await rescue("81.2.69.8", "y\n");
    expect(err).toBe(`${words}? [y/N] `);
    expect(out).toMatch(
      /\nThe change is taken back: it is as it was before\.\nNothing refuses now/,
    );
    expect([code, await modeNow()]).toEqual([0, "off"]);
    expect((await portal.must("GET", "/api/v1/unconfirmed-changes")).changes).toEqual([]);
    const audit = await portal.must("GET", "/api/v1/audit?limit=1");
    expect(audit.entries).toMatchObject([{ kind: "policy-changed", actor: "host shell" }]);
  });

  it("is taken back unasked by --take-back, and that of another account let be", async () => {
    await denyForNow("");
    await denyForNow("&account=acme");
    const { code, out } = await rescue("81.2.69.8 --yes --take-back");
    expect(out).not.toContain("of acme");
    expect([code, await modeNow()]).toEqual([0, "off"]);
    const { changes } = await portal.must("GET", "/api/v1/unconfirmed-changes");
    expect(changes).toMatchObject([{ parts: [{ subject: "country", account: "acme" }] }]);
    const theirs = await rescue("81.2.69.8 --account acme --yes --take-back");
    expect(theirs).toMatchObject({ code: 0, out: expect.stringContaining("country of acme") });
  });
});

it("helps in the rules of an account, and takes away an entry for just that address", async () => {
  const deny = { action: "deny", account: "acme" };
  await portal.must("POST", "/api/v1/entries", { range: "203.0.113.0/24", ...deny });
  await portal.must("POST", "/api/v1/entries", { range: "203.0.113.9", ...deny });
  expect(await rescue("203.0.113.8")).toMatchObject({ code: 0 });
  const wide = await rescue("203.0.113.8 --account acme --yes");
  expect(wide.out).toContain("203.0.113.8 is refused at portal of acme by the rules of acme: on-");
  expect(wide.out).toMatch(/203\.0\.113\.8 is allowed until \S+\.\nNothing refuses now\.\n$/);
  const list = "/api/v1/entries?account=acme&action=allow";
  expect((await portal.must("GET", list)).entries).toMatchObject([{ range: "203.0.113.8" }]);
  // Behind the entry for the address stands the wider one.
  const exact = await rescue("203.0.113.9 --account acme --yes");
  expect(exact.code).toBe(0);
  expect(exact.out).toMatch(/Entry \d+ is removed\.\n203\.0\.113\.9 is allowed until/);
});

it("releases a user's password and codes, by where the user last came from", async () => {
  const person = await portal.addPerson({
    email: "ada@example.com",
    accounts: { acme: "agent" },
    app: true,
  });
  const own = portal.browser("198.51.100.77");
  const code = person.app!.codeAt(1);
  expect((await own.signIn(person.email, person.password)).json.next).toBe("second-factor");
  expect((await own.sendCode(code)).json.next).toBe("none");
  await ban("198.51.100.77");
  const stranger = portal.browser("192.0.2.200");
  for (let wrong = 0; wrong < 6; wrong += 1) await stranger.signIn(person.email, `no-${wrong}`);
  const rescued = await rescue(`${person.email} --yes`);
  expect(rescued.out).toContain("ada@example.com, last from: 198.51.100.77");
  expect(rescued.out).not.toContain("192.0.2.200");
  expect(rescued.out).toContain("ada@example.com is locked after wrong passwords\n");
  expect(rescued.out).toContain("The user is released.\n");
  expect(rescued).toMatchObject({ code: 0, err: "" });
  const again = await portal.browser("198.51.100.77").signIn(person.email, person.password);
  expect(again.json.next).toBe("second-factor");

  await portal.must("PATCH", `/api/v1/users/${person.id}`, { isDisabled: true });
  const enabled = await rescue(`--user ${person.email} --address 198.51.100.77 --yes`);
  expect(enabled.out).toBe(
    "ada@example.com is disabled\nThe user is enabled.\nNothing refuses now.\n",
  );
});

it.each([
  ["", "say who: an e-mail address, an address, or both"],
  ["203.0.113.7 --address 203.0.113.8", "the address is named twice"],
  ["ada@example.com --user ada@example.com", "the user is named twice"],
  ["--address 203.0.113.0/24", "is no IPv4 or IPv6 address"],
  ["203.0.113.7 --monitor", "--monitor goes with --yes"],
  ["203.0.113.7 --take-back", "--take-back goes with --yes"],
])("asked as %j it says what is accepted", async (command, words) => {
  const outcome = await rescue(command);
  expect(outcome).toMatchObject({ code: 2, out: "" });
  expect(outcome.err).toContain(words);
});
