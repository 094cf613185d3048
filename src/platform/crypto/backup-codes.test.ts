// Checks the form of backup codes and of digits, and that one salt finds a code among ten.
import { expect, it } from "vitest";
import { hashBackupCode, newBackupCodes, newBackupSalt, showBackupCode } from "./backup-codes.ts";
import { ARGON2_PARAMETERS, createPasswordHasher } from "./password-hasher.ts";
import { randomDigits } from "./random-digits.ts";

it("makes ten different codes of ten letters and digits that nobody mistakes", () => {
  const seen = new Set<string>();
  for (let round = 0; round < 200; round += 1) {
    const codes = newBackupCodes();
    expect(new Set(codes).size).toBe(10);
    for (const code of codes) {
      expect(code).toMatch(/^[abcdefghjkmnpqrstuvwxyz2-9]{10}$/);
      seen.add(code);
    }
  }
  expect(seen.size).toBe(2_000);
  expect(new Set([...seen].join("")).size).toBe(31);
  expect(showBackupCode("abcde23456")).toBe("abcde-23456");
});

it("finds a code by one hash with the user's salt, and by no other salt (row 96)", async () => {
  const hasher = createPasswordHasher({ threads: 2 });
  const [salt, other] = [newBackupSalt(hasher), newBackupSalt(hasher)];
  const codes = newBackupCodes();
  const hashes = await Promise.all(codes.map((code) => hashBackupCode(hasher, code, salt)));
  expect(new Set(hashes).size).toBe(10);
  for (const hash of hashes) {
    expect(hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$[A-Za-z0-9+/]{22}\$.{43}$/);
  }
  expect(await hashBackupCode(hasher, codes[3]!, salt)).toBe(hashes[3]);
  expect(hashes).not.toContain(await hashBackupCode(hasher, codes[3]!, other));
  expect(hashes).not.toContain(await hashBackupCode(hasher, newBackupCodes()[0]!, salt));
});

it("keeps hashing with a salt's own parameters when those of new ones rise", async () => {
  const weak = { memoryCost: 64, timeCost: 1, parallelism: 1 };
  const salt = newBackupSalt(createPasswordHasher({ threads: 1, parameters: weak }));
  const now = createPasswordHasher({ threads: 1, parameters: ARGON2_PARAMETERS });
  expect(await hashBackupCode(now, "abcde23456", salt)).toContain("$m=64,t=1,p=1$");
  await expect(hashBackupCode(now, "abcde23456", "$argon2id$nonsense")).rejects.toThrow("no salt");
});

it("makes as many digits as asked, each as likely at each place", () => {
  const rounds = Array.from({ length: 20_000 }, () => randomDigits(6));
  expect(rounds.filter((digits) => !/^[0-9]{6}$/.test(digits))).toEqual([]);
  const counts = Array.from({ length: 6 }, (_, place) => {
    const seen = new Map<string, number>();
    for (const digits of rounds) seen.set(digits[place]!, (seen.get(digits[place]!) ?? 0) + 1);
    return seen;
  });
  // 2,000 of each are expected, with a standard deviation of 42.
  for (const place of counts) {
    expect(place.size).toBe(10);
    for (const count of place.values()) expect(Math.abs(count - 2_000)).toBeLessThan(300);
  }
});
