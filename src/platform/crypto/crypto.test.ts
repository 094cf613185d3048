// Checks shapes and uniqueness of random values, a known hash, and secret comparison.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isSameSecret } from "./is-same-secret.ts";
import { randomId, randomToken } from "./random.ts";
import { sha256Hex } from "./sha256-hex.ts";

describe("random values", () => {
  it("makes ids of 20 characters a-z2-7, never twice the same, using the whole alphabet", () => {
    const ids = Array.from({ length: 2_000 }, () => randomId());
    for (const id of ids) expect(id).toMatch(/^[a-z2-7]{20}$/);
    expect(new Set(ids).size).toBe(ids.length);
    expect(new Set(ids.join("")).size).toBe(32);
  });

  it("makes tokens of the asked number of bytes in base64url", () => {
    for (const byteCount of [16, 32, 64]) {
      const token = randomToken(byteCount);
      expect(token).toMatch(/^[A-Za-z0-9_-]+$/);
      expect(Buffer.from(token, "base64url")).toHaveLength(byteCount);
    }
    expect(randomToken(32)).not.toBe(randomToken(32));
  });
});

it("hashes the FIPS 180-4 example", () => {
  expect(sha256Hex("abc")).toBe("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
});

it("says two secrets are the same exactly when they are", () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), (left, right) => {
      expect(isSameSecret(left, right)).toBe(left === right);
      expect(isSameSecret(left, left)).toBe(true);
    }),
  );
});
