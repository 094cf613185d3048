// Compares issuers: character by character, but for the slash that a bare host may end in.

/** Discovery 1.0, 4.3: at the end of a bare host a slash more or less says nothing. */
export function isSameIssuer(some: string, other: string): boolean {
  return withoutSlash(some) === withoutSlash(other);
}

function withoutSlash(issuer: string): string {
  return issuer.replace(/\/$/, "");
}
