// Checks with what a browser came back from its provider, before anything is asked of the provider.
import { isTemplate, isTenantIssuer } from "./microsoft-issuer.ts";
import { describeProviderError, OpenIdError } from "./open-id-error.ts";
import type { ProviderMetadata } from "./provider-metadata.ts";

export type CallbackExpected = {
  readonly state: string;
  readonly metadata: Pick<ProviderMetadata, "issuer" | "sendsIssuer">;
  /** What must not be repeated from the answer's own words. */
  readonly hidden: readonly string[];
};

const NAMES = ["state", "iss", "error", "error_description", "code"] as const;

/** How providers say that the person said no: RFC 6749, 4.1.2.1, and what some say instead. */
const CANCELLED = new Set(["access_denied", "user_cancelled", "user_denied"]);

/** Throws `OpenIdError`: `cancelled` or `returned`. */
export function checkCallback(answer: URLSearchParams, expected: CallbackExpected): void {
  for (const name of NAMES) {
    // RFC 6749, 3.1: whoever reads the first and whoever reads the last would disagree.
    if (answer.getAll(name).length > 1) refuse(`The answer has ${name} more than once.`);
  }
  if (answer.get("state") !== expected.state) refuse("The answer has another state than was sent.");
  checkIssuer(answer.get("iss"), expected.metadata);
  const error = answer.get("error");
  if (error !== null) {
    const words = describeProviderError(error, answer.get("error_description"), expected.hidden);
    const fault = CANCELLED.has(error) ? "cancelled" : "returned";
    throw new OpenIdError(fault, `A browser came back from the provider with ${words}.`);
  }
  if (!answer.get("code")) refuse("The answer has no code.");
}

/** RFC 9207: the answer of one provider must not be taken for that of another. */
function checkIssuer(named: string | null, metadata: CallbackExpected["metadata"]): void {
  if (named === null) {
    if (metadata.sendsIssuer) refuse("The answer does not say whose it is: iss is missing.");
    return;
  }
  const { issuer } = metadata;
  const isRight = isTemplate(issuer) ? isTenantIssuer(named) : named === issuer;
  if (!isRight) refuse("The answer is that of another issuer.");
}

function refuse(detail: string): never {
  throw new OpenIdError("returned", detail);
}
