// The keys of the misbehaving provider, and ID tokens signed rightly and in every wrong way.
import { createHmac, createPublicKey } from "node:crypto";
import { CompactSign, exportJWK, exportSPKI, generateKeyPair } from "jose";
import type { CompactJWSHeaderParameters, JWK } from "jose";

/**
 * `foreign`: by a key that was never published; `none`: no signature at all; the others are HS256
 * with something an attacker may know as the secret (RFC 8725 section 2.1).
 */
export type TokenSigning =
  | "own"
  | "foreign"
  | "none"
  | "hs256-by-public-pem"
  | "hs256-by-public-der"
  | "hs256-by-client-secret";

export type TokenWanted = {
  readonly signing: TokenSigning;
  readonly header: Readonly<Record<string, unknown>>;
  readonly claims: Readonly<Record<string, unknown>>;
  readonly clientSecret: string;
};

export type ProviderKeys = {
  /** From now on a new key signs, and only it is published. */
  readonly rotate: () => Promise<void>;
  readonly published: () => JWK;
  readonly sign: (wanted: TokenWanted) => Promise<string>;
};

export async function createProviderKeys(): Promise<ProviderKeys> {
  let keys = await newKeys("key-1");
  let foreign: Keys | null = null;
  let rotations = 1;

  async function sign(wanted: TokenWanted): Promise<string> {
    const { signing, header, claims } = wanted;
    if (signing === "own") return await signRsa(keys, keys.kid, wanted);
    if (signing === "foreign") {
      foreign ??= await newKeys("foreign");
      return await signRsa(foreign, keys.kid, wanted);
    }
    const alg = signing === "none" ? "none" : "HS256";
    const content = `${encode({ alg, kid: keys.kid, ...header })}.${encode(claims)}`;
    if (signing === "none") return `${content}.`;
    const pem = await exportSPKI(keys.publicKey);
    const secrets = {
      "hs256-by-public-pem": pem,
      "hs256-by-public-der": createPublicKey(pem).export({ type: "spki", format: "der" }),
      "hs256-by-client-secret": wanted.clientSecret,
    };
    const mac = createHmac("sha256", secrets[signing]).update(content).digest("base64url");
    return `${content}.${mac}`;
  }

  return {
    rotate: async () => {
      rotations += 1;
      keys = await newKeys(`key-${rotations}`);
    },
    published: () => keys.jwk,
    sign,
  };
}

type Keys = Awaited<ReturnType<typeof generateKeyPair>> & {
  readonly kid: string;
  readonly jwk: JWK;
};

async function newKeys(kid: string): Promise<Keys> {
  const pair = await generateKeyPair("RS256", { extractable: true });
  return { ...pair, kid, jwk: { ...(await exportJWK(pair.publicKey)), kid, alg: "RS256" } };
}

async function signRsa(keys: Keys, kid: string, wanted: TokenWanted): Promise<string> {
  const payload = new TextEncoder().encode(JSON.stringify(wanted.claims));
  const header = { alg: "RS256", kid, ...wanted.header } as CompactJWSHeaderParameters;
  // jose itself refuses `crit` of names it does not know, unless told that we do.
  const crit = Object.fromEntries((header.crit ?? []).map((name) => [name, true]));
  return await new CompactSign(payload).setProtectedHeader(header).sign(keys.privateKey, { crit });
}

function encode(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString("base64url");
}
