// How an SMTP server is spoken to: when in TLS, with what login, how long at most.
import { isIP } from "node:net";
import type { SMTPTransportOptions } from "nodemailer";
import type { SmtpServer } from "../config-parsers.ts";

const STEP_MS_MAX = 15_000;

/**
 * With smtps TLS from the start. With smtp TLS is begun when the server offers it (RFC 3207), and
 * must be when there is a password to protect. On this machine it protects nothing, and the
 * certificate of a mail server that listens on localhost only is rarely one to be checked.
 */
export function smtpOptions(server: SmtpServer): SMTPTransportOptions {
  const { host, port, isTls, user, password } = server;
  const isLocal = isLoopback(host);
  return {
    host,
    port,
    secure: isTls,
    requireTLS: !isTls && user !== null && !isLocal,
    ignoreTLS: !isTls && isLocal,
    tls: { minVersion: "TLSv1.2", ...(isIP(host) === 0 ? { servername: host } : {}) },
    ...(user === null ? {} : { auth: { user, pass: password?.reveal() ?? "" }, forceAuth: true }),
    connectionTimeout: STEP_MS_MAX,
    dnsTimeout: STEP_MS_MAX,
    greetingTimeout: STEP_MS_MAX,
    socketTimeout: STEP_MS_MAX,
    socketCloseTimeout: 0,
    // A test server and a relay on this machine are reachable where no other network is.
    allowInternalNetworkInterfaces: true,
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}

function isLoopback(host: string): boolean {
  return host === "localhost" || host === "::1" || (isIP(host) === 4 && host.startsWith("127."));
}
