// Tests the client secret with a code that nobody was given: the error tells what was wrong.
import * as openId from "openid-client";
import { OutboundError } from "../http/outbound-error.ts";
import { describeProviderError, toOpenIdError } from "./open-id-error.ts";
import { failed, passed, warned } from "./probe-step.ts";
import type { ProbeFinding } from "./probe-step.ts";
import { configurationOf } from "./provider-configuration.ts";
import type { Asked } from "./provider-configuration.ts";
import type { ProviderMetadata } from "./provider-metadata.ts";

const ADVICE = "Nothing speaks against it; sign in once to be sure.";

/** RFC 6749, 5.2: the client is authenticated before its code is looked at. */
export async function probeSecret(asked: Asked, metadata: ProviderMetadata): Promise<ProbeFinding> {
  const { redirectUri, clientSecret } = asked.settings;
  const configuration = await configurationOf(asked, metadata);
  const state = openId.randomState();
  const callback = new URL(redirectUri);
  const answer = { state, code: openId.randomNonce(), iss: metadata.issuer };
  for (const [name, value] of Object.entries(answer)) callback.searchParams.set(name, value);
  try {
    await openId.authorizationCodeGrant(configuration, callback, {
      expectedState: state,
      pkceCodeVerifier: openId.randomPKCECodeVerifier(),
    });
  } catch (error) {
    if (error instanceof openId.ResponseBodyError) return judgeError(error, clientSecret);
    if (error instanceof Error && error.cause instanceof OutboundError) throw error.cause;
    const { message } = toOpenIdError(error, [clientSecret]);
    return warned(`The secret could not be judged. ${message}`, ADVICE);
  }
  return failed(
    "The provider accepted a code that it never gave out.",
    "Do not use this provider before its maker has corrected that.",
  );
}

function judgeError(error: openId.ResponseBodyError, clientSecret: string): ProbeFinding {
  if (error.error === "invalid_grant") return passed("The provider accepts the client secret.");
  const words = describeProviderError(error.error, error.error_description, [clientSecret]);
  if (error.error === "invalid_client") {
    return failed(
      `The provider refused client id and secret: ${words}.`,
      "Copy the secret's value once more, not its id; it may also have run out.",
    );
  }
  return warned(`The secret could not be judged, as the provider answered ${words}.`, ADVICE);
}
