// A client account: who owns policies, numbers and recordings besides the platform itself.

export type AccountId = string;

/** Whose policy a rule belongs to: the platform's own, or one account's. */
export type PolicyOwner = "platform" | AccountId;

export type Account = { readonly id: AccountId; readonly code: string; readonly name: string };

const CODE_LENGTH_MAX = 32;

/** Account codes travel in host names, file names and logs: lower-case letters, digits, hyphens. */
export function isAccountCode(text: string): boolean {
  return (
    text.length <= CODE_LENGTH_MAX &&
    /^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$/.test(text) &&
    text !== "platform"
  );
}
