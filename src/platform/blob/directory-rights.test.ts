// Who may read what is put into a directory: its owner, and its group where that may read it.
import { chmod, mkdtemp, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { openBlobStore } from "./open-blob-store.ts";

it.each([
  [0o700, 0o700, 0o600],
  [0o750, 0o750, 0o640],
  [0o2750, 0o2750, 0o640],
  // Nobody else, whatever the directory says.
  [0o755, 0o750, 0o640],
])("below a directory of mode %o", async (mode, directoryMode, fileMode) => {
  const folder = await mkdtemp(join(tmpdir(), "postern-rights-"));
  const root = join(folder, "root");
  try {
    await openBlobStore({ kind: "directory", path: root });
    await chmod(root, mode);
    const store = await openBlobStore({ kind: "directory", path: root });
    await writeFile(join(folder, "file"), "RIFF");
    const facts = { sizeBytes: 4, sha256: "", contentType: "audio/wav" };
    await store.put("account/recording.wav", join(folder, "file"), facts);
    const modeOf = async (path: string): Promise<number> =>
      (await stat(join(root, path))).mode & 0o7777;
    expect(await modeOf("account")).toBe(directoryMode);
    expect(await modeOf("account/recording.wav")).toBe(fileMode);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
