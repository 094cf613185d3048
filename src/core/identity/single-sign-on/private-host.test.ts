// Checks how an operator names the hosts that may be in a private network.
import { describe, expect, it } from "vitest";
import { parsePrivateHost } from "./private-host.ts";
import { readIssuer } from "./read-issuer.ts";

describe("a private host", () => {
  it.each([
    ["keycloak.internal", "keycloak.internal"],
    [" Keycloak ", "keycloak"],
    ["key_cloak", "key_cloak"],
    ["localhost", "localhost"],
    ["10.0.0.7", "10.0.0.7"],
    ["fd00:0:0::7", "[fd00::7]"],
    ["::1", "[::1]"],
    ["[FD00::7]", "[fd00::7]"],
  ])("%j is %j, as in an issuer", (text, host) => {
    expect(parsePrivateHost(text)).toEqual({ ok: true, host });
    expect(parsePrivateHost(host)).toEqual({ ok: true, host });
    expect(readIssuer(`https://${host}:8443/x`)).toMatchObject({ ok: true, host });
  });

  it.each([
    ["", "is missing"],
    ["*", "without *"],
    ["*.internal", "without *"],
    ["10.0.0.0/8", "no block"],
    ["https://keycloak.internal", "without https://"],
    ["keycloak.internal/realms", "without https://"],
    ["keycloak.internal:8443", "without its port"],
    ["10.0.0.7:8443", "without its port"],
    ["[::1]:8443", "without its port"],
    ["10.1", "four decimal parts"],
    ["010.0.0.7", "four decimal parts"],
    ["10.0.0.1-10.0.0.9", "four decimal parts"],
    ["::ffff:10.0.0.7", "in brackets"],
    ["fd00::g", "in brackets"],
    ["key cloak", "no spaces"],
    ["bücher.internal", "in ASCII"],
    ["ada@keycloak", "parts of 1 to 63"],
    [".internal", "parts of 1 to 63"],
  ])("is not %j", (text, words) => {
    expect(parsePrivateHost(text)).toEqual({ ok: false, reason: expect.stringContaining(words) });
  });
});
