// Checks at which addresses there can be passkeys, and whose they are.
import { describe, expect, it } from "vitest";
import { readRelyingParty } from "./relying-party.ts";

describe("readRelyingParty", () => {
  it.each([
    ["https://portal.example.com", "portal.example.com", "https://portal.example.com"],
    ["https://portal.example.com:8443", "portal.example.com", "https://portal.example.com:8443"],
    ["https://PORTAL.example.com/", "portal.example.com", "https://portal.example.com"],
    ["http://localhost:8080", "localhost", "http://localhost:8080"],
    ["http://postern.localhost", "postern.localhost", "http://postern.localhost"],
  ])("at %s passkeys are those of %s", (publicUrl, id, origin) => {
    const party = { id, name: "Postern", origin };
    expect(readRelyingParty(publicUrl, "Postern")).toEqual({ ok: true, party });
  });

  it.each([
    ["https://192.0.2.1", "address"],
    ["https://192.0.2.1:8443", "address"],
    ["https://0xc0000201", "address"],
    ["http://127.0.0.1:8080", "address"],
    ["https://[2001:db8::1]", "address"],
    ["http://portal.example.com", "plain-http"],
    ["http://localhost.example.com", "plain-http"],
  ])("at %s there are none: %s", (publicUrl, reason) => {
    expect(readRelyingParty(publicUrl, "Postern")).toEqual({ ok: false, reason });
  });
});
