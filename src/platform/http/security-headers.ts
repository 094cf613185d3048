// The headers that every answer to a browser carries.
import type { ServerResponse } from "node:http";

/** Answers are data, not pages: nothing may be loaded, framed or guessed. Pages set their own. */
const DATA_CONTENT_SECURITY_POLICY =
  "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** Set before anything else is, so that a handler's own value of the same header wins. */
export function setSecurityHeaders(response: ServerResponse): void {
  response.setHeader("x-content-type-options", "nosniff");
  response.setHeader("x-frame-options", "DENY");
  response.setHeader("content-security-policy", DATA_CONTENT_SECURITY_POLICY);
  response.setHeader("referrer-policy", "no-referrer");
  response.setHeader("cross-origin-resource-policy", "same-origin");
}
