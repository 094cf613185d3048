// `postern rescue` of who was banned by a rule that stands: the same pace passes afterwards.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import { systemClock } from "../../src/platform/clock.ts";
import { startGate } from "../attacks/start-gate.ts";
import type { RunningGate } from "../attacks/start-gate.ts";
import { runCommand } from "./run-command.ts";

const dataDir = mkdtempSync(join(tmpdir(), "postern-rescue-"));
let gate: RunningGate;
beforeAll(async () => {
  // The command's hour is the host's; the server's must be the same.
  gate = await startGate({ dataDir, clock: systemClock });
  await gate.must("POST", "/api/v1/accounts", { code: "acme", name: "Acme" });
  const route = { host: "acme.example.com", pathPrefix: "/", surface: "portal", account: "acme" };
  await gate.must("PUT", "/api/v1/policy/routes", { value: { routes: [route] } });
});
afterEach(async () => {
  for (const of of ["", "?account=acme"]) {
    await gate.must("PUT", `/api/v1/policy/rate-limits${of}`, { value: limits("off") });
    await gate.must("PUT", `/api/v1/policy/address-lists${of}`, { value: { mode: "enforce" } });
  }
});
afterAll(async () => {
  await gate?.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

const RATE = "/api/v1/policy/rate-limits";

/** Of the portal one request an hour. */
function limits(mode: "off" | "enforce") {
  const limit = { requestMaxCount: 1, requestMaxSeconds: 3600, requestBanExpirySeconds: 3600 };
  const off = { ...limit, mode: "off" };
  return { audio: off, api: off, portal: { ...limit, mode } };
}

async function pages(clientAddress: string, count: number, host?: string) {
  const statuses: number[] = [];
  for (let page = 0; page < count; page += 1) {
    const visit = { clientAddress, ...(host === undefined ? {} : { host }) };
    statuses.push((await gate.ask("nginx", visit)).realStatus);
  }
  return statuses;
}

async function banByPace(address: string, host?: string): Promise<void> {
  const of = host === undefined ? "" : "?account=acme";
  await gate.must("PUT", `${RATE}${of}`, { value: limits("enforce") });
  expect(await pages(address, 3, host)).toEqual([200, 429, 403]);
}

function rescue(command: string, answers = "") {
  return runCommand(dataDir, ["rescue", ...command.split(" ")], answers);
}

const modeNow = async (of = "") => (await gate.must("GET", `${RATE}${of}`)).value.portal.mode;

const NAMED =
  "was banned by the rule rate-limits of the platform: more than 1 request in 3600 seconds at " +
  "portal. It is enforced, and will ban again at the same pace\n";

it("names the limit that banned, allows the address, and the same pace passes", async () => {
  await banByPace("81.2.69.142");
  const dry = await rescue("81.2.69.142 --dry-run");
  expect(dry.code).toBe(1);
  expect(dry.out).toContain(`81.2.69.142 ${NAMED}`);
  expect(dry.out.match(/could be done: .*/g)).toEqual([
    "could be done: release all bans of 81.2.69.142",
    "could be done: allow 81.2.69.142 for an hour",
    "could be done: set the rule rate-limits to monitor, for everybody",
  ]);
  const { code, out } = await rescue("81.2.69.142 --yes --monitor");
  expect(out).toMatch(/81\.2\.69\.142 is allowed until \S+\.\nNothing refuses now\.\n$/);
  expect(code).toBe(0);
  expect(await pages("81.2.69.142", 5)).toEqual([200, 200, 200, 200, 200]);
  // The mildest was enough: others are limited as before.
  expect([await modeNow(), await pages("81.2.69.143", 3)]).toEqual(["enforce", [200, 429, 403]]);
});

it("sets the limit to monitor where no address can be allowed", async () => {
  await gate.must("PUT", "/api/v1/policy/address-lists", { value: { mode: "off" } });
  await banByPace("81.2.69.150");
  const { code, out } = await rescue("81.2.69.150 --yes --monitor");
  expect(out).toContain(
    "The rule rate-limits of the platform is recorded and refuses nobody: set it right soon.\n",
  );
  expect([code, await modeNow()]).toEqual([0, "monitor"]);
  expect(await pages("81.2.69.150", 5)).toEqual([200, 200, 200, 200, 200]);
  // An entry of before does not stop a second rescue.
  await banByPace("81.2.69.151");
  await gate.must("POST", "/api/v1/entries", { range: "81.2.69.151", action: "allow" });
  const again = await rescue("81.2.69.151 --yes --monitor");
  expect(again).toMatchObject({ code: 0, err: "" });
  expect(await modeNow()).toBe("monitor");
});

it("does not say that nothing refuses where what banned stays as it was", async () => {
  await banByPace("81.2.69.160");
  const { code, out, err } = await rescue("81.2.69.160", "y\nn\nn\n");
  expect(out).toContain("The bans of 81.2.69.160 are released");
  expect(out).not.toContain("Nothing refuses now");
  expect(code).toBe(1);
  expect(err).toContain("refused no more, and what banned will ban again at the same pace");
  expect(await pages("81.2.69.160", 2)).toEqual([200, 429]);
  const set = await rescue("81.2.69.160", "y\nn\ny\n");
  expect([set.code, await modeNow()]).toEqual([0, "monitor"]);
  expect(await pages("81.2.69.160", 3)).toEqual([200, 200, 200]);
});

it("finds the limit of an account by the ban that it made", async () => {
  await banByPace("81.2.69.170", "acme.example.com");
  const { code, out } = await rescue("81.2.69.170 --account acme --yes");
  expect(out).toContain("81.2.69.170 was banned by the rule rate-limits of acme: more than 1 ");
  expect(code).toBe(0);
  expect(await pages("81.2.69.170", 3, "acme.example.com")).toEqual([200, 200, 200]);
});

it("names what bans for failed sign-ins, and for a flood", async () => {
  const report = { address: "81.2.69.180", count: 11 };
  await gate.must("POST", "/api/v1/reports", report);
  const rescued = await rescue("81.2.69.180 --yes");
  expect(rescued.out).toContain(
    "by the rule failed-authentication of the platform: more than 10 failed sign-ins in 600 ",
  );
  expect(rescued.code).toBe(0);
  expect((await gate.must("POST", "/api/v1/reports", report)).banned).toEqual([]);

  const flood = await pages("81.2.69.181", 601);
  expect(flood.at(-1)).toBe(429);
  const dry = await rescue("81.2.69.181 --dry-run");
  expect(dry.out).toContain(
    "by the rule hard-limit of the platform: more than 600 requests in 60 ",
  );
  expect(dry.out).not.toContain("to monitor");
  expect((await rescue("81.2.69.181 --yes")).code).toBe(0);
  expect(await pages("81.2.69.181", 2)).toEqual([200, 200]);
});

it("says nothing of a rule that bans no more", async () => {
  await banByPace("81.2.69.190");
  await gate.must("PUT", RATE, { value: limits("off") });
  expect(await rescue("81.2.69.190 --yes")).toEqual({
    code: 0,
    out: expect.not.stringContaining("at the same pace"),
    err: "",
  });
});
