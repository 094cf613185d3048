// Opens a file to be read, with as few turns through the thread pool as can be.
import { closeSync, fstatSync, open, read } from "node:fs";

type ReadWhere = { readonly offset: number; readonly length: number; readonly position: number };

/** What reading a file takes; a FileHandle has it too. */
export type ReadHandle = {
  readonly read: (target: Buffer, where: ReadWhere) => Promise<{ readonly bytesRead: number }>;
  /** After the last reading: a number that is closed during one may be another file's by then. */
  readonly close: () => Promise<void>;
};

export type OpenFile = ReadHandle & { readonly isFile: boolean; readonly sizeBytes: number };

/**
 * Opening and reading may wait for a disk and happen in the pool. What is asked of a file that has
 * just been opened the kernel knows by heart, and a turn through the pool would take ten times as
 * long: with one for each call they are most of the work of sending 100 kB.
 */
export function openFile(path: string, flags: number): Promise<OpenFile> {
  return new Promise((resolve, reject) => {
    open(path, flags, (error, descriptor) => {
      if (error === null) describeOrClose(descriptor).then(resolve, reject);
      else reject(error);
    });
  });
}

/** On a file system that is far away even this fails; in a callback that would end the process. */
async function describeOrClose(descriptor: number): Promise<OpenFile> {
  try {
    return describe(descriptor);
  } catch (error) {
    closeSync(descriptor);
    throw error;
  }
}

function describe(descriptor: number): OpenFile {
  const found = fstatSync(descriptor);
  return {
    isFile: found.isFile(),
    sizeBytes: found.size,
    read: (target, { offset, length, position }) =>
      new Promise((resolve, reject) => {
        read(descriptor, target, offset, length, position, (error, bytesRead) => {
          if (error === null) resolve({ bytesRead });
          else reject(error);
        });
      }),
    close: async () => closeSync(descriptor),
  };
}
