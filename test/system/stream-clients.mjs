// Clients of event streams: half of them read to the end, half stop reading once they are let in.
import { connect } from "node:net";

const [port, socketPath, readers, silent] = process.argv.slice(2);
const { READER_REQUEST, SILENT_REQUEST } = process.env;
/** No more at a time than wait in line at any server. */
const CONNECTING_MAX = 100;
/** Said in the data of what every reader has to get. */
const MARK = /"mark":"([a-z]+)"/g;
const got = new Map();
let opened = 0;
let begun = 0;

const all = Number(readers) + Number(silent);

function open() {
  if (opened === all) return;
  const isReader = opened < Number(readers);
  opened += 1;
  // A Unix socket holds little of what is not read; over TCP the system takes megabytes for each.
  const where = isReader ? { port: Number(port), host: "127.0.0.1" } : { path: socketPath };
  const socket = connect(where, () => socket.write(isReader ? READER_REQUEST : SILENT_REQUEST));
  let text = "";
  socket.setEncoding("utf8");
  socket.once("data", () => {
    begun += 1;
    if (begun === all) process.stdout.write("begun\n");
    if (isReader) socket.on("data", read);
    else socket.pause();
    open();
  });
  socket.on("error", () => {});

  function read(chunk) {
    text += chunk;
    for (const [, mark] of text.matchAll(MARK)) {
      const count = (got.get(mark) ?? 0) + 1;
      got.set(mark, count);
      if (count === Number(readers)) process.stdout.write(`all have ${mark}\n`);
    }
    text = text.slice(text.lastIndexOf("\n\n") + 1);
  }
}

for (let index = 0; index < CONNECTING_MAX; index += 1) open();

// Sockets that are not read from keep no process alive, and this one must not leave by itself.
setInterval(() => {}, 60_000);
