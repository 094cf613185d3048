// Tries a provider as it is configured: settings, metadata, keys, its sign-in page, the secret.
import { PROVIDER_TEST_STEPS } from "../../../api/provider-api.ts";
import type { ProviderTestAnswer } from "../../../api/provider-api.ts";
import type { ProvidersParts } from "./create-providers.ts";
import { openIdSettingsOf } from "./open-id-settings.ts";
import type { StoredProvider } from "./provider-store.ts";

const FAULTS = {
  "secret-missing": {
    message: "No client secret is kept.",
    advice: "Enter the client secret that the provider gave for this client id.",
  },
  "secret-unopened": {
    message: "The client secret is sealed with a master key that is not here, or was exchanged.",
    advice:
      "Put back the key file, or the key into MASTER_KEY_PREVIOUS, and start again; or enter the " +
      "client secret once more.",
  },
} as const;

/** Nobody is signed in by it, and nothing is stored. */
export async function testProvider(
  parts: Pick<ProvidersParts, "openIdClients" | "keyRing" | "publicUrl">,
  stored: StoredProvider,
): Promise<ProviderTestAnswer> {
  const opened = openIdSettingsOf(stored, parts);
  if (!opened.ok) return { isGood: false, steps: withoutSecret(opened.reason) };
  const steps = await parts.openIdClients.of(opened.settings).probe();
  return { isGood: steps.every(({ result }) => result !== "failed"), steps: [...steps] };
}

/** Nothing is asked of a provider that nobody can be signed in by. */
function withoutSecret(reason: keyof typeof FAULTS): ProviderTestAnswer["steps"] {
  const { message, advice } = FAULTS[reason];
  return PROVIDER_TEST_STEPS.map((step) =>
    step === "settings"
      ? { step, result: "failed", message, advice }
      : { step, result: "left-out", message: "Left out, for want of the secret.", advice: null },
  );
}
