// Who signs in at a stand-in: every address is somebody, always the same, with the same claims.
import { createHash } from "node:crypto";

export type StandInPerson = {
  /** The claims of the ID token beside `iss`, `aud`, times and `amr`. */
  readonly claims: { readonly sub: string; readonly [name: string]: string | boolean };
};

export type StandInTenant = { readonly id: string; readonly domain: string };

export const STAND_IN_TENANTS = {
  contoso: { id: "3fdd1c0a-4a5e-4c39-9a6e-2f1f0c6f3a01", domain: "contoso.example" },
  fabrikam: { id: "8c5b2f7e-91d4-4b0e-8a57-6d2e9b1c4f02", domain: "fabrikam.example" },
} as const satisfies Readonly<Record<string, StandInTenant>>;

/** Google's subject is a number of 21 digits. */
export function googlePerson(address: string): StandInPerson {
  const number = BigInt(`0x${digestOf(address).slice(0, 20)}`) % 10n ** 20n;
  const sub = `1${number.toString().padStart(20, "0")}`;
  return { claims: { sub, email: address, email_verified: true, name: nameOf(address) } };
}

/** Microsoft's subject is one of this client only; `oid` is the person's in the whole tenant. */
export function microsoftPerson(address: string, tenant: StandInTenant): StandInPerson {
  const digest = digestOf(address);
  return {
    claims: {
      sub: Buffer.from(digest, "hex").toString("base64url"),
      oid: digest.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, "$1-$2-$3-$4-$5"),
      tid: tenant.id,
      preferred_username: address,
      name: nameOf(address),
      ver: "2.0",
    },
  };
}

/** Null: nobody of the stand-in's tenants. */
export function tenantOf(address: string): StandInTenant | null {
  const domain = address.slice(address.indexOf("@") + 1);
  return Object.values(STAND_IN_TENANTS).find((tenant) => tenant.domain === domain) ?? null;
}

function digestOf(address: string): string {
  return createHash("sha256").update(address).digest("hex");
}

function nameOf(address: string): string {
  const [local = ""] = address.split("@");
  return local.replace(
    /(^|[.-])(\w)/g,
    (_, gap: string, letter: string) => `${gap === "" ? "" : " "}${letter.toUpperCase()}`,
  );
}
