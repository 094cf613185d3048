// Where syslog messages go: a server, and how it is spoken to.
import { isIPv6 } from "node:net";

export type SyslogPlace = {
  readonly protocol: "tcp" | "tls" | "udp";
  /** An IPv6 host is held without brackets. */
  readonly host: string;
  readonly port: number;
  /** With the port, also where it was left out. */
  readonly url: string;
};

export const SYSLOG_URL_ACCEPTS =
  "tls://host:6514 (RFC 5425), tcp://host:601 (RFC 6587) or udp://host:514 (RFC 5426)";

/** As IANA has them: syslog-tls, syslog-conn, syslog. */
const PORTS: Readonly<Record<SyslogPlace["protocol"], number>> = { tcp: 601, tls: 6514, udp: 514 };
const HOST = "\\[([0-9a-f:.]+)\\]|([a-z0-9](?:[a-z0-9.-]{0,252}[a-z0-9])?)";
const URL_FORM = new RegExp(`^(tcp|tls|udp)://(?:${HOST})(?::(\\d{1,5}))?/?$`, "i");

/** Null: not accepted. */
export function readSyslogUrl(text: string): SyslogPlace | null {
  const [, scheme = "", ipv6, name, portText] = URL_FORM.exec(text) ?? [];
  const protocol = scheme.toLowerCase() as SyslogPlace["protocol"];
  const host = ipv6 ?? name;
  if (host === undefined || (ipv6 !== undefined && !isIPv6(ipv6))) return null;
  const port = portText === undefined ? PORTS[protocol] : Number(portText);
  if (port === 0 || port > 65_535) return null;
  const shown = ipv6 === undefined ? host : `[${host}]`;
  return { protocol, host, port, url: `${protocol}://${shown}:${port}` };
}
