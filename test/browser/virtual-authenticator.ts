// A device in the browser that keeps passkeys and presses its own button.

import type { CDPSession, Page } from "playwright-core";

export type VirtualAuthenticator = {
  /** Whether it finds out, from now on, that it is the right person. */
  readonly recognises: (isRecognised: boolean) => Promise<void>;
  readonly countPasskeys: () => Promise<number>;
  /** As somebody does in the settings of a device: Postern does not hear of it. */
  readonly forgetPasskeys: () => Promise<void>;
};

export type AuthenticatorKind = {
  /** Without: a security key that has neither PIN nor finger. */
  readonly checksPeople?: boolean;
};

/** Chromium's own, for this page and whatever it goes to. */
export async function addVirtualAuthenticator(
  page: Page,
  { checksPeople = true }: AuthenticatorKind = {},
): Promise<VirtualAuthenticator> {
  const devtools: CDPSession = await page.context().newCDPSession(page);
  await devtools.send("WebAuthn.enable");
  const { authenticatorId } = await devtools.send("WebAuthn.addVirtualAuthenticator", {
    options: {
      protocol: "ctap2",
      transport: "internal",
      hasResidentKey: true,
      hasUserVerification: checksPeople,
      isUserVerified: checksPeople,
      automaticPresenceSimulation: true,
    },
  });
  return {
    recognises: async (isUserVerified) => {
      await devtools.send("WebAuthn.setUserVerified", { authenticatorId, isUserVerified });
    },
    countPasskeys: async () => {
      const { credentials } = await devtools.send("WebAuthn.getCredentials", { authenticatorId });
      return credentials.length;
    },
    forgetPasskeys: async () => {
      await devtools.send("WebAuthn.clearCredentials", { authenticatorId });
    },
  };
}
