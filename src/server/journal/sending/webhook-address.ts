// Which addresses a webhook may have: https to the Internet, http on this machine.
import { isIPv4 } from "node:net";
import { isNeverPublic } from "../../../platform/http/never-public.ts";

export type WebhookAddress =
  | {
      readonly ok: true;
      readonly url: string;
      /** What the outbound client may reach although it is not public. */
      readonly privateHosts: readonly string[];
    }
  | { readonly ok: false; readonly why: string };

const ACCEPTED =
  "an https address such as https://siem.example.com/postern, or http on this machine such as " +
  "http://127.0.0.1:9000/postern";

/** What the name stands for is looked at when it is sent to: here only what is written. */
export function readWebhookAddress(text: string): WebhookAddress {
  if (!/^https?:\/\/[^\s]+$/i.test(text) || !URL.canParse(text)) return refused(ACCEPTED);
  const url = new URL(text);
  if (url.username !== "" || url.password !== "") {
    return refused("an address without user and password: messages are signed instead");
  }
  if (url.hash !== "" || text.includes("#")) return refused("an address without #");
  if (url.protocol === "http:") {
    if (!isLoopback(url.hostname)) return refused(ACCEPTED);
    return { ok: true, url: url.href, privateHosts: [url.hostname] };
  }
  return { ok: true, url: url.href, privateHosts: [] };
}

/**
 * For one that is to be saved: an address that the outbound client would refuse each time is
 * refused at once (OWASP API7:2023).
 */
export function readNewAddress(
  text: string,
  isPublicAddress: (address: string) => boolean,
): WebhookAddress {
  const read = readWebhookAddress(text);
  if (!read.ok || read.privateHosts.length > 0) return read;
  const url = new URL(read.url);
  return isNeverPublic(url, isPublicAddress) ? refused(publicWords(url.hostname)) : read;
}

function publicWords(hostname: string): string {
  return (
    `an https address on the Internet, which ${hostname} is not, or http on this machine such as ` +
    "http://127.0.0.1:9000/postern; into a private network lead syslog, or a forwarder on this " +
    "machine"
  );
}

function refused(accepted: string): WebhookAddress {
  return { ok: false, why: `write ${accepted}` };
}

/** A URL's parser has written out every other spelling of 127.0.0.1 by now. */
function isLoopback(hostname: string): boolean {
  if (hostname === "localhost" || hostname === "[::1]") return true;
  return isIPv4(hostname) && hostname.startsWith("127.");
}
