// Checks where master keys come from, what a key file survives, and what is said of a bad one.
import * as fs from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { createKeyRing } from "./key-ring.ts";
import { newMasterKey } from "./master-key-text.ts";
import { openKeyRing } from "./open-key-ring.ts";
import type { MasterKeys, OpenKeyRingInput } from "./open-key-ring.ts";

const NOW_MS = 1_800_000_000_000;
const ROW = "identity_factor/app/aaaaaaaaaaaaaaaaaaaa";
const plain = Buffer.from("a secret");
const directories: string[] = [];
afterAll(() => {
  for (const directory of directories) fs.rmSync(directory, { recursive: true, force: true });
});

function newDirectory(): string {
  const directory = fs.mkdtempSync(join(tmpdir(), "postern-keys-"));
  directories.push(directory);
  return directory;
}

function open(dataDir: string, more: Partial<OpenKeyRingInput> = {}): MasterKeys {
  const outcome = openKeyRing({
    dataDir,
    masterKey: null,
    previousKeys: [],
    nowMs: NOW_MS,
    ...more,
  });
  if (!outcome.ok) throw new Error(outcome.message);
  return outcome.keys;
}

describe("a key file", () => {
  it("is made once, readable for its owner only, and found again", () => {
    const dataDir = join(newDirectory(), "not", "there");
    const made = open(dataDir);
    expect(made).toMatchObject({ isNew: true, source: "file", isFileOpenToOthers: false });
    expect(fs.statSync(made.filePath).mode & 0o777).toBe(0o600);
    expect(fs.readdirSync(dataDir)).toEqual(["master.key"]);
    const found = open(dataDir);
    expect(found.isNew).toBe(false);
    expect(found.ring.open(made.ring.seal(plain, ROW), ROW).ok).toBe(true);
    expect(found.list()).toEqual([
      {
        id: made.ring.activeKeyId(),
        source: "file",
        isActive: true,
        madeAtMs: NOW_MS,
        retiredAtMs: null,
      },
    ]);
    fs.chmodSync(made.filePath, 0o640);
    expect(open(dataDir).isFileOpenToOthers).toBe(true);
  });

  it("takes a new key in front, tells a ring that is open elsewhere, and drops old ones", () => {
    const dataDir = newDirectory();
    const [keys, elsewhere] = [open(dataDir), open(dataDir)];
    const before = keys.ring.activeKeyId();
    const sealedBefore = keys.ring.seal(plain, ROW);
    expect(keys.addKey(NOW_MS + 5)).toEqual({ ok: true });
    expect(keys.isRotating()).toBe(true);
    const after = keys.ring.activeKeyId();
    expect(after).not.toBe(before);
    expect(keys.ring.open(sealedBefore, ROW).ok).toBe(true);
    const sealedAfter = keys.ring.seal(plain, ROW);
    expect(keys.ring.keyIdOf(sealedAfter)).toBe(after);
    expect(elsewhere.ring.open(sealedAfter, ROW).ok).toBe(true);
    expect(elsewhere.ring.activeKeyId()).toBe(after);
    expect(open(dataDir).isRotating()).toBe(true);
    expect(keys.list().map(({ id, retiredAtMs }) => [id, retiredAtMs])).toEqual([
      [after, null],
      [before, NOW_MS + 5],
    ]);
    // The newest key is never dropped, whoever asks.
    expect(keys.settle([before, after])).toEqual({ ok: true });
    expect(
      open(dataDir)
        .list()
        .map(({ id }) => id),
    ).toEqual([after]);
    expect(open(dataDir).isRotating()).toBe(false);
    expect(keys.ring.open(sealedBefore, ROW)).toEqual({ ok: false, reason: "key-unknown" });
    expect(fs.statSync(keys.filePath).mode & 0o777).toBe(0o600);
  });

  it("keeps what another process has written since it was read", () => {
    const dataDir = newDirectory();
    const [one, other] = [open(dataDir), open(dataDir)];
    one.addKey(NOW_MS);
    other.addKey(NOW_MS);
    expect(open(dataDir).list()).toHaveLength(3);
    expect(other.ring.open(one.ring.seal(plain, ROW), ROW).ok).toBe(true);
  });

  it("is changed by nobody when it is gone or damaged", () => {
    const dataDir = newDirectory();
    const keys = open(dataDir);
    fs.writeFileSync(keys.filePath, "{");
    expect(keys.addKey(NOW_MS)).toMatchObject({ ok: false });
    expect(fs.readFileSync(keys.filePath, "utf8")).toBe("{");
    fs.rmSync(keys.filePath);
    expect(keys.settle([])).toMatchObject({ ok: false });
    expect(fs.existsSync(keys.filePath)).toBe(false);
    expect(keys.ring.open(keys.ring.seal(plain, ROW), ROW).ok).toBe(true);
  });

  it("loses what a killed process was writing, but not what one is writing now", () => {
    const dataDir = newDirectory();
    const { filePath } = open(dataDir);
    const [dead, live] = ["0123456789ab", "ba9876543210"].map((part) => `${filePath}.${part}.new`);
    for (const path of [dead!, live!]) fs.writeFileSync(path, "half");
    fs.utimesSync(dead!, NOW_MS / 1000 - 61, NOW_MS / 1000 - 61);
    fs.utimesSync(live!, NOW_MS / 1000 - 1, NOW_MS / 1000 - 1);
    open(dataDir);
    expect([fs.existsSync(dead!), fs.existsSync(live!)]).toEqual([false, true]);
  });

  const damages: readonly (readonly [string, (text: string) => string])[] = [
    ["empty", () => ""],
    ["cut off", (text) => text.slice(0, -20)],
    ["no JSON", () => "not a key"],
    ["another's JSON", () => '{"keys":[]}'],
    ["of a later format", (text) => text.replace('"format": 1', '"format": 2')],
    ["without a key", (text) => text.replace(/"keys": \[[^]*\]/, '"keys": []')],
    ["with a key that is too short", (text) => text.replace(/"key": "..../, '"key": "')],
    ["with a letter of the key changed", (text) => text.replace(/"key": "./, changeLetter)],
    ["with another fingerprint", (text) => text.replace(/"id": "./, changeLetter)],
    ["without a time", (text) => text.replace(/"madeAt": "[^"]*"/, '"madeAt": 7')],
    ["far too large", (text) => text + " ".repeat(70_000)],
  ];

  it.each(damages)("that is %s is left as it is, with words about what to do", (_, damage) => {
    const dataDir = newDirectory();
    const { filePath } = open(dataDir);
    const damaged = damage(fs.readFileSync(filePath, "utf8"));
    fs.writeFileSync(filePath, damaged);
    expect(() => open(dataDir)).toThrow(
      /master\.key (is damaged|is far larger).*put the file back.*set MASTER_KEY.*stays closed/,
    );
    // Not even MASTER_KEY hides it: keys that are needed may be in it.
    expect(() => open(dataDir, { masterKey: newMasterKey() })).toThrow("master.key");
    expect(fs.readFileSync(filePath, "utf8")).toBe(damaged);
  });

  it("keeps its owner, whoever rotates", () => {
    const { filePath, addKey } = open(newDirectory());
    const uid = process.getuid?.() === 0 ? 12_345 : fs.statSync(filePath).uid;
    fs.chownSync(filePath, uid, fs.statSync(filePath).gid);
    addKey(NOW_MS);
    expect(fs.statSync(filePath).uid).toBe(uid);
  });

  it("that cannot be made stops the start, unless MASTER_KEY is set", () => {
    const inTheWay = join(newDirectory(), "file");
    fs.writeFileSync(inTheWay, "");
    expect(() => open(join(inTheWay, "data"))).toThrow(/cannot be (read|written) \(ENOTDIR\)/);
  });

  it("that cannot be read is left as it is", () => {
    const dataDir = newDirectory();
    fs.mkdirSync(join(dataDir, "master.key"));
    expect(() => open(dataDir)).toThrow(/cannot be read \(EISDIR\)/);
  });
});

function changeLetter(start: string): string {
  return start.slice(0, -1) + (start.endsWith("a") ? "b" : "a");
}

describe("keys of the environment", () => {
  it("come first and make no file", () => {
    const dataDir = newDirectory();
    const [masterKey, previous] = [newMasterKey(), newMasterKey()];
    const keys = open(dataDir, { masterKey, previousKeys: [previous, masterKey] });
    expect(keys).toMatchObject({ source: "environment", isNew: false });
    expect(fs.readdirSync(dataDir)).toEqual([]);
    expect(keys.ring.keyIds()).toEqual([masterKey.id, previous.id]);
    expect(keys.list().map(({ source }) => source)).toEqual(["environment", "environment"]);
    expect(keys.ring.open(createKeyRing([previous]).seal(plain, ROW), ROW).ok).toBe(true);
    expect(() => keys.addKey(NOW_MS)).toThrow("MASTER_KEY");
  });

  it("stand beside those of a file, whichever came before", () => {
    const dataDir = newDirectory();
    const filed = open(dataDir);
    const masterKey = newMasterKey();
    const both = open(dataDir, { masterKey });
    expect(both.ring.activeKeyId()).toBe(masterKey.id);
    expect(both.ring.open(filed.ring.seal(plain, ROW), ROW).ok).toBe(true);
    // And back to the file.
    const back = open(dataDir, { previousKeys: [masterKey] });
    expect(back.ring.activeKeyId()).toBe(filed.ring.activeKeyId());
    expect(back.ring.open(both.ring.seal(plain, ROW), ROW).ok).toBe(true);
    expect(back.list().map(({ source }) => source)).toEqual(["file", "environment"]);
  });
});
