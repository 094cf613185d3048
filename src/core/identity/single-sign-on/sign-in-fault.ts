// Why a sign-in or connection by a provider came to nothing, as the page says it afterwards.

export const SIGN_IN_FAULTS = [
  /** Not begun in this browser, begun too long ago, or finished before. */
  "flow-ended",
  /** Turned off or deleted. */
  "provider-off",
  /** It, its metadata or its keys could not be had. */
  "provider-unreachable",
  /** It answered with an error, or with what no provider may answer. */
  "provider-refused",
  /** The person said no, or went back. */
  "provider-cancelled",
  /** The ID token is not good. */
  "token-refused",
  /** Of Microsoft: a tenant that is not let in. */
  "tenant-refused",
  /** The user is locked, disabled or dormant. */
  "sign-in-refused",
  /** An account's provider signs in that account's own users only, and no operator. */
  "user-not-theirs",
  /** What was to be connected is connected with another user. */
  "connection-taken",
  /** The user is connected with another account of the same provider. */
  "connection-exists",
  /** To connect: the session has ended, or is another one. */
  "session-changed",
  /** To connect: who is signed in proved it too long ago by now. */
  "proof-ended",
  "store-unavailable",
] as const;

export type SignInFault = (typeof SIGN_IN_FAULTS)[number];
