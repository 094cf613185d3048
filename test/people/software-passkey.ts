// A passkey made of node:crypto alone: signs as a browser's authenticator does, or wrongly.
import {
  createHash,
  createPrivateKey,
  generateKeyPairSync,
  randomBytes,
  sign as signWith,
} from "node:crypto";

/** Options as the API gives them. */
export type Options = { readonly challenge: string; readonly rpId?: string };
export type Response = Record<string, unknown> & { readonly id: string };

/** What an attacker, or a device that is broken, does differently. */
export type Deviation = {
  readonly origin?: string;
  readonly rpId?: string;
  /** WebAuthn Level 3, 6.1: present 1, verified 4, backup eligible 8, backed up 16. */
  readonly flags?: number;
  readonly counter?: number;
  readonly type?: string;
  readonly crossOrigin?: boolean;
  readonly credentialId?: string;
  /** null: none. */
  readonly userHandle?: string | null;
  readonly isSignatureFlipped?: boolean;
  /** The maker of the device vouches for it. */
  readonly isCertified?: boolean;
};

export type SoftwarePasskey = {
  readonly credentialId: string;
  /** Of `POST /api/v1/me/passkeys`. */
  readonly create: (options: CreationOptions, deviation?: Deviation) => Response;
  readonly sign: (options: Options, deviation?: Deviation) => Response;
};

export type CreationOptions = Options & { readonly user: { readonly id: string } };

const PRESENT_AND_VERIFIED = 0b101;
const ATTESTED = 0b100_0000;

/** @param origin of the page that would ask, such as https://portal.example.com */
export function createSoftwarePasskey(origin: string): SoftwarePasskey {
  const { hostname } = new URL(origin);
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const { x, y } = publicKey.export({ format: "jwk" });
  const id = randomBytes(32);
  const coseKey = cborMap([
    [1, 2],
    [3, -7],
    [-1, 1],
    [-2, Buffer.from(x!, "base64url")],
    [-3, Buffer.from(y!, "base64url")],
  ]);
  let counter = 0;
  let userHandle: string | null = null;

  function authenticatorData(deviation: Deviation, attested: Buffer): Buffer {
    const rest = Buffer.alloc(5);
    const mark = attested.length === 0 ? 0 : ATTESTED;
    rest.writeUInt8((deviation.flags ?? PRESENT_AND_VERIFIED) | mark);
    rest.writeUInt32BE(deviation.counter ?? counter, 1);
    return Buffer.concat([sha256(deviation.rpId ?? hostname), rest, attested]);
  }

  function clientData(type: string, options: Options, deviation: Deviation): Buffer {
    const { origin: claimed = origin, crossOrigin = false } = deviation;
    const data = { type: deviation.type ?? type, challenge: options.challenge };
    return Buffer.from(JSON.stringify({ ...data, origin: claimed, crossOrigin }));
  }

  function respond(deviation: Deviation, response: Record<string, unknown>): Response {
    const credentialId = deviation.credentialId ?? id.toString("base64url");
    return {
      id: credentialId,
      rawId: credentialId,
      type: "public-key",
      clientExtensionResults: {},
      response,
    };
  }

  return {
    credentialId: id.toString("base64url"),
    create: (options, deviation = {}) => {
      userHandle ??= options.user.id;
      const length = Buffer.alloc(2);
      length.writeUInt16BE(id.length);
      const attested = Buffer.concat([Buffer.alloc(16), length, id, coseKey]);
      const data = authenticatorData(deviation, attested);
      const client = clientData("webauthn.create", options, deviation);
      const isCertified = deviation.isCertified === true;
      const signed = Buffer.concat([data, sha256(client)]);
      const attestationObject = cborMap([
        ["fmt", isCertified ? "packed" : "none"],
        ["attStmt", { encoded: isCertified ? certifiedBy(MAKER, signed) : cborMap([]) }],
        ["authData", data],
      ]);
      return respond(deviation, {
        clientDataJSON: client.toString("base64url"),
        attestationObject: attestationObject.toString("base64url"),
        transports: ["internal", "made-up"],
      });
    },
    sign: (options, deviation = {}) => {
      counter += 1;
      const data = authenticatorData(deviation, Buffer.alloc(0));
      const client = clientData("webauthn.get", options, deviation);
      const signature = signWith("sha256", Buffer.concat([data, sha256(client)]), privateKey);
      if (deviation.isSignatureFlipped === true) signature[signature.length - 1]! ^= 1;
      const handle = deviation.userHandle === undefined ? userHandle : deviation.userHandle;
      return respond(deviation, {
        clientDataJSON: client.toString("base64url"),
        authenticatorData: data.toString("base64url"),
        signature: signature.toString("base64url"),
        ...(handle === null ? {} : { userHandle: handle }),
      });
    },
  };
}

/** A maker of devices that there is not, with the key that its devices sign with. */
const MAKER = {
  certificate:
    "MIIB5jCCAYygAwIBAgIBATAKBggqhkjOPQQDAjBjMQswCQYDVQQGEwJBVTEQMA4GA1UECgwHRXhhbXBsZTEiMCAG" +
    "A1UECwwZQXV0aGVudGljYXRvciBBdHRlc3RhdGlvbjEeMBwGA1UEAwwVRXhhbXBsZSBBdXRoZW50aWNhdG9yMCAX" +
    "DTIwMDEwMTAwMDAwMFoYDzIxMjAwMTAxMDAwMDAwWjBjMQswCQYDVQQGEwJBVTEQMA4GA1UECgwHRXhhbXBsZTEi" +
    "MCAGA1UECwwZQXV0aGVudGljYXRvciBBdHRlc3RhdGlvbjEeMBwGA1UEAwwVRXhhbXBsZSBBdXRoZW50aWNhdG9y" +
    "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEY2rJsL8XM6McP0UGVeHfnBjvb8QjjGo5Mg/V63BFOAOEVQoEvJUU" +
    "4MF6NM/+tJr8ygW9VT735vPFCjfHtqTHF6MvMC0wDAYDVR0TAQH/BAIwADAdBgNVHQ4EFgQU6FekjYElYPy7gp8x" +
    "aXgKIZ7oEeIwCgYIKoZIzj0EAwIDSAAwRQIhANY6k4RaIS80zn0L6OUZkiUQjYcRYYmJ9TCkHTLC0qAsAiA4KvsU" +
    "MWLgrqatAXNTjBWMkcgAiw7ZQNUO4jDZpShrMw==",
  key:
    "MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQg0np7IMSKjlyDHvSHTsg64LQn33BmB0y+zjJzMPgV" +
    "BKGhRANCAARjasmwvxczoxw/RQZV4d+cGO9vxCOMajkyD9XrcEU4A4RVCgS8lRTgwXo0z/60mvzKBb1VPvfm88UK" +
    "N8e2pMcX",
};

/** WebAuthn Level 3, 8.2. */
function certifiedBy(maker: typeof MAKER, signed: Buffer): Buffer {
  const der = Buffer.from(maker.key, "base64");
  const key = createPrivateKey({ key: der, format: "der", type: "pkcs8" });
  return cborMap([
    ["alg", -7],
    ["sig", signWith("sha256", signed, key)],
    ["x5c", [Buffer.from(maker.certificate, "base64")]],
  ]);
}

function sha256(data: string | Buffer): Buffer {
  return createHash("sha256").update(data).digest();
}

type CborValue = number | string | Buffer | readonly CborValue[] | { readonly encoded: Buffer };

/** RFC 8949, as far as authenticators need it. */
function cbor(value: CborValue): Buffer {
  if (typeof value === "number") return value < 0 ? cborHead(1, -1 - value) : cborHead(0, value);
  if (typeof value === "string") {
    return Buffer.concat([cborHead(3, Buffer.byteLength(value)), Buffer.from(value)]);
  }
  if (Buffer.isBuffer(value)) return Buffer.concat([cborHead(2, value.length), value]);
  if ("encoded" in value) return value.encoded;
  return Buffer.concat([cborHead(4, value.length), ...value.map(cbor)]);
}

function cborMap(entries: readonly (readonly [CborValue, CborValue])[]): Buffer {
  return Buffer.concat([cborHead(5, entries.length), ...entries.flat().map(cbor)]);
}

function cborHead(major: number, length: number): Buffer {
  if (length < 24) return Buffer.from([(major << 5) | length]);
  if (length < 256) return Buffer.from([(major << 5) | 24, length]);
  const head = Buffer.from([(major << 5) | 25, 0, 0]);
  head.writeUInt16BE(length, 1);
  return head;
}
