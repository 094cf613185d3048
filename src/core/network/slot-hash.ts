// The seeded hash that spreads slot keys over a table, so that nobody can choose colliding ones.

/** How a table hashes: the secret `start` and odd `multiplier`, and how many words are a key. */
export type SlotHash = {
  readonly start: number;
  readonly multiplier: number;
  readonly keyWords: number;
};

/** `seed`: any whole number 0..2^53-1, chosen by chance when the process starts. */
export function createSlotHash(seed: number, keyWords: number): SlotHash {
  const low = finish(seed >>> 0);
  const high = finish((Math.floor(seed / 2 ** 32) ^ 0x9e3779b9) >>> 0);
  return {
    start: finish(low ^ Math.imul(high, 0x85ebca6b)),
    multiplier: (finish((low + Math.imul(high, 0xc2b2ae35)) ^ 0x27d4eb2f) | 1) >>> 0,
    keyWords,
  };
}

/**
 * Hash of the key that begins at `offset`, 0..2^32-1. Each word passes the secret multiplier before
 * the fixed steps: with the seed unknown, colliding keys cannot be prepared (hash flooding).
 */
export function hashKey(hash: SlotHash, words: Uint32Array, offset: number): number {
  const end = offset + hash.keyWords;
  const multiplier = hash.multiplier;
  let mixed = hash.start;
  for (let index = offset; index < end; index += 1) {
    mixed = Math.imul(mixed ^ words[index]!, multiplier);
    mixed ^= mixed >>> 15;
  }
  return finish(mixed);
}

/** The final steps of MurmurHash3 (32 bits): every input bit reaches every bit of the hash. */
function finish(value: number): number {
  let hash = value ^ (value >>> 16);
  hash = Math.imul(hash, 0x85ebca6b);
  hash ^= hash >>> 13;
  hash = Math.imul(hash, 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
