// What operators read of a failure: the provider's words, without what must not be repeated.
import { describe, expect, it } from "vitest";
import { OutboundError } from "../http/outbound-error.ts";
import { describeProviderError, OpenIdError, toOpenIdError } from "./open-id-error.ts";

describe("describeProviderError", () => {
  it.each<[unknown, unknown, string]>([
    ["invalid_client", undefined, "invalid_client"],
    ["invalid_client", "AADSTS7000215: Wrong.", "invalid_client (AADSTS7000215: Wrong)"],
    ["invalid_client", "you sent s3cret!", "invalid_client"],
    ["<script>", "a\nb\u202ec", "an error (a b c)"],
    [7, 7, "an error"],
    ["x", "y".repeat(500), `x (${"y".repeat(200)})`],
    ["x", "\u0000", "x"],
  ])("%j, %j", (code, description, expected) => {
    expect(describeProviderError(code, description, ["", "s3cret"])).toBe(expected);
  });
});

describe("toOpenIdError", () => {
  const coded = (message: string, cause: unknown) =>
    Object.assign(new Error(message, { cause }), { code: "X" });

  it.each<[string, unknown, object]>([
    [
      "a failed connection, however deep",
      coded("a", coded("b", new OutboundError("tls", "idp.example", { code: "CERT_HAS_EXPIRED" }))),
      {
        fault: "unreachable",
        message: "No trusted TLS connection to idp.example could be made (CERT_HAS_EXPIRED).",
      },
    ],
    [
      "one of ours",
      coded("a", new OpenIdError("cancelled", "The person said no.")),
      { fault: "cancelled", message: "The person said no." },
    ],
    [
      "a status",
      coded("a", new Response("", { status: 502 })),
      { fault: "unreachable", message: "The provider answered the code with status 502." },
    ],
    [
      "a parser that quotes what it read",
      coded("a", coded("failed to parse", new SyntaxError('Unexpected token, "eyJ…"'))),
      { fault: "token", message: "The ID token could not be accepted: failed to parse." },
    ],
    ["no error", "eyJ", { fault: "token", message: expect.stringMatching(/something unforeseen/) }],
  ])("tells of %s", (_name, error, expected) => {
    expect(toOpenIdError(error, [])).toMatchObject(expected);
  });
});
