// Checks the words for what browsers throw instead of a passkey.
import { describe, expect, it } from "vitest";
import { describePasskeyFault } from "./describe-passkey-fault.ts";

function fault(name: string, code?: string): Error {
  const error = new Error("The operation either timed out or was not allowed. See: https://…");
  error.name = name;
  return code === undefined ? error : Object.assign(error, { code });
}

describe("describePasskeyFault", () => {
  it.each([
    [
      fault("NotAllowedError", "ERROR_PASSTHROUGH_SEE_CAUSE_PROPERTY"),
      "ask",
      /cancelled, took too/,
    ],
    [fault("NotAllowedError"), "create", /No passkey was made: it was cancelled/],
    [fault("AbortError", "ERROR_CEREMONY_ABORTED"), "ask", /cancelled/],
    [fault("InvalidStateError", "ERROR_AUTHENTICATOR_PREVIOUSLY_REGISTERED"), "create", /already/],
    [fault("SecurityError", "ERROR_INVALID_DOMAIN"), "create", /host name instead of an IP/],
    [fault("SecurityError", "ERROR_INVALID_RP_ID"), "ask", /another address/],
    [
      fault("ConstraintError", "ERROR_AUTHENTICATOR_MISSING_USER_VERIFICATION_SUPPORT"),
      "create",
      /screen lock/,
    ],
    [fault("NotSupportedError"), "create", /could not make a passkey here/],
    [fault("TypeError"), "ask", /could not use a passkey here/],
    ["a text", "ask", /could not use a passkey here/],
  ] as const)("%s while one is to %s", (error, doing, words) => {
    const told = describePasskeyFault(error, doing);
    expect(told).toMatch(words);
    expect(told).not.toMatch(/https:|Error|WebAuthn/);
  });
});
