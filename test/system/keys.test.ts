// Master keys of the whole product: made, listed, rotated under a running server, lost, damaged.
import { mkdtempSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { afterAll, describe, expect, it } from "vitest";
import { newMasterKey, writeMasterKey } from "../../src/platform/crypto/master-key-text.ts";
import { startGate } from "../attacks/start-gate.ts";
import type { RunningGate, StartGate } from "../attacks/start-gate.ts";
import { useEngine } from "../contracts/engines.ts";
import { countSecrets, fillSecrets } from "../identity/sealed-secrets.ts";
import { runCommand } from "./run-command.ts";

const directories: string[] = [];
afterAll(() => {
  for (const directory of directories) rmSync(directory, { recursive: true, force: true });
});

function newDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), "postern-keys-"));
  directories.push(directory);
  return directory;
}

async function withGate<T>(wanted: StartGate, use: (gate: RunningGate) => Promise<T>): Promise<T> {
  const gate = await startGate(wanted);
  try {
    return await use(gate);
  } finally {
    await gate.stop();
  }
}

const partsOf = ({ server }: RunningGate) => server.identity.parts;
const secretsOf = (gate: RunningGate) =>
  countSecrets(partsOf(gate).database, partsOf(gate).keyRing);

function run(dataDir: string, ...words: readonly string[]) {
  return runCommand(dataDir, words);
}

describe("the key file", () => {
  it("is made at the first start and rotated under a running server, which uses it at once", () =>
    withGate({ dataDir: newDirectory() }, async (gate) => {
      const { keyRing, database, masterKeys } = partsOf(gate);
      const { filePath } = masterKeys;
      const before = keyRing.activeKeyId();
      expect(statSync(filePath).mode & 0o777).toBe(0o600);
      await fillSecrets(database, keyRing, 3);
      const status = await gate.must("GET", "/api/v1/keys");
      const key = { id: before, state: "active", source: "file", seals: 6 };
      expect(status).toMatchObject({ activeKeyId: before, source: "file", filePath, keys: [key] });
      const dataDir = join(filePath, "..");
      const listed = await run(dataDir, "key", "list");
      expect(listed).toMatchObject({ code: 0, err: `The key file is ${filePath}\n` });
      expect(listed.out).toMatch(new RegExp(`${before} +seals +file +\\S+ +6\n`));

      const rotated = await run(dataDir, "key", "rotate");
      const after = keyRing.activeKeyId();
      expect(after).not.toBe(before);
      expect(rotated.code).toBe(0);
      expect(rotated.out).toBe(`6 secrets sealed anew, with a new key ${after}.\n`);
      expect(rotated.err).toBe(`Back up ${filePath}, apart from backups of the store.\n`);
      expect(await secretsOf(gate)).toEqual({ byKey: { [after]: 6 }, lost: 0 });
      const { events } = await gate.must("GET", "/api/v1/events?kind=key-rotated");
      expect(events).toMatchObject([{ kind: "key-rotated", actor: "host shell" }]);
      expect(JSON.stringify([status, events])).not.toContain(keyTexts(filePath)[0]);
      const printed = await run(dataDir, "key", "list", "--json");
      expect(JSON.parse(printed.out).keys).toMatchObject([
        { id: after, state: "active", seals: 6 },
        { id: before, state: "opens-only", seals: 0 },
      ]);
    }));

  it("is rotated without a running server too, and never part of a backup", async () => {
    const dataDir = newDirectory();
    const before = await withGate({ dataDir }, async (gate) => {
      await fillSecrets(partsOf(gate).database, partsOf(gate).keyRing, 1);
      return partsOf(gate).keyRing.activeKeyId();
    });
    const rotated = await run(dataDir, "key", "rotate", "--json");
    const answer = JSON.parse(rotated.out);
    expect(answer).toMatchObject({ isKeyNew: true, resealed: 2, unopened: 0 });
    expect(answer.status.activeKeyId).not.toBe(before);
    const backup = join(dataDir, "backup.gz");
    expect((await run(dataDir, "backup", backup)).code).toBe(0);
    const content = gunzipSync(readFileSync(backup));
    const texts = keyTexts(join(dataDir, "master.key"));
    expect(texts).toHaveLength(2);
    for (const text of texts) {
      const bytes = Buffer.from(text, "base64");
      for (const form of [bytes, text, bytes.toString("hex"), bytes.toString("base64url")]) {
        expect(content.includes(form)).toBe(false);
      }
    }
    await withGate({ dataDir }, async (gate) => {
      expect(await secretsOf(gate)).toMatchObject({ lost: 0 });
    });
  });

  it("is rotated from the host's shell only, and shown to nobody without the right", () =>
    withGate({ dataDir: newDirectory() }, async (gate) => {
      const scopes = ["policy:read", "policy:write"];
      const { token } = await gate.must("POST", "/api/v1/tokens", { name: "ci", scopes });
      const headers = { authorization: `Bearer ${token}` };
      const ask = (method: string, uri: string, sent: Readonly<Record<string, string>> = headers) =>
        gate.ask("own", { method, uri, headers: sent });
      expect((await ask("GET", "/api/v1/keys")).status).toBe(200);
      expect((await ask("GET", "/api/v1/keys", {})).status).toBe(401);
      const before = partsOf(gate).keyRing.activeKeyId();
      expect((await ask("POST", "/api/v1/keys/rotate")).status).toBe(403);
      expect((await ask("POST", "/api/v1/keys/rotate", {})).status).toBe(401);
      expect(partsOf(gate).keyRing.activeKeyId()).toBe(before);
    }));

  it("that is lost closes what it sealed, loudly, and what is put back opens it", async () => {
    const dataDir = newDirectory();
    const filePath = join(dataDir, "master.key");
    await withGate({ dataDir }, async (gate) => {
      await fillSecrets(partsOf(gate).database, partsOf(gate).keyRing, 2);
    });
    renameSync(filePath, `${filePath}.away`);
    const lines: string[] = [];
    await withGate({ dataDir, onLogLine: (line) => void lines.push(line) }, async (gate) => {
      expect(await secretsOf(gate)).toEqual({ byKey: {}, lost: 4 });
      const { events } = await gate.must("GET", "/api/v1/events?kind=alarm");
      const detail = { secrets: 4, meaning: expect.stringContaining("Put back the key file") };
      expect(events).toMatchObject([{ reason: "master-key-missing", detail }]);
      const readiness = async () => (await gate.must("GET", "/readyz")).checks;
      const keys = "4 secrets need a key that is not here";
      expect(await readiness()).toMatchObject({ alarms: "1 in the last hour", keys });
      gate.advance(3_600_000);
      expect(await readiness()).toMatchObject({ alarms: "1 in the last hour", keys });
      gate.advance(1);
      // The alarm is an hour old; the key is missing as before.
      expect(await readiness()).toMatchObject({ alarms: "ok", keys });
      expect((await run(dataDir, "key", "list")).out).toMatch(/MISSING +- +\S+ +4\n/);
      const rotated = await run(dataDir, "key", "rotate");
      expect(rotated.err).toContain("No key here opens 4 secrets.");
    });
    expect(lines.some((line) => line.includes("master-key-missing"))).toBe(true);
    renameSync(`${filePath}.away`, filePath);
    await withGate({ dataDir }, async (gate) => {
      expect(await secretsOf(gate)).toMatchObject({ lost: 0 });
    });
  });

  it("that is damaged stops the start with words, and leaves store and file alone", async () => {
    const dataDir = newDirectory();
    const filePath = join(dataDir, "master.key");
    await withGate({ dataDir }, () => Promise.resolve());
    const whole = readFileSync(filePath, "utf8");
    writeFileSync(filePath, whole.slice(0, 60));
    await expect(startGate({ dataDir })).rejects.toThrow(
      /master\.key is damaged.*put the file back/,
    );
    const asked = await run(dataDir, "key", "list");
    expect(asked.code).toBe(1);
    expect(asked.err).toMatch(/^postern: .*master\.key is damaged/);
    expect(readFileSync(filePath, "utf8")).toBe(whole.slice(0, 60));
    writeFileSync(filePath, whole);
    await withGate({ dataDir }, (gate) => gate.must("GET", "/api/v1/keys"));
  });
});

function keyTexts(filePath: string): readonly string[] {
  const file = JSON.parse(readFileSync(filePath, "utf8")) as { keys: readonly { key: string }[] };
  return file.keys.map(({ key }) => key);
}

describe("MASTER_KEY", () => {
  const postgres = useEngine("postgres");

  it("is shared by two nodes, and changed on one after the other", async () => {
    const { databaseUrl } = await postgres.place();
    const [old, young] = [newMasterKey(), newMasterKey()].map(writeMasterKey) as [string, string];
    const node = (MASTER_KEY: string, MASTER_KEY_PREVIOUS: string) => ({
      env: { DATABASE_URL: databaseUrl ?? "", MASTER_KEY, MASTER_KEY_PREVIOUS },
    });
    await withGate(node(old, young), (one) =>
      withGate(node(old, ""), async (other) => {
        await fillSecrets(partsOf(one).database, partsOf(one).keyRing, 2);
        expect(await secretsOf(other)).toMatchObject({ lost: 0 });
        const alarms = await other.must("GET", "/api/v1/events?kind=alarm");
        expect(alarms.events).toEqual([]);
      }),
    );
    // The first is started again with the new key; the other has it beside the old one.
    await withGate(node(young, old), (one) =>
      withGate(node(old, young), async (other) => {
        const answer = await one.must("POST", "/api/v1/keys/rotate");
        expect(answer).toMatchObject({ isKeyNew: false, resealed: 4, unopened: 0 });
        expect(answer.status).toMatchObject({ source: "environment", filePath: null });
        for (const gate of [one, other]) expect(await secretsOf(gate)).toMatchObject({ lost: 0 });
      }),
    );
    await withGate(node(young, ""), async (one) => {
      expect(await secretsOf(one)).toMatchObject({ lost: 0 });
      const alarms = await one.must("GET", "/api/v1/events?kind=alarm");
      expect(alarms.events).toEqual([]);
    });
  });
});
