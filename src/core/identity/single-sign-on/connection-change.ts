// What can happen to a user's connection with a provider: told in events, and by mail.

export const CONNECTION_CHANGES = [
  "connected",
  "bound",
  "disconnected",
  "disconnected-by-administrator",
] as const;

/** `connected`: in the user settings; `bound`: at the first sign-in. */
export type ConnectionChange = (typeof CONNECTION_CHANGES)[number];
