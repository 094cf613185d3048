// Why a request of ours to another host came to nothing, in a word and in a sentence.

export type OutboundReason =
  | "host-unknown"
  | "address-private"
  | "unreachable"
  | "tls"
  | "redirected"
  | "too-large"
  | "timed-out"
  | "busy"
  | "not-https";

const SENTENCES: Readonly<Record<OutboundReason, (host: string) => string>> = {
  "host-unknown": (host) => `the name ${host} cannot be resolved`,
  "address-private": (host) => `the host ${host} has an address that is not a public one`,
  unreachable: (host) => `the host ${host} cannot be reached`,
  tls: (host) => `no trusted TLS connection to ${host} could be made`,
  redirected: (host) => `the host ${host} answered with a redirect, and none is followed`,
  "too-large": (host) => `the host ${host} answered with too much`,
  "timed-out": (host) => `the host ${host} did not answer in time`,
  busy: (host) => `too many requests to ${host} are under way`,
  "not-https": (host) => `the host ${host} would have to be asked without https`,
};

/** The message is for operators: it names the host, never path, query, headers or body. */
export class OutboundError extends Error {
  readonly reason: OutboundReason;
  /** Where a redirect leads, as the host wrote it. */
  readonly location: string | null;

  constructor(
    reason: OutboundReason,
    host: string,
    more: { readonly location?: string | null; readonly code?: string | null } = {},
  ) {
    const code = more.code ? ` (${more.code})` : "";
    super(`${SENTENCES[reason](host)}${code}`);
    this.name = "OutboundError";
    this.reason = reason;
    this.location = more.location ?? null;
  }
}

/** What Node says of a failed connection, in our words. */
export function toOutboundError(error: unknown, host: string): OutboundError {
  if (error instanceof OutboundError) return error;
  const code = codeOf(error);
  if (code === null) return new OutboundError("unreachable", host);
  if (code === "ENOTFOUND" || code.startsWith("EAI_")) {
    return new OutboundError("host-unknown", host, { code });
  }
  if (code === "HPE_HEADER_OVERFLOW") return new OutboundError("too-large", host, { code });
  return new OutboundError(isOfTls(code) ? "tls" : "unreachable", host, { code });
}

/** OpenSSL's words for certificates (X509_V_ERR_…) have no prefix in common. */
function isOfTls(code: string): boolean {
  return /^ERR_(TLS|SSL)_|CERT|^UNABLE_TO_|^CRL_|^HOSTNAME_MISMATCH|^EPROTO$/.test(code);
}

function codeOf(error: unknown): string | null {
  if (typeof error !== "object" || error === null || !("code" in error)) return null;
  return typeof error.code === "string" ? error.code : null;
}
