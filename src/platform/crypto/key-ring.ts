// Seals small secrets for the store with a master key, and makes macs of short-lived codes.
import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from "node:crypto";
import { isSameSecret } from "./is-same-secret.ts";

/** 32 random bytes; `id` is its fingerprint, which may be seen. */
export type MasterKey = { readonly id: string; readonly key: Uint8Array };

type Opened =
  | { readonly ok: true; readonly plain: Uint8Array }
  /** The key is not in the ring, the text is damaged, or it was sealed for another row. */
  | { readonly ok: false; readonly reason: "key-unknown" | "damaged" };

export type KeyRing = {
  /** The key that seals; the others only open. */
  readonly activeKeyId: () => string;
  readonly keyIds: () => readonly string[];
  /**
   * @param row names table, row and column, such as `identity_factor/app/<user id>`: what was
   * sealed for one row does not open in another (row 100)
   */
  readonly seal: (plain: Uint8Array, row: string) => string;
  readonly open: (sealed: string, row: string) => Opened;
  /** Of the key it was sealed with; null when it is no sealed text. */
  readonly keyIdOf: (sealed: string) => string | null;
  /** HMAC-SHA-256 with a key of its own for each purpose, in hex, after the active key's id. */
  readonly mac: (text: string, purpose: string) => string;
  /** Compares in constant time, with any key of the ring. */
  readonly isMac: (mac: string, text: string, purpose: string) => boolean;
};

const FORMAT = "v1";
const CIPHER = "aes-256-gcm";
/** NIST SP 800-38D, 8.2.2: random ones are good for 2^32 secrets under one key. */
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const SEALED = /^v1\.([0-9a-f]{16})\.([A-Za-z0-9_-]+)$/;
const DAMAGED = { ok: false, reason: "damaged" } as const;

/** The first key is the active one. Throws without any. */
export function createKeyRing(keys: readonly MasterKey[]): KeyRing {
  const [active] = keys;
  if (active === undefined) throw new Error("a key ring holds one key at least");
  const sealKeys = new Map(keys.map(({ id, key }) => [id, derive(key, "seal")]));
  const masters = new Map(keys.map(({ id, key }) => [id, key]));

  function macBy({ id, key }: MasterKey, text: string, purpose: string): string {
    const macKey = derive(key, `mac/${purpose}`);
    return `${id}.${createHmac("sha256", macKey).update(text, "utf8").digest("hex")}`;
  }

  return {
    activeKeyId: () => active.id,
    keyIds: () => [...masters.keys()],
    seal: (plain, row) => {
      const nonce = randomBytes(NONCE_BYTES);
      const key = sealKeys.get(active.id) ?? derive(active.key, "seal");
      const cipher = createCipheriv(CIPHER, key, nonce, { authTagLength: TAG_BYTES });
      cipher.setAAD(boundTo(active.id, row));
      const parts = [nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()];
      return `${FORMAT}.${active.id}.${Buffer.concat(parts).toString("base64url")}`;
    },
    open: (sealed, row) => {
      const read = readSealed(sealed);
      if (read === null) return DAMAGED;
      const key = sealKeys.get(read.keyId);
      if (key === undefined) return { ok: false, reason: "key-unknown" };
      return openWith(key, read, row);
    },
    keyIdOf: (sealed) => readSealed(sealed)?.keyId ?? null,
    mac: (text, purpose) => macBy(active, text, purpose),
    isMac: (mac, text, purpose) => {
      const id = mac.split(".", 1)[0] ?? "";
      const key = masters.get(id);
      return key !== undefined && isSameSecret(mac, macBy({ id, key }, text, purpose));
    },
  };
}

/** RFC 5869: one master key, and a key for each use that tells nothing about the others. */
function derive(key: Uint8Array, use: string): Buffer {
  return Buffer.from(hkdfSync("sha256", key, "", `postern/${FORMAT}/${use}`, 32));
}

/** INVARIANT: neither format, key nor row of a sealed text can be exchanged for another. */
function boundTo(keyId: string, row: string): Buffer {
  return Buffer.from(`${FORMAT}.${keyId}.${row}`, "utf8");
}

type Sealed = { readonly keyId: string; readonly bytes: Buffer };

function readSealed(sealed: string): Sealed | null {
  const [, keyId, text] = SEALED.exec(sealed) ?? [];
  if (keyId === undefined || text === undefined) return null;
  const bytes = Buffer.from(text, "base64url");
  // Base64 has spellings that say the same; only the one that `seal` writes is read.
  if (bytes.length < NONCE_BYTES + TAG_BYTES || bytes.toString("base64url") !== text) return null;
  return { keyId, bytes };
}

function openWith(key: Buffer, { keyId, bytes }: Sealed, row: string): Opened {
  const nonce = bytes.subarray(0, NONCE_BYTES);
  // Without its length named, Node takes a tag of four bytes too.
  const decipher = createDecipheriv(CIPHER, key, nonce, { authTagLength: TAG_BYTES });
  decipher.setAAD(boundTo(keyId, row));
  decipher.setAuthTag(bytes.subarray(-TAG_BYTES));
  const first = decipher.update(bytes.subarray(NONCE_BYTES, -TAG_BYTES));
  try {
    return { ok: true, plain: Buffer.concat([first, decipher.final()]) };
  } catch {
    return DAMAGED;
  }
}
