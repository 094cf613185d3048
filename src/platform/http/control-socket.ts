// Prepares the path of the unix socket by which commands on this host reach the server.
import { chmodSync, lstatSync, unlinkSync } from "node:fs";
import type { Server } from "node:http";
import { connect } from "node:net";

// sockaddr_un has room for 108 bytes with the closing zero, on Linux; 104 elsewhere.
const PATH_BYTES_MAX = 103;

/**
 * Listens with mode 0600; the directory should be 0700, as the mode is set just after binding.
 * A socket file nobody answers on is a leftover of a killed process and is replaced. Rejects with
 * a sentence when the path is too long, is another kind of file, or somebody answers there.
 */
export async function listenOnControlSocket(server: Server, path: string): Promise<void> {
  if (Buffer.byteLength(path) > PATH_BYTES_MAX) {
    const detail = `a unix socket's path has at most ${PATH_BYTES_MAX} bytes`;
    throw new Error(`the path ${path} is too long: ${detail}; use a shorter DATA_DIR`);
  }
  await removeLeftover(path);
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen({ path }, () => {
      server.off("error", reject);
      chmodSync(path, 0o600);
      resolve();
    });
  });
}

async function removeLeftover(path: string): Promise<void> {
  const stats = lstatSync(path, { throwIfNoEntry: false });
  if (stats === undefined) return;
  if (!stats.isSocket()) throw new Error(`${path} is in the way: it is not a socket`);
  if (await isAnswered(path)) throw new Error(`another server answers on ${path}`);
  unlinkSync(path);
}

function isAnswered(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ path });
    socket.once("connect", () => {
      socket.destroy();
      resolve(true);
    });
    socket.once("error", () => resolve(false));
  });
}
