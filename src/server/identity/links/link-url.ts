// The addresses of our own pages that mails lead to, from the configured public address only.

/**
 * The token stands in the fragment, which browsers send to no server: no log has it. Never built
 * from a request's Host header, which a stranger chooses (CWE-640).
 */
export function linkUrl(publicUrl: string, token: string): string {
  return `${publicUrl}/postern/reset-password#token=${token}`;
}

/** Where a link is asked for. */
export function forgottenPasswordUrl(publicUrl: string): string {
  return `${publicUrl}/postern/forgotten-password`;
}
