// Decides whether a visitor may be sent on to where they say they wanted to go.

/**
 * Gives the address in the form a browser will use, or null. Only http and https addresses of
 * `origins` pass, compared as the URL standard parses them, never by their beginning (oauth2-proxy
 * GHSA-4mf2-f3wh-gvf2, CVE-2026-41569). A path must begin with one slash and is taken as one of
 * the first origin, PUBLIC_URL's own.
 */
export function checkReturnAddress(
  typed: string | null | undefined,
  origins: readonly [string, ...(readonly string[])],
): string | null {
  if (typed === null || typed === undefined) return null;
  // Browsers drop tabs and line breaks and read `\` as `/`: whoever writes those means mischief.
  if (/[\p{Cc}\s\\]/u.test(typed)) return null;
  const isPath = typed.startsWith("/");
  if (isPath ? typed.startsWith("//") : !/^https?:\/\/[^/]/i.test(typed)) return null;
  const url = parse(typed, isPath ? origins[0] : undefined);
  if (url === null || url.username !== "" || url.password !== "") return null;
  if (!origins.includes(url.origin)) return null;
  // `/./%2e/` and the like may leave a path that a second reader takes for a host.
  if (url.pathname.startsWith("//")) return null;
  return isPath ? `${url.pathname}${url.search}${url.hash}` : url.href;
}

function parse(text: string, base: string | undefined): URL | null {
  try {
    return new URL(text, base);
  } catch {
    return null;
  }
}
