// Storage for the rings of busy keys: arrays of 8, 16, 32 … 65,536 words cut from equal slabs.

/**
 * A ring is named by one number: slab number and place in the slab, in units of eight words. All
 * rings of a slab have one size; a slab whose last ring was released serves any size again.
 */
export type RingPool = {
  readonly slabsMax: number;
  readonly slabs: Uint32Array[];
  /** Per slab: its size class (ring words = 8 << class), rings in use, rings ever cut from it. */
  readonly sizeClass: number[];
  readonly used: number[];
  readonly cut: number[];
  /** Per slab: first released ring (its first word names the next), -1 none. */
  readonly released: number[];
  /** Per size class: slabs that still have a ring to give. */
  readonly open: number[][];
  /** Slabs without rings. */
  readonly empty: number[];
};

export const RING_CLASSES = 14;
const UNIT_WORDS = 8;
const SLAB_WORDS = UNIT_WORDS << (RING_CLASSES - 1);
const UNIT_BITS = RING_CLASSES - 1;
const SLAB_UNITS = 2 ** UNIT_BITS;
const NONE = 0xffff_ffff;

/** `wordsMax` bounds the memory: four bytes a word, in slabs of 256 KiB. */
export function createRingPool(wordsMax: number): RingPool {
  return {
    slabsMax: Math.max(1, Math.floor(wordsMax / SLAB_WORDS)),
    slabs: [],
    sizeClass: [],
    used: [],
    cut: [],
    released: [],
    open: Array.from({ length: RING_CLASSES }, () => []),
    empty: [],
  };
}

/** The smallest class whose rings hold `length` words (1..65,536). */
export function ringClassFor(length: number): number {
  return Math.max(0, 29 - Math.clz32(length - 1));
}

/** A ring with whatever words it held before; -1 when the memory allowed is used up. */
export function takeRing(pool: RingPool, sizeClass: number): number {
  const open = pool.open[sizeClass]!;
  const slab = open.at(-1) ?? openSlab(pool, sizeClass);
  if (slab < 0) {
    return -1;
  }
  pool.used[slab]! += 1;
  const ringsMax = SLAB_UNITS >>> sizeClass;
  let ring = pool.released[slab]!;
  if (ring === NONE) {
    ring = slab * SLAB_UNITS + (pool.cut[slab]! << sizeClass);
    pool.cut[slab]! += 1;
  } else {
    pool.released[slab] = ringSlab(pool, ring)[ringStart(ring)]!;
  }
  if (pool.used[slab] === ringsMax) {
    open.pop();
  }
  return ring;
}

export function releaseRing(pool: RingPool, ring: number): void {
  const slab = slabOf(ring);
  const sizeClass = pool.sizeClass[slab]!;
  const open = pool.open[sizeClass]!;
  if (pool.used[slab] === SLAB_UNITS >>> sizeClass) {
    open.push(slab);
  }
  pool.used[slab]! -= 1;
  if (pool.used[slab] === 0) {
    open.splice(open.indexOf(slab), 1);
    pool.empty.push(slab);
    return;
  }
  ringSlab(pool, ring)[ringStart(ring)] = pool.released[slab]!;
  pool.released[slab] = ring;
}

/** The array that holds the ring: `ringLength` words from `ringStart` on. */
export function ringSlab(pool: RingPool, ring: number): Uint32Array {
  return pool.slabs[slabOf(ring)]!;
}

export function ringStart(ring: number): number {
  return (ring & (SLAB_UNITS - 1)) * UNIT_WORDS;
}

export function ringLength(pool: RingPool, ring: number): number {
  return UNIT_WORDS << pool.sizeClass[slabOf(ring)]!;
}

export function ringPoolBytes(pool: RingPool): number {
  return pool.slabs.length * SLAB_WORDS * 4;
}

function slabOf(ring: number): number {
  return ring >>> UNIT_BITS;
}

/** A slab for rings of this class, the only one open for it; -1 when there may be no more. */
function openSlab(pool: RingPool, sizeClass: number): number {
  let slab = pool.empty.pop() ?? -1;
  if (slab < 0) {
    if (pool.slabs.length >= pool.slabsMax) {
      return -1;
    }
    slab = pool.slabs.push(new Uint32Array(SLAB_WORDS)) - 1;
  }
  pool.sizeClass[slab] = sizeClass;
  pool.used[slab] = 0;
  pool.cut[slab] = 0;
  pool.released[slab] = NONE;
  pool.open[sizeClass]!.push(slab);
  return slab;
}
