// Syslog over TCP with octet counting (RFC 6587) or TLS (RFC 5425), connected anew when it breaks.
import { connect as connectByTcp, isIP } from "node:net";
import type { Socket } from "node:net";
import { connect as connectByTls } from "node:tls";
import type { SyslogPlace } from "./syslog-place.ts";
import { SYSLOG_WAITING_MAX } from "./syslog-way.ts";
import type { SyslogWay } from "./syslog-way.ts";

const CONNECT_MAX_MS = 10_000;
const PAUSE_FIRST_MS = 500;
const PAUSE_LONGEST_MS = 30_000;
const CLOSE_MAX_MS = 2_000;

export type SyslogStreamOptions = {
  readonly place: SyslogPlace;
  /** Certificates to trust in place of the system's. */
  readonly ca?: string;
  /** Messages held while the server does not take them; 10,000 by default. */
  readonly waitingMax?: number;
};

/**
 * A message counts as sent when the system has taken it: the protocols have no receipts, so what a
 * connection held that broke may be missing (RFC 6587, section 3.5).
 */
export function createSyslogStream(options: SyslogStreamOptions): SyslogWay {
  const waitingMax = options.waitingMax ?? SYSLOG_WAITING_MAX;
  const waiting: string[] = [];
  /** Written to the socket and not yet taken by the system, oldest first. */
  let underWay: string[] = [];
  let socket: Socket | null = null;
  let isConnected = false;
  let isFull = false;
  let isClosed = false;
  let pauseMs = PAUSE_FIRST_MS;
  let pause: NodeJS.Timeout | undefined;
  let onEmpty: (() => void) | null = null;
  const counts = { sent: 0, lost: 0, fault: null as string | null };

  function send(line: string): void {
    if (isClosed || waiting.length + underWay.length >= waitingMax) {
      counts.lost += 1;
      return;
    }
    waiting.push(`${Buffer.byteLength(line)} ${line}`);
    if (isConnected) write();
    else if (socket === null && pause === undefined) open();
  }

  function open(): void {
    const opened = connectTo(options);
    socket = opened;
    opened.setTimeout(CONNECT_MAX_MS, () => opened.destroy(new Error("no answer in time")));
    opened.on(options.place.protocol === "tls" ? "secureConnect" : "connect", () => {
      opened.setTimeout(0);
      opened.setKeepAlive(true, PAUSE_LONGEST_MS);
      isConnected = true;
      pauseMs = PAUSE_FIRST_MS;
      counts.fault = null;
      write();
    });
    opened.on("drain", () => {
      isFull = false;
      write();
    });
    // A server has nothing to say; one that ends its side reads no more.
    opened.resume();
    opened.on("end", () => opened.destroy());
    opened.on("error", (error) => {
      counts.fault = error.message;
    });
    opened.on("close", () => onClosed(opened));
  }

  function onClosed(closed: Socket): void {
    if (socket !== closed) return;
    socket = null;
    if (isConnected) counts.fault ??= "the server closed the connection";
    isConnected = false;
    isFull = false;
    waiting.unshift(...underWay);
    underWay = [];
    if (isClosed) return;
    pause = setTimeout(() => {
      pause = undefined;
      if (waiting.length > 0) open();
    }, pauseMs).unref();
    pauseMs = Math.min(pauseMs * 2, PAUSE_LONGEST_MS);
  }

  function write(): void {
    if (socket === null || !isConnected) return;
    while (!isFull) {
      const frame = waiting.shift();
      if (frame === undefined) return;
      underWay.push(frame);
      isFull = !writeFrame(socket, frame);
    }
  }

  /** False when the socket takes no more for now. */
  function writeFrame(to: Socket, frame: string): boolean {
    return to.write(frame, (error) => {
      // After an error the frame is put back when the socket closes.
      if (error || socket !== to) return;
      underWay.shift();
      counts.sent += 1;
      if (underWay.length + waiting.length === 0) onEmpty?.();
    });
  }

  async function close(): Promise<void> {
    isClosed = true;
    clearTimeout(pause);
    const left = socket;
    if (left === null) return;
    if (isConnected && waiting.length + underWay.length > 0) await emptied();
    if (isConnected) left.end();
    left.destroySoon();
    if (!isConnected) left.destroy();
  }

  function emptied(): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, CLOSE_MAX_MS);
      onEmpty = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  return {
    send,
    counts: () => ({ ...counts, isConnected, waiting: waiting.length + underWay.length }),
    close,
  };
}

function connectTo({ place, ca }: SyslogStreamOptions): Socket {
  const { protocol, host, port } = place;
  if (protocol !== "tls") return connectByTcp({ host, port });
  // RFC 6066: a server is named, never its address.
  const named = isIP(host) === 0 ? { servername: host } : {};
  return connectByTls({ host, port, ...named, ...(ca === undefined ? {} : { ca }) });
}
