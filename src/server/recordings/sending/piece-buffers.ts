// Buffers that pieces of audio pass through, used again and again, with a bound on what they hold.

export type PieceBuffers = {
  /** A small one where `bytesLeft` fit into it, or where all large ones are out. */
  readonly take: (bytesLeft: number) => Buffer;
  /** Once nobody reads or writes it any more. */
  readonly give: (buffer: Buffer) => void;
};

const LARGE_BYTES = 131_072;
const SMALL_BYTES = 32_768;
/** 8 MB of the one and 2 MB of the other are kept. */
const LARGE_MAX = 64;
const SMALL_KEPT_MAX = 64;

/**
 * Large pieces are quick, and a few are enough for readers who take what they get. Readers who do
 * not would hold one each: beyond 64 every further one has a small one, so that a thousand that
 * stand still hold less than 40 MB.
 */
export function createPieceBuffers(): PieceBuffers {
  const large: Buffer[] = [];
  const small: Buffer[] = [];
  let largeMade = 0;

  function takeLarge(): Buffer | undefined {
    const kept = large.pop();
    if (kept !== undefined || largeMade === LARGE_MAX) return kept;
    largeMade += 1;
    return Buffer.allocUnsafeSlow(LARGE_BYTES);
  }

  return {
    take: (bytesLeft) =>
      (bytesLeft > SMALL_BYTES ? takeLarge() : undefined) ??
      small.pop() ??
      Buffer.allocUnsafeSlow(SMALL_BYTES),
    give(buffer) {
      if (buffer.length === LARGE_BYTES) large.push(buffer);
      else if (small.length < SMALL_KEPT_MAX) small.push(buffer);
    },
  };
}
