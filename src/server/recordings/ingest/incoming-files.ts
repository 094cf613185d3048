// The files that uploads are kept in until they are whole: each for one upload, gone after it.
import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { randomId } from "../../../platform/crypto/random.ts";

export type IncomingFiles = {
  /** The file is removed whatever becomes of `work`, which may have moved it away. */
  readonly withFile: <Result>(work: (filePath: string) => Promise<Result>) => Promise<Result>;
};

export function createIncomingFiles(directory: string): IncomingFiles {
  return {
    withFile: async (work) => {
      await mkdir(directory, { recursive: true, mode: 0o700 });
      const filePath = join(directory, `${randomId()}.part`);
      try {
        return await work(filePath);
      } finally {
        await rm(filePath, { force: true });
      }
    },
  };
}
