// Checks that what is sealed opens in its row with its key only, and that macs are bound.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createKeyRing } from "./key-ring.ts";
import { newMasterKey, readMasterKey, writeMasterKey } from "./master-key-text.ts";

const [first, second] = [newMasterKey(), newMasterKey()];
const ring = createKeyRing([first, second]);
const ROW = "identity_factor/app/aaaaaaaaaaaaaaaaaaaa";
const secrets = fc.uint8Array({ maxLength: 64 });
const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.=+/ v1";

describe("a sealed secret", () => {
  it("opens in its row, however old its key, and never looks the same twice", () => {
    fc.assert(
      fc.property(secrets, fc.string(), (plain, row) => {
        const sealed = createKeyRing([second]).seal(plain, row);
        const opened = ring.open(sealed, row);
        expect(opened.ok && [...opened.plain]).toEqual([...plain]);
        expect(ring.keyIdOf(sealed)).toBe(second.id);
        expect(createKeyRing([second]).seal(plain, row)).not.toBe(sealed);
        expect(ring.keyIdOf(ring.seal(plain, row))).toBe(first.id);
      }),
    );
  });

  it("does not open in another row (row 100)", () => {
    fc.assert(
      fc.property(secrets, fc.string(), fc.string(), (plain, row, other) => {
        fc.pre(row !== other);
        expect(ring.open(ring.seal(plain, row), other)).toEqual({ ok: false, reason: "damaged" });
      }),
    );
    // A table's name and an id that together spell another row's.
    const sealed = ring.seal(Uint8Array.of(1), "identity_factor/app/a");
    expect(ring.open(sealed, "identity_factor/ap/pa").ok).toBe(false);
  });

  it("does not open with another key, also not under that key's name (row 100)", () => {
    const sealed = ring.seal(Uint8Array.of(1, 2, 3), ROW);
    const stranger = createKeyRing([newMasterKey()]);
    expect(stranger.open(sealed, ROW)).toEqual({ ok: false, reason: "key-unknown" });
    for (const id of [stranger.activeKeyId(), second.id]) {
      const renamed = sealed.replace(first.id, id);
      expect(stranger.open(renamed, ROW).ok).toBe(false);
      expect(ring.open(renamed, ROW).ok).toBe(false);
    }
  });

  it("does not open with any letter or byte changed, added or taken away (row 100)", () => {
    const plain = Uint8Array.from({ length: 20 }, (_, index) => index);
    const sealed = ring.seal(plain, ROW);
    for (let at = 0; at < sealed.length; at += 1) {
      for (const letter of LETTERS) {
        if (letter === sealed[at]) continue;
        const changed = sealed.slice(0, at) + letter + sealed.slice(at + 1);
        expect(ring.open(changed, ROW).ok).toBe(false);
      }
      expect(ring.open(sealed.slice(0, at), ROW).ok).toBe(false);
      expect(ring.open(sealed.slice(0, at) + sealed.slice(at + 1), ROW).ok).toBe(false);
      expect(ring.open(`${sealed.slice(0, at)}A${sealed.slice(at)}`, ROW).ok).toBe(false);
    }
    const [head, text] = [sealed.slice(0, 20), sealed.slice(20)];
    const bytes = Buffer.from(text, "base64url");
    for (let bit = 0; bit < bytes.length * 8; bit += 1) {
      const flipped = Buffer.from(bytes);
      flipped[bit >> 3] = flipped[bit >> 3]! ^ (1 << (bit & 7));
      expect(ring.open(head + flipped.toString("base64url"), ROW).ok).toBe(false);
    }
    expect(ring.open(head + bytes.toString("base64url"), ROW).ok).toBe(true);
  });

  it.each(["", "v1", "v1..", "JBSWY3DPEHPK3PXP", `v1.${first.id}.AAAA`, `v2.${first.id}.AAAA`])(
    "is not what %j is",
    (text) => {
      expect(ring.keyIdOf(text)).toBeNull();
      expect(ring.open(text, ROW)).toEqual({ ok: false, reason: "damaged" });
    },
  );
});

describe("a mac", () => {
  it("fits its text and purpose with any key of the ring, and nothing else", () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.string(), (text, purpose, other) => {
        const mac = createKeyRing([second]).mac(text, purpose);
        expect(mac).toBe(createKeyRing([second, first]).mac(text, purpose));
        expect(mac).toMatch(/^[0-9a-f]{16}\.[0-9a-f]{64}$/);
        expect(ring.isMac(mac, text, purpose)).toBe(true);
        if (other !== text) expect(ring.isMac(mac, other, purpose)).toBe(false);
        if (other !== purpose) expect(ring.isMac(mac, text, other)).toBe(false);
        expect(createKeyRing([first]).isMac(mac, text, purpose)).toBe(false);
        expect(ring.isMac(mac.replace(second.id, first.id), text, purpose)).toBe(false);
        expect(ring.isMac(other, text, purpose)).toBe(false);
      }),
    );
  });
});

describe("a master key", () => {
  it("is read from hex and base64 of 32 bytes, with the same fingerprint", () => {
    const text = writeMasterKey(first);
    const bytes = Buffer.from(text, "base64");
    const spellings = [text, text.replace("=", ""), bytes.toString("hex")];
    spellings.push(bytes.toString("hex").toUpperCase(), bytes.toString("base64url"));
    for (const spelling of spellings) expect(readMasterKey(spelling)?.id).toBe(first.id);
    expect(second.id).not.toBe(first.id);
    expect(text).not.toContain(first.id);
  });

  it.each(["", "a", "0".repeat(64), `${"A".repeat(43)}=`, "ab".repeat(31), "ab1".repeat(21)])(
    "is not %j",
    (text) => {
      expect(readMasterKey(text)).toBeNull();
    },
  );

  it("is needed for a ring", () => {
    expect(() => createKeyRing([])).toThrow("one key");
  });
});
