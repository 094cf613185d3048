// Tells which recording a request plays, so that seeking in it does not count as playing more.

import type { Play } from "../../core/network/gather-facts.ts";
import type { DescribedRequest } from "./described-request.ts";

export type PlayOfRequest = { readonly play: Play | null; readonly counts: boolean };

/** Programs that fetch a link to show a preview of it; they say so in their User-Agent. */
const LINK_PREVIEW = new RegExp(
  "Slackbot|Twitterbot|facebookexternalhit|WhatsApp/|TelegramBot|Discordbot|LinkedInBot|" +
    "SkypeUriPreview|Applebot",
);

/**
 * Every request of a path is a request for the same recording, whatever its range or query. HEAD
 * and link previews count against the hard limit only. Used on the `audio` surface alone.
 */
export function playOf(
  request: Extract<DescribedRequest, { ok: true }>,
  userAgent: string | null,
): PlayOfRequest {
  const path = request.readings.at(-1)!;
  return {
    play: fingerprintOf(path),
    counts: request.method !== "HEAD" && !isLinkPreview(userAgent),
  };
}

export function isLinkPreview(userAgent: string | null): boolean {
  return userAgent !== null && LINK_PREVIEW.test(userAgent);
}

export function fingerprintOf(text: string): Play {
  return { high: fnv(text, 0x811c9dc5), low: fnv(text, 0x01000193) };
}

/** FNV-1a over UTF-16 units; a key for counting, not for security. */
function fnv(text: string, basis: number): number {
  let hash = basis;
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  return hash >>> 0;
}
