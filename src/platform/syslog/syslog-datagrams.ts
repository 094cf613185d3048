// Syslog over UDP (RFC 5426): one message a datagram, and nobody says whether it arrived.
import { createSocket } from "node:dgram";
import type { Socket } from "node:dgram";
import { isIPv6 } from "node:net";
import type { SyslogPlace } from "./syslog-place.ts";
import { SYSLOG_WAITING_MAX } from "./syslog-way.ts";
import type { SyslogWay } from "./syslog-way.ts";

/** A name is looked up as IPv4: a server that has IPv6 only is named by its address. */
export function createSyslogDatagrams({ host, port }: SyslogPlace): SyslogWay {
  const socket: Socket = createSocket(isIPv6(host) ? "udp6" : "udp4");
  let isClosed = false;
  let waiting = 0;
  let sent = 0;
  let lost = 0;
  let fault: string | null = null;

  // Without a listener it would end the process.
  socket.on("error", (error) => {
    fault = error.message;
  });
  socket.unref();

  function send(line: string): void {
    if (isClosed || waiting >= SYSLOG_WAITING_MAX) {
      lost += 1;
      return;
    }
    waiting += 1;
    socket.send(line, port, host, (error) => {
      waiting -= 1;
      fault = error === null ? null : error.message;
      if (error === null) sent += 1;
      else lost += 1;
    });
  }

  return {
    send,
    counts: () => ({ isConnected: true, sent, waiting, lost, fault }),
    close: async () => {
      if (isClosed) return;
      isClosed = true;
      // After the datagrams that were handed over in the same turn.
      await new Promise((resolve) => setImmediate(resolve));
      socket.close();
    },
  };
}
