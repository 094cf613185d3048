// Estimates how many different addresses were seen, in 256 bytes whatever their number.

/** HyperLogLog (Flajolet et al. 2007) with 256 registers: about 6.5 % off. */
export type DistinctEstimate = {
  readonly add: (w0: number, w1: number, rest: { w2: number; w3: number }) => void;
  readonly count: () => number;
};

const REGISTERS = 256;
const BIAS = 0.7213 / (1 + 1.079 / REGISTERS);

export function createDistinctEstimate(): DistinctEstimate {
  const registers = new Uint8Array(REGISTERS);

  function add(w0: number, w1: number, rest: { w2: number; w3: number }): void {
    const hash = mix(mix(mix(mix(0x9e3779b9 ^ w0) ^ w1) ^ rest.w2) ^ rest.w3);
    const register = hash & (REGISTERS - 1);
    // The other 24 bits: the place of the first one among them.
    const rank = Math.clz32(hash >>> 8) - 7;
    if (rank > registers[register]!) registers[register] = rank;
  }

  function count(): number {
    let sum = 0;
    let empty = 0;
    for (const rank of registers) {
      sum += 2 ** -rank;
      if (rank === 0) empty += 1;
    }
    const raw = (BIAS * REGISTERS * REGISTERS) / sum;
    const isSmall = raw <= 2.5 * REGISTERS && empty > 0;
    return Math.round(isSmall ? REGISTERS * Math.log(REGISTERS / empty) : raw);
  }

  return { add, count };
}

/** The final steps of MurmurHash3: every bit reaches every bit. */
function mix(value: number): number {
  let hash = value ^ (value >>> 16);
  hash = Math.imul(hash, 0x85ebca6b);
  hash ^= hash >>> 13;
  hash = Math.imul(hash, 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
