// Reads a Host value strictly and brings it to the form that routes are written in.

const HOST_LENGTH_MAX = 260;

/**
 * Lower case, without port and final dot; IPv6 literals keep their brackets.
 * @returns null for anything that is not one host name or literal with an optional port
 */
export function readHost(text: string): string | null {
  if (text.length === 0 || text.length > HOST_LENGTH_MAX) return null;
  const match = /^(\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9_.-]+)(?::([0-9]{1,5}))?$/.exec(text);
  if (match === null) return null;
  if (match[2] !== undefined && Number(match[2]) > 65_535) return null;
  let host = match[1]!.toLowerCase();
  if (host.endsWith(".")) host = host.slice(0, -1);
  if (host === "" || host.startsWith(".") || host.includes("..")) return null;
  return host;
}
