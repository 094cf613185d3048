// Makes a WAV of any size at once, where what is heard does not matter.

const HEADER_BYTES = 44;
const RATE = 8000;

/** 16-bit PCM, mono, 8 kHz; of `bytes` in all, which is even. No two pieces of it are alike. */
export function plainWav(bytes: number): Buffer {
  const wav = Buffer.alloc(bytes);
  wav.write("RIFF", 0, "latin1");
  wav.writeUInt32LE(bytes - 8, 4);
  wav.write("WAVEfmt ", 8, "latin1");
  wav.writeUInt32LE(16, 16);
  wav.writeUInt16LE(1, 20);
  wav.writeUInt16LE(1, 22);
  wav.writeUInt32LE(RATE, 24);
  wav.writeUInt32LE(RATE * 2, 28);
  wav.writeUInt16LE(2, 32);
  wav.writeUInt16LE(16, 34);
  wav.write("data", 36, "latin1");
  wav.writeUInt32LE(bytes - HEADER_BYTES, 40);
  for (let at = HEADER_BYTES; at < bytes; at += 2) {
    wav.writeInt16LE(((at * 31) % 8191) - ((at >> 12) % 97), at);
  }
  return wav;
}
