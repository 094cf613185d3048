// Hides most of an e-mail address, so that its owner knows it and nobody else learns it.

const HIDDEN = "•••";

/** `ada@example.com` is `a•••@example.com`, however long it is: not even the length is told. */
export function hideEmail(email: string): string {
  const at = email.lastIndexOf("@");
  return at < 1 ? HIDDEN : `${email.slice(0, 1)}${HIDDEN}${email.slice(at)}`;
}
