// Google and Microsoft in small: real OpenID providers on this machine, in place of theirs.
import { generateKeyPair, randomUUID } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { promisify } from "node:util";
import type { JWKS } from "oidc-provider";
import { openMicrosoft } from "./open-microsoft.ts";
import { openStandIn } from "./open-stand-in.ts";
import type { StandInClient } from "./open-stand-in.ts";
import type { StandInHandler } from "./stand-in-interaction.ts";
import { googlePerson } from "./stand-in-person.ts";
import { createStandInStore } from "./stand-in-store.ts";

export type StandInProvider = {
  /** Real origin to the stand-in's: an entry of `standIns`. */
  readonly entry: readonly [real: string, standIn: string];
  /** Where browsers find it. */
  readonly origin: string;
  readonly close: () => Promise<void>;
};

export async function startStandInGoogle(client: StandInClient): Promise<StandInProvider> {
  const issuer = "https://accounts.google.com";
  const handler = await openStandIn({
    brand: "Google",
    issuer,
    routes: { authorization: "/o/oauth2/v2/auth", token: "/token", jwks: "/oauth2/v3/certs" },
    cookiePrefix: "google",
    client,
    jwks: await createKeys(),
    store: createStandInStore(),
    namesIssuer: true,
    personOf: googlePerson,
  });
  return listen(issuer, handler);
}

/** Its two tenants, and what is common to them: `common` and `organizations`. */
export async function startStandInMicrosoft(client: StandInClient): Promise<StandInProvider> {
  const issuer = "https://login.microsoftonline.com";
  return listen(issuer, await openMicrosoft({ origin: issuer, client, jwks: await createKeys() }));
}

async function createKeys(): Promise<JWKS> {
  const { privateKey } = await promisify(generateKeyPair)("rsa", { modulusLength: 2048 });
  const jwk = privateKey.export({ format: "jwk" });
  return { keys: [{ ...jwk, kty: "RSA", kid: randomUUID(), alg: "RS256", use: "sig" }] };
}

async function listen(real: string, handler: StandInHandler): Promise<StandInProvider> {
  const server = createServer((request, response) => {
    handler(request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const origin = `http://127.0.0.1:${port}`;
  return {
    entry: [real, origin],
    origin,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
