// Checks which new passkeys are accepted, and that makers' certificates are left alone.
import { verifyRegistrationResponse } from "@simplewebauthn/server";
import type { RegistrationResponseJSON } from "@simplewebauthn/server";
import { describe, expect, it } from "vitest";
import { createSoftwarePasskey } from "../../../test/people/software-passkey.ts";
import type { CreationOptions, Deviation } from "../../../test/people/software-passkey.ts";
import { creationOptions } from "./passkey-options.ts";
import { readChallenge } from "./read-challenge.ts";
import { verifyCreation } from "./verify-creation.ts";

const party = { id: "portal.example.com", name: "Postern", origin: "https://portal.example.com" };
const challenge = "random.expiry.mac";
const user = { id: "aaaaaaaaaaaaaaaaaaaa", email: "ada@example.com", name: "Ada Lovelace" };

async function create(deviation: Deviation = {}) {
  const options = await creationOptions({ party, challenge, user, present: [] });
  const passkey = createSoftwarePasskey(party.origin);
  return { passkey, response: passkey.create(options as CreationOptions, deviation) };
}

describe("a new passkey", () => {
  it("is taken with its key, its counter, and the transports that there are", async () => {
    const { passkey, response } = await create({ counter: 7 });
    expect(readChallenge(response)).toBe(challenge);
    const created = await verifyCreation({ party, challenge, response });
    expect(created).toMatchObject({
      credentialId: passkey.credentialId,
      counter: 7,
      transports: ["internal"],
      isSynced: false,
    });
    expect(Buffer.from(created!.publicKey, "base64url").length).toBe(77);
  });

  it("of a password manager is known as one", async () => {
    const { response } = await create({ flags: 0b11101 });
    expect(await verifyCreation({ party, challenge, response })).toMatchObject({ isSynced: true });
  });

  it("with a maker's certificate is refused, though it is in order", async () => {
    const { response } = await create({ isCertified: true });
    const { verified } = await verifyRegistrationResponse({
      response: response as unknown as RegistrationResponseJSON,
      expectedChallenge: Buffer.from(challenge).toString("base64url"),
      expectedOrigin: party.origin,
      expectedRPID: party.id,
    });
    expect(verified).toBe(true);
    expect(await verifyCreation({ party, challenge, response })).toBeNull();
  });

  it("is refused for another challenge, and where it is none", async () => {
    const { response } = await create();
    expect(await verifyCreation({ party, challenge: "another", response })).toBeNull();
    expect(await verifyCreation({ party, challenge, response: {} })).toBeNull();
  });
});

describe("the options for a new passkey", () => {
  it("ask for one that is found without a name, and that checks the person", async () => {
    const present = [{ credentialId: "AAAA", transports: ["usb"] }];
    const options = await creationOptions({ party, challenge, user, present });
    expect(options).toMatchObject({
      rp: { id: party.id, name: party.name },
      user: { id: Buffer.from(user.id).toString("base64url"), name: user.email },
      attestation: "none",
      authenticatorSelection: { residentKey: "required", userVerification: "required" },
      excludeCredentials: [{ id: "AAAA", transports: ["usb"], type: "public-key" }],
    });
    expect(options["pubKeyCredParams"]).toEqual(
      [-8, -7, -257].map((alg) => ({ alg, type: "public-key" })),
    );
  });
});
