// Which addresses a webhook may have: https anywhere, http on this machine.
import { isIPv4 } from "node:net";

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
  const isOwn = isLoopback(url.hostname);
  if (url.protocol === "http:" && !isOwn) return refused(ACCEPTED);
  return { ok: true, url: url.href, privateHosts: isOwn ? [url.hostname] : [] };
}

function refused(accepted: string): WebhookAddress {
  return { ok: false, why: `write ${accepted}` };
}

/** A URL's parser has written out every other spelling of 127.0.0.1 by now. */
function isLoopback(hostname: string): boolean {
  if (hostname === "localhost" || hostname === "[::1]") return true;
  return isIPv4(hostname) && hostname.startsWith("127.");
}
