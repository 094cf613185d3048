// The form in which the test of a provider says what it found: sentences, shown as they are.
import { OutboundError } from "../http/outbound-error.ts";
import type { OutboundReason } from "../http/outbound-error.ts";
import { OpenIdError, sentence } from "./open-id-error.ts";

export type ProbeStepName = "settings" | "metadata" | "keys" | "authorization" | "secret";

export type ProbeStep = {
  readonly step: ProbeStepName;
  readonly result: "passed" | "warned" | "failed" | "left-out";
  readonly message: string;
  /** What to do about it. */
  readonly advice: string | null;
};

export type ProbeFinding = Omit<ProbeStep, "step">;

export function passed(message: string): ProbeFinding {
  return { result: "passed", message, advice: null };
}

export function warned(message: string, advice: string): ProbeFinding {
  return { result: "warned", message, advice };
}

export function failed(message: string, advice: string | null): ProbeFinding {
  return { result: "failed", message, advice };
}

const OUTBOUND_ADVICE: Readonly<Record<OutboundReason, string>> = {
  "host-unknown": "Check the spelling of the address, and that this server can resolve names.",
  "address-private":
    "If the provider is in your own network, an operator can list its host as a private host.",
  unreachable: "Check that this server may make connections to that host and port.",
  tls: "Give the provider a valid certificate, or name its authority in NODE_EXTRA_CA_CERTS.",
  redirected: "Enter the address that the redirect leads to, if it is the provider's.",
  "too-large": "Check the address: this is not what a provider sends.",
  "timed-out": "Test again later; if that does not help, check firewalls between the two.",
  busy: "Test again in a few seconds.",
  "not-https": "Use https, or have an operator list the host as a private host.",
};

/** What a failed question is worth as a finding; throws what is a mistake of ours. */
export function failedBy(error: unknown): ProbeFinding {
  if (error instanceof OutboundError) return failed(sentence(error), OUTBOUND_ADVICE[error.reason]);
  if (error instanceof OpenIdError) return failed(error.message, error.advice);
  throw error;
}
