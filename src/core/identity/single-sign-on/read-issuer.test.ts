// Checks which texts are issuers, what each refusal advises, and that a URL reads them alike.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readIssuer } from "./read-issuer.ts";

/** What texts go wrong by. */
const PARTS =
  "https http :// / : . @ # ? %2e \\ [ ] ::1 - a EXAMPLE com 127 0x7f 0 443 8443 _ é \t %41".split(
    " ",
  );

describe("an issuer", () => {
  it.each([
    ["https://login.example.com", "https://login.example.com", "login.example.com"],
    // With and without the slash are two issuers to whom compares texts.
    ["https://login.example.com/", "https://login.example.com/", "login.example.com"],
    [
      "https://Login.Example.COM/Realms/Acme",
      "https://login.example.com/Realms/Acme",
      "login.example.com",
    ],
    ["https://login.example.com/a//b/", "https://login.example.com/a//b/", "login.example.com"],
    ["https://login.example.com/a%2Fb~c", "https://login.example.com/a%2Fb~c", "login.example.com"],
    ["https://login.example.com:8443/x", "https://login.example.com:8443/x", "login.example.com"],
    ["https://login.example.com:443", "https://login.example.com", "login.example.com"],
    ["https://login.example.com:80", "https://login.example.com:80", "login.example.com"],
    ["https://xn--bcher-kva.example", "https://xn--bcher-kva.example", "xn--bcher-kva.example"],
    ["https://keycloak", "https://keycloak", "keycloak"],
    ["https://9.9.9.9/x", "https://9.9.9.9/x", "9.9.9.9"],
    ["https://[2620:FE::9]:8443", "https://[2620:fe::9]:8443", "[2620:fe::9]"],
  ])("%j is %j", (text, issuer, host) => {
    expect(readIssuer(text)).toEqual({ ok: true, issuer, host, needsPrivate: false });
  });

  it.each([
    ["http://login.example.com", "http://login.example.com"],
    ["http://login.example.com:80/x", "http://login.example.com/x"],
    ["http://127.0.0.1:8080", "http://127.0.0.1:8080"],
    ["https://127.0.0.1", "https://127.0.0.1"],
    ["https://10.0.0.7/x", "https://10.0.0.7/x"],
    ["https://169.254.169.254", "https://169.254.169.254"],
    ["https://0.0.0.0", "https://0.0.0.0"],
    ["https://[::1]", "https://[::1]"],
    ["https://[fd00::7]", "https://[fd00::7]"],
    ["https://[64:ff9b::7f00:1]", "https://[64:ff9b::7f00:1]"],
    ["https://localhost:8443", "https://localhost:8443"],
    ["https://sso.localhost", "https://sso.localhost"],
  ])("%j is one that an operator has to allow", (text, issuer) => {
    expect(readIssuer(text)).toMatchObject({ ok: true, issuer, needsPrivate: true });
  });

  it.each([
    ["", "address of the provider"],
    ["login.example.com", "begins with https://"],
    ["//login.example.com", "begins with https://"],
    ["HTTPS://login.example.com", "begins with https:// in lower case"],
    ["Https://login.example.com", "begins with https:// in lower case"],
    ["ftp://login.example.com", "begins with https://"],
    ["https:/login.example.com", "begins with https://"],
    ["https:login.example.com", "begins with https://"],
    ["https:\\\\login.example.com", "begins with https://"],
    ["javascript:alert(1)", "begins with https://"],
    [" https://login.example.com", "no spaces"],
    ["https://login.example.com ", "no spaces"],
    ["https://login.exa mple.com", "no spaces"],
    ["https://login.example.com/a\tb", "no spaces"],
    ["https://login.example.com\n", "no spaces"],
    ["https://login.example.com/\u00a0", "no spaces"],
    ["https://login.example.com?x=1", "neither a query"],
    ["https://login.example.com/x?", "neither a query"],
    ["https://login.example.com#", "nor a fragment"],
    ["https://ada@login.example.com", "no name or password before the host"],
    ["https://ada:secret@login.example.com/x", "no name or password before the host"],
    ["https://login.example.com:443@evil.example", "no name or password before the host"],
    ["https://login.example.com/.well-known/openid-configuration", "part before /.well-known/"],
    ["https://login.example.com/x/.well-known/openid-configuration/", "part before /.well-known/"],
    ["https://login.example.com/.well-known/oauth-authorization-server", "part before"],
    ["https://login.example.com/a/../b", "no parts “.” and “..”"],
    ["https://login.example.com/./b", "no parts “.” and “..”"],
    ["https://login.example.com/%2e%2E/b", "no parts “.” and “..”"],
    ["https://login.example.com/..", "no parts “.” and “..”"],
    ["https://login.example.com/a\\b", "letters, numbers and"],
    ["https://login.example.com/%zz", "letters, numbers and"],
    ["https://login.example.com/ü", "letters, numbers and"],
    ['https://login.example.com/"', "letters, numbers and"],
    ["https://", "name of a host is missing"],
    ["https:///x", "name of a host is missing"],
    ["https://:443", "name of a host is missing"],
    ["https://bücher.example", "in ASCII"],
    ["https://\u212Aelvin.example", "in ASCII"],
    ["https://login。example.com", "in ASCII"],
    ["https://login..example.com", "single dots between"],
    ["https://login.example.com.", "single dots between"],
    ["https://-login.example.com", "parts of 1 to 63"],
    ["https://*.example.com", "parts of 1 to 63"],
    ["https://login%2eexample.com", "parts of 1 to 63"],
    [`https://${"a".repeat(64)}.example`, "parts of 1 to 63"],
    [`https://${"a.".repeat(126)}example`, "parts of 1 to 63"],
    ["https://127.1", "four decimal parts"],
    ["https://2130706433", "four decimal parts"],
    ["https://0x7f000001", "four decimal parts"],
    ["https://0177.0.0.1", "four decimal parts"],
    ["https://a.0x7f", "four decimal parts"],
    ["https://256.0.0.1", "four decimal parts"],
    ["https://[::ffff:127.0.0.1]", "stands in brackets"],
    ["https://[127.0.0.1]", "stands in brackets"],
    ["https://[fe80::1%25eth0]", "stands in brackets"],
    ["https://[::1", "stands in brackets"],
    ["https://::1", "stands in brackets"],
    ["https://login.example.com:", "1 to 65535"],
    ["https://login.example.com:0", "1 to 65535"],
    ["https://login.example.com:0443", "1 to 65535"],
    ["https://login.example.com:65536", "1 to 65535"],
    ["https://login.example.com:1e3", "1 to 65535"],
    [`https://login.example.com/${"a".repeat(1000)}`, "at most 1000 characters"],
  ])("is not %j", (text, words) => {
    expect(readIssuer(text)).toEqual({ ok: false, reason: expect.stringContaining(words) });
  });

  it("that is accepted is what any URL reader reads, and stays what it is", () => {
    const part = fc.constantFrom(...PARTS);
    const anyParts = fc.array(part, { maxLength: 6 }).map((parts) => parts.join(""));
    const anyHost = fc.oneof(fc.domain(), fc.ipV4(), fc.ipV6(), anyParts);
    const anyText = fc
      .tuple(fc.constantFrom("https://", "http://", ""), anyHost, fc.oneof(fc.webPath(), anyParts))
      .map((parts) => parts.join(""));
    let accepted = 0;
    fc.assert(
      fc.property(anyText, (text) => {
        const outcome = readIssuer(text);
        if (!outcome.ok) return;
        accepted += 1;
        const { issuer, host, needsPrivate } = outcome;
        const url = new URL(issuer);
        expect(url.href).toBe(
          url.pathname === "/" && !issuer.endsWith("/") ? `${issuer}/` : issuer,
        );
        expect(url.hostname).toBe(host);
        expect([url.username, url.password, url.search, url.hash]).toEqual(["", "", "", ""]);
        if (url.protocol !== "https:") expect(needsPrivate).toBe(true);
        expect(readIssuer(issuer)).toEqual(outcome);
      }),
      { numRuns: 1500 },
    );
    expect(accepted).toBeGreaterThan(100);
  });
});
