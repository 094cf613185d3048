// Checks the words for a sign-in or a connection by a provider that came to nothing.
import { describe, expect, it } from "vitest";
import { SIGN_IN_FAULTS } from "../../../core/identity/single-sign-on/sign-in-fault.ts";
import { describeSignInFault, isSignInFault } from "./sign-in-fault-words.ts";

/** What only those understand who know how it works. */
const TECHNICAL = /token|tenant|issuer|OIDC|OpenID|OAuth|\bstate\b|callback|cookie|store|database/i;

const EACH = SIGN_IN_FAULTS.flatMap((fault) =>
  (["sign-in", "connect"] as const).flatMap((doing) =>
    (["Google", null] as const).map((providerName) => ({ fault, doing, providerName })),
  ),
);

describe("describeSignInFault", () => {
  it.each(EACH)("$fault of $providerName, to $doing: in whole, plain sentences", (told) => {
    const { title, text } = describeSignInFault(told);
    expect(title).toMatch(/^[A-Z].*[^.]$/);
    expect(text).toMatch(/^[A-Z].*[.]$/);
    expect(text).not.toMatch(/ {2}|\.\.|undefined|null/);
    // What happened, and what to do next.
    expect(text.split(/[.;] /).length).toBeGreaterThan(1);
    expect(`${title} ${text}`).not.toMatch(TECHNICAL);
    expect(`${title} ${text}`.includes("Google")).toBe(
      told.providerName !== null && told.fault !== "store-unavailable",
    );
  });

  it.each([
    ["provider-unreachable", "sign-in", /^Google does not answer$/, /or sign in another way/],
    ["provider-unreachable", "connect", /^Google does not answer$/, /the ways in that you have/],
    ["provider-cancelled", "sign-in", /did not finish at Google/, /nobody was signed in/],
    ["provider-cancelled", "connect", /did not finish at Google/, /nothing was connected/],
    ["flow-ended", "sign-in", /too long/, /ten minutes.*button below/],
    ["sign-in-refused", "sign-in", /^You cannot sign in/, /locked.*new password by e-mail/],
    ["connection-exists", "connect", /with Google already$/, /Disconnect that one first/],
    ["connection-taken", "connect", /somebody else/, /another user here/],
  ] as const)("%s, to %s", (fault, doing, title, text) => {
    const told = describeSignInFault({ fault, doing, providerName: "Google" });
    expect(told.title).toMatch(title);
    expect(told.text).toMatch(text);
  });

  it("leads only whom it can help to a new password", () => {
    const led = SIGN_IN_FAULTS.filter(
      (fault) => describeSignInFault({ fault, providerName: null, doing: "sign-in" }).canReset,
    );
    expect(led).toEqual(["sign-in-refused"]);
  });
});

it.each([
  ["flow-ended", true],
  ["constructor", false],
  ["", false],
  [undefined, false],
] as const)("%s is a fault: %s", (value, isFault) => {
  expect(isSignInFault(value)).toBe(isFault);
});
