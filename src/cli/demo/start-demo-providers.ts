// The demo's Google and Microsoft, to which its server is the only application.
import { randomBytes } from "node:crypto";
import type { StandInClient } from "./open-stand-in.ts";
import { startStandInGoogle, startStandInMicrosoft } from "./stand-in-providers.ts";

export type DemoProviders = {
  readonly google: StandInClient;
  readonly microsoft: StandInClient;
  /** Real origins to those on this machine. */
  readonly standIns: ReadonlyMap<string, string>;
  readonly close: () => Promise<void>;
};

/** `origin`: where browsers find the demo's server. */
export async function startDemoProviders(origin: string): Promise<DemoProviders> {
  const google = registeredClient("google", origin);
  const microsoft = registeredClient("microsoft", origin);
  const started = [await startStandInGoogle(google), await startStandInMicrosoft(microsoft)];
  return {
    google,
    microsoft,
    standIns: new Map(started.map(({ entry }) => entry)),
    close: async () => {
      for (const provider of started) await provider.close();
    },
  };
}

function registeredClient(code: string, origin: string): StandInClient {
  return {
    clientId: `demo-at-${code}`,
    clientSecret: randomBytes(24).toString("base64url"),
    redirectUris: [`${origin}/postern/sso/${code}/callback`],
    postLogoutUris: [`${origin}/postern/signed-out`],
  };
}
