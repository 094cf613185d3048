// The least a Node server can do: reads nothing, answers 204. The measure for all others.
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

const server = createServer((_request, response) => {
  response.writeHead(204);
  response.end();
});

server.listen(0, "127.0.0.1", () => {
  // listen() on TCP: the address is never a path.
  console.log(`listening ${(server.address() as AddressInfo).port}`);
});
process.once("SIGTERM", () => {
  server.closeAllConnections();
  server.close();
});
