// Listeners who begin to read and stop: opens sockets, and says when all have begun to read.
import { connect } from "node:net";

const [port, path, count] = process.argv.slice(2);
/** No more at a time than wait in line at any server. */
const CONNECTING_MAX = 100;
let opened = 0;
let begun = 0;

function open() {
  if (opened === Number(count)) return;
  const index = opened;
  opened += 1;
  const socket = connect(Number(port), "127.0.0.1", () => {
    // Each from an address of its own, where the server is told and believes it.
    const address = `198.51.${index >> 8}.${index & 255}`;
    socket.write(`GET ${path} HTTP/1.1\r\nHost: a\r\nX-Forwarded-For: ${address}\r\n\r\n`);
  });
  socket.once("data", () => {
    socket.pause();
    begun += 1;
    if (begun === Number(count)) process.stdout.write("begun\n");
    socket.on("error", () => {});
    open();
  });
  // Before anything has come it is a fault of what is tried out, which must not be waited for.
  socket.once("error", (error) => {
    if (begun < Number(count)) process.stdout.write(`failed: ${error.message}\n`);
  });
}

for (let index = 0; index < CONNECTING_MAX; index += 1) open();

// Sockets that are not read from keep no process alive, and this one must not leave by itself.
setInterval(() => {}, 60_000);
