// Tells our own origin from others, by parsed origins (RFC 6454).

/**
 * PUBLIC_URL's origin. Where that is a name of the machine itself every such name with the same
 * scheme and port is: people type localhost for 127.0.0.1.
 * @param text an origin as browsers write it: nothing behind the port
 */
export function isOwnOrigin(publicUrl: string, text: string): boolean {
  const own = new URL(publicUrl);
  if (text === own.origin) return true;
  if (!isLoopbackName(own.hostname) || !URL.canParse(text)) return false;
  const url = new URL(text);
  const isOrigin = url.origin === text;
  const isAlike = url.protocol === own.protocol && url.port === own.port;
  return isOrigin && isAlike && isLoopbackName(url.hostname);
}

function isLoopbackName(hostname: string): boolean {
  return hostname === "localhost" || hostname === "[::1]" || /^127\.[0-9.]+$/.test(hostname);
}
