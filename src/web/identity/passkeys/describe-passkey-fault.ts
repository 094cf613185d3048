// Says in words why the browser gave no passkey.

const WORDS: Readonly<Record<string, string>> = {
  ERROR_AUTHENTICATOR_PREVIOUSLY_REGISTERED:
    "This device has a passkey here already. Use another device, or keep the one that there is.",
  ERROR_AUTHENTICATOR_MISSING_USER_VERIFICATION_SUPPORT:
    "This device cannot check who you are by finger, face or PIN. Set up its screen lock first, " +
    "or use another device.",
  ERROR_AUTHENTICATOR_MISSING_DISCOVERABLE_CREDENTIAL_SUPPORT:
    "This device or security key cannot keep passkeys. Use another one.",
  ERROR_AUTHENTICATOR_NO_SUPPORTED_PUBKEYCREDPARAMS_ALG:
    "This device makes no kind of passkey that is accepted here. Use another one.",
  ERROR_INVALID_DOMAIN:
    "Passkeys are not possible at this address. Open Postern by its host name instead of an IP " +
    "address.",
  ERROR_INVALID_RP_ID:
    "Passkeys belong to another address of this installation. Open it by the address that it " +
    "was set up with.",
  ERROR_AUTHENTICATOR_GENERAL_ERROR:
    "The device could not do it. Try again, or use another device.",
};

const NOT_ALLOWED = {
  // Browsers do not tell these apart, so that no page learns which passkeys there are.
  ask:
    "No passkey was used: it was cancelled, took too long, or this device has none for this " +
    "page. Try again, or choose another way.",
  create: "No passkey was made: it was cancelled, or took too long. Try again.",
} as const;

/** @param error of @simplewebauthn/browser, whose `code` says more than the browser's own error */
export function describePasskeyFault(error: unknown, doing: "ask" | "create"): string {
  const { code, name } = readFault(error);
  const words = WORDS[code];
  if (words !== undefined) return words;
  if (name === "NotAllowedError" || name === "AbortError") return NOT_ALLOWED[doing];
  if (code === "ERROR_CEREMONY_ABORTED") return NOT_ALLOWED[doing];
  return doing === "ask"
    ? "This browser could not use a passkey here. Choose another way, or another browser."
    : "This browser could not make a passkey here. Try another browser or device.";
}

function readFault(error: unknown): { readonly code: string; readonly name: string } {
  if (!(error instanceof Error)) return { code: "", name: "" };
  const code = "code" in error && typeof error.code === "string" ? error.code : "";
  return { code, name: error.name };
}
