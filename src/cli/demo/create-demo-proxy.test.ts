// The demo's proxy goes on when a server closes a connection that was kept open.
import { createServer } from "node:net";
import type { AddressInfo, Socket } from "node:net";
import { expect, it } from "vitest";
import { createDemoProxy } from "./create-demo-proxy.ts";

const ANSWER = "HTTP/1.1 200 OK\r\nConnection: keep-alive\r\nContent-Length: 0\r\n\r\n";

it("asks once more on a new connection when a kept one is reset", async () => {
  let resetCount = 0;
  const answered = new WeakSet<Socket>();
  const server = createServer((socket) => {
    socket.on("data", () => {
      if (answered.has(socket)) {
        resetCount += 1;
        socket.resetAndDestroy();
        return;
      }
      answered.add(socket);
      socket.write(ANSWER);
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  const { port } = server.address() as AddressInfo;
  const proxy = createDemoProxy({ gate: port, portal: port });
  try {
    const visit = { address: "192.0.2.1", path: "/" };
    for (let count = 0; count < 3; count += 1) {
      expect(await proxy.visit(visit)).toMatchObject({ status: 200, passedGate: true });
    }
    expect(resetCount).toBeGreaterThan(0);
  } finally {
    proxy.close();
    server.close();
  }
});
