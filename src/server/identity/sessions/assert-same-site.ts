// Refuses changes that another site makes a browser ask for (CSRF).
import type { ApiRequest } from "../../accounts/index.ts";
import { isOwnOrigin } from "./own-origin.ts";
import type { SessionCookies } from "./session-cookies.ts";
import { sessionProblem } from "./session-problem.ts";

const OWN_COOKIES = ["session", "browser", "trust", "bind"] as const;

export type AssertSameSite = (request: ApiRequest) => void;

/**
 * Browsers say with each request that changes something where it comes from (Origin, Fetch
 * Metadata); both are believed only to refuse. Who says neither and carries a cookie of ours could
 * be an old browser on another site: refused. Without a cookie it is a program (ASVS 3.5.1-3.5.3).
 */
export function createSameSiteCheck(publicUrl: string, cookies: SessionCookies): AssertSameSite {
  function isOwn({ raw }: ApiRequest): boolean {
    const { origin, "sec-fetch-site": site } = raw.headers;
    if (isContentTypeRepeated(raw.rawHeaders)) return false;
    if (origin !== undefined && !isOwnOrigin(publicUrl, origin)) return false;
    if (site !== undefined && site !== "same-origin") return false;
    if (origin !== undefined || site !== undefined) return true;
    return OWN_COOKIES.every((kind) => cookies.read(raw.rawHeaders, kind).kind === "absent");
  }

  return function assertSameSite(request) {
    if (!isOwn(request)) throw sessionProblem("cross-site-refused");
  };
}

/** node:http keeps the first of two; whoever asked the browser for leave may have shown another. */
function isContentTypeRepeated(rawHeaders: readonly string[]): boolean {
  let lines = 0;
  for (let index = 0; index < rawHeaders.length; index += 2) {
    if (rawHeaders[index]!.toLowerCase() === "content-type") lines += 1;
  }
  return lines > 1;
}
