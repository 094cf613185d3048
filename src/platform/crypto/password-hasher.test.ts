// Checks the form of hashes, what is verified, and that parameters may rise.
import { hash as hashArgon2 } from "@node-rs/argon2";
import { describe, expect, it } from "vitest";
import { ARGON2_PARAMETERS, createPasswordHasher } from "./password-hasher.ts";

describe("the password hasher", () => {
  const hasher = createPasswordHasher({ threads: 2 });

  it("makes Argon2id with OWASP's parameters, each with its own salt", async () => {
    const [first, second] = await Promise.all([hasher.hash("Meadow"), hasher.hash("Meadow")]);
    expect(first).toMatch(
      /^\$argon2id\$v=19\$m=19456,t=2,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/,
    );
    expect(second).not.toBe(first);
    expect(hasher.needsRehash(first)).toBe(false);
  });

  it("verifies the same password and no other", async () => {
    const hash = await hasher.hash("Meadow-lark");
    expect(await hasher.verify(hash, "Meadow-lark")).toBe(true);
    for (const other of ["meadow-lark", "Meadow-lar", "Meadow-lark ", ""]) {
      expect(await hasher.verify(hash, other)).toBe(false);
    }
    // bcrypt would stop at the 72nd byte, and at a NUL.
    const long = await hasher.hash(`${"é".repeat(999)}a`);
    expect(await hasher.verify(long, `${"é".repeat(999)}b`)).toBe(false);
    const withNul = await hasher.hash("a\u0000b");
    expect(await hasher.verify(withNul, "a\u0000c")).toBe(false);
  });

  it("is never right for nobody", async () => {
    for (const password of ["", "Meadow-lark", "\u0000"]) {
      expect(await hasher.verify(null, password)).toBe(false);
    }
  });

  it.each([
    [{ ...ARGON2_PARAMETERS }, false],
    [{ ...ARGON2_PARAMETERS, memoryCost: 32_768 }, false],
    [{ ...ARGON2_PARAMETERS, memoryCost: 12_288, timeCost: 3 }, true],
    [{ ...ARGON2_PARAMETERS, timeCost: 1 }, true],
  ])("asks for a new hash of one with %j: %j", async (parameters, isNeeded) => {
    expect(hasher.needsRehash(await hashArgon2("Meadow", parameters))).toBe(isNeeded);
  });

  it("asks for a new hash of another kind", async () => {
    const argon2i = await hashArgon2("Meadow", { ...ARGON2_PARAMETERS, algorithm: 1 });
    expect(hasher.needsRehash(argon2i)).toBe(true);
  });

  it("refuses what its queue does not hold", async () => {
    const small = createPasswordHasher({ threads: 1, queueMax: 2 });
    const asked = Array.from({ length: 6 }, () => small.verify(null, "Meadow"));
    const outcomes = await Promise.allSettled(asked);
    expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(3);
    const refused = outcomes.find(({ status }) => status === "rejected");
    expect(refused).toMatchObject({ reason: { code: "busy", status: 503 } });
  });
});
