// Sends syslog messages to one server, from a bounded queue; what finds no room is counted.
import { formatSyslogMessage, SYSLOG_BYTES_MAX } from "./format-syslog-message.ts";
import type { SyslogMessage, SyslogOrigin } from "./format-syslog-message.ts";
import { createSyslogDatagrams } from "./syslog-datagrams.ts";
import { createSyslogStream } from "./syslog-stream.ts";
import type { SyslogStreamOptions } from "./syslog-stream.ts";
import type { SyslogWay } from "./syslog-way.ts";

export type SyslogSender = Omit<SyslogWay, "send"> & {
  readonly url: string;
  readonly send: (message: SyslogMessage) => void;
};

export type SyslogSenderOptions = SyslogStreamOptions & { readonly origin: SyslogOrigin };

export function createSyslogSender(options: SyslogSenderOptions): SyslogSender {
  const { place, origin } = options;
  const isUdp = place.protocol === "udp";
  const way = isUdp ? createSyslogDatagrams(place) : createSyslogStream(options);
  const bytesMax = isUdp ? SYSLOG_BYTES_MAX.udp : SYSLOG_BYTES_MAX.stream;
  return {
    url: place.url,
    send: (message) => way.send(formatSyslogMessage(message, origin, bytesMax)),
    counts: way.counts,
    close: way.close,
  };
}
