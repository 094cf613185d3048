// Tests a provider step by step, as far as that goes without a person who signs in.
import { SIGNING_ALGORITHMS } from "./check-id-token.ts";
import { countSigningKeys } from "./key-set.ts";
import { isMicrosoft } from "./microsoft-issuer.ts";
import type { OpenIdSettings } from "./open-id-clients.ts";
import { probeAuthorization } from "./probe-authorization.ts";
import { probeSecret } from "./probe-secret.ts";
import { failed, failedBy, passed, warned } from "./probe-step.ts";
import type { ProbeFinding, ProbeStep } from "./probe-step.ts";
import type { Asked } from "./provider-configuration.ts";
import type { ProviderMetadata } from "./provider-metadata.ts";

/** One step for each name, in this order; never rejects for what the provider does. */
export async function probeProvider(asked: Asked): Promise<readonly ProbeStep[]> {
  const { finding, metadata } = await findMetadata(asked);
  const rest = metadata === null ? leftOut : await probeRest(asked, metadata);
  const { keys, authorization, secret } = rest;
  const settings = judgeSettings(asked.settings);
  return [
    { step: "settings", ...settings },
    { step: "metadata", ...finding },
    { step: "keys", ...keys },
    { step: "authorization", ...authorization },
    { step: "secret", ...secret },
  ];
}

type Found = { readonly finding: ProbeFinding; readonly metadata: ProviderMetadata | null };

async function findMetadata({ settings, documents }: Asked): Promise<Found> {
  try {
    const metadata = await documents.metadata(settings, { anew: true });
    return { finding: judgeMetadata(metadata, settings), metadata };
  } catch (error) {
    return { finding: failedBy(error), metadata: null };
  }
}

const LEFT_OUT: ProbeFinding = {
  result: "left-out",
  message: "Left out, because the metadata could not be used.",
  advice: null,
};
const leftOut = { keys: LEFT_OUT, authorization: LEFT_OUT, secret: LEFT_OUT };

async function probeRest(asked: Asked, metadata: ProviderMetadata): Promise<typeof leftOut> {
  return {
    keys: await probeKeys(asked).catch(failedBy),
    authorization: await probeAuthorization(asked, metadata).catch(failedBy),
    secret: await probeSecret(asked, metadata).catch(failedBy),
  };
}

async function probeKeys({ documents, settings }: Asked): Promise<ProbeFinding> {
  const count = countSigningKeys(await documents.keys(settings, null, { anew: true }));
  if (count > 0) {
    return passed(
      `The provider publishes ${count === 1 ? "a key" : `${count} keys`} to sign with.`,
    );
  }
  const advice = "Give the provider an RSA key of 2048 bits or more, or an EC or Ed25519 key.";
  return failed("The provider publishes no key that a signature could be verified with.", advice);
}

function judgeSettings({ issuer, redirectUri }: OpenIdSettings): ProbeFinding {
  const redirect = new URL(redirectUri);
  const isOwnMachine = ["localhost", "127.0.0.1", "[::1]"].includes(redirect.hostname);
  if (new URL(issuer).protocol !== "https:") {
    return warned(
      "The provider is asked without https: whoever is on the way can read the client secret.",
      "Give the provider a certificate and enter its https address.",
    );
  }
  if (redirect.protocol !== "https:" && !isOwnMachine) {
    return warned(
      `The redirect URI ${redirectUri} is not https; most providers refuse it.`,
      "Let PUBLIC_URL begin with https.",
    );
  }
  return passed(`At the provider, the redirect URI has to be ${redirectUri}`);
}

function judgeMetadata({ document, issuer }: ProviderMetadata, settings: OpenIdSettings) {
  const lacks = (name: string, values: Iterable<unknown>): boolean => {
    const announced: unknown = document[name];
    return Array.isArray(announced) && ![...values].some((value) => announced.includes(value));
  };
  if (lacks("response_types_supported", ["code"])) {
    const advice = "Allow the authorization code flow at the provider.";
    return failed("The provider does not offer the authorization code flow.", advice);
  }
  if (lacks("id_token_signing_alg_values_supported", SIGNING_ALGORITHMS)) {
    const advice = "Let the provider sign with RS256, PS256, ES256 or EdDSA.";
    return failed("The provider signs ID tokens with no asymmetric key.", advice);
  }
  const methods: unknown = document["code_challenge_methods_supported"];
  const hasPkce = Array.isArray(methods) && methods.includes("S256");
  // Microsoft has it, and does not say so.
  if (!hasPkce && !isMicrosoft(settings.issuer)) {
    return warned(
      `The metadata of ${issuer} is in order, but it does not announce PKCE with S256.`,
      "Nothing has to be done here; turn PKCE on at the provider if it can be.",
    );
  }
  return passed(`The metadata of ${issuer} is in order.`);
}
