// `postern webhook` as typed: added with a secret shown once, tested, changed, switched, removed.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { startGate } from "../attacks/start-gate.ts";
import type { RunningGate } from "../attacks/start-gate.ts";
import { signatureOf, startReceiver } from "../sending/start-receiver.ts";
import type { Receiver } from "../sending/start-receiver.ts";
import { runCommand } from "./run-command.ts";

const dataDir = mkdtempSync(join(tmpdir(), "postern-webhook-"));
const PATH = "/api/v1/webhooks";
let gate: RunningGate;
let receiver: Receiver;

beforeAll(async () => {
  gate = await startGate({ dataDir });
  receiver = await startReceiver();
});
afterAll(async () => {
  await gate?.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

function webhook(...words: readonly string[]) {
  return runCommand(dataDir, ["webhook", ...words]);
}

const SHOWN_ONCE = "Give the receiver this secret now; it is not shown again.\n";
const secretIn = (out: string) => /^whsec_\S+$/m.exec(out)?.[0] ?? "";
const lastTest = () => receiver.got.findLast(({ json }) => json.type === "test")!;
const listed = async () => (await gate.must("GET", PATH)).webhooks;

it("lives from its secret to its removal", async () => {
  expect(await webhook("list")).toEqual({ code: 0, out: "There are no webhooks.\n", err: "" });
  const added = await webhook("add", "SIEM", receiver.url, "--groups", "bans,alarms");
  expect(added).toMatchObject({ code: 0, err: SHOWN_ONCE });
  expect(added.out).toMatch(/^Webhook SIEM \([a-z2-7]{20}\) is on\.\nwhsec_\S+\n$/);
  const secret = secretIn(added.out);

  const tested = await webhook("test", "siem");
  expect(tested).toMatchObject({ code: 0, err: "" });
  expect(tested.out).toMatch(/^Taken with status 204 in \d+ ms\.\n$/);
  const message = lastTest();
  expect(message.signature).toBe(signatureOf(secret, message));

  const renewed = await webhook("new-secret", "SIEM");
  expect(renewed).toMatchObject({ code: 0, err: SHOWN_ONCE });
  expect(secretIn(renewed.out)).not.toBe(secret);
  await webhook("test", "SIEM");
  const next = lastTest();
  expect(next.signature).toBe(signatureOf(secretIn(renewed.out), next));

  receiver.answers(() => 500);
  expect(await webhook("test", "SIEM")).toEqual({
    code: 1,
    out: "",
    err: "postern: the test message was not taken: the receiver answered with status 500\n",
  });

  const change = ["--name", "Archive", "--groups", "refusals"];
  const changed = await webhook("change", "SIEM", ...change);
  expect(changed).toEqual({ code: 0, out: "Webhook Archive is on and gets refusals.\n", err: "" });
  const off = await webhook("off", "Archive");
  expect(off.out).toBe("Webhook Archive is off: nothing is sent.\n");
  expect(await listed()).toMatchObject([{ name: "Archive", isOn: false, groups: ["refusals"] }]);
  const [heading = "", row = ""] = (await webhook("list")).out.split("\n");
  expect(heading).toMatch(/^ID +NAME +STATE +GROUPS +WAITING +NEVER SENT +DELIVERED +URL +FAULT$/);
  expect(row).toMatch(/^[a-z2-7]{20} +Archive +off +refusals +0 +0 +\S+ +http/);
  expect(row).not.toContain("whsec_");
  expect((await webhook("on", "Archive")).out).toBe("Webhook Archive is on and gets refusals.\n");

  const removed = await webhook("remove", "Archive");
  expect(removed).toEqual({ code: 0, out: "Webhook Archive is deleted.\n", err: "" });
  expect(await listed()).toEqual([]);
});

it("is named by its id where several have its name", async () => {
  const add = ["add", "Twin", receiver.url, "--groups", "bans", "--json"];
  const [one, other] = [await webhook(...add), await webhook(...add)].map(({ out }) =>
    JSON.parse(out),
  );
  expect(one.secret).toMatch(/^whsec_/);
  const unclear = await webhook("remove", "Twin");
  expect(unclear).toMatchObject({ code: 2, out: "" });
  expect(unclear.err).toContain(one.id);
  expect(unclear.err).toContain(other.id);
  expect((await webhook("remove", one.id)).code).toBe(0);
  const json = JSON.parse((await webhook("list", "--json")).out);
  expect(json).toMatchObject({ webhooks: [{ id: other.id }], syslog: null });
  expect((await webhook("remove", "Twin")).code).toBe(0);
});

it.each([
  [["add", "SIEM", "https://a.example/in"], 2, "--groups"],
  [["add", "SIEM", "https://a.example/in", "--groups", "all"], 2, "write some of refusals,"],
  [["add", "SIEM", "http://a.example/in", "--groups", "bans"], 1, "https address"],
  [["change", "SIEM"], 2, "say what to change"],
  [["test", "SIEM"], 1, "there is no webhook SIEM; see webhook list"],
])("asked as %j it says what is accepted", async (words, code, said) => {
  expect(await webhook(...words)).toMatchObject({
    code,
    out: "",
    err: expect.stringContaining(said),
  });
});
