// Takes the secret of an e-mailed link out of the address, where no server log has seen it.

const TOKEN = /^[A-Za-z0-9_-]{43}$/;

/** @param fragment what stands after the #, such as `token=…` */
export function readLinkToken(fragment: string): string | null {
  const token = new URLSearchParams(fragment.replace(/^#/, "")).get("token");
  return token !== null && TOKEN.test(token) ? token : null;
}
