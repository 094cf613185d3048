// Checks where browsers land: pages of the console, with what is to be said in the query.
import { expect, it } from "vitest";
import { bindPath, connectedPath, faultPath, pathAfterSignIn } from "./console-paths.ts";

const back = "https://chat.example.com/a?b=c&d=e";
const query = "returnTo=https%3A%2F%2Fchat.example.com%2Fa%3Fb%3Dc%26d%3De";

it.each([
  [pathAfterSignIn("none", null), "/postern/"],
  [pathAfterSignIn("none", back), back],
  [pathAfterSignIn("second-factor", null), "/postern/second-factor"],
  [pathAfterSignIn("change-password", back), `/postern/change-password?${query}`],
  [pathAfterSignIn("set-up-second-factor", null), "/postern/set-up-second-factor"],
  [bindPath(null), "/postern/bind"],
  [bindPath(back), `/postern/bind?${query}`],
  [connectedPath("acme.google"), "/postern/settings/single-sign-on?connected=acme.google"],
])("%s", (path, expected) => {
  expect(path).toBe(expected);
});

it("names fault and provider on the page where the flow began", () => {
  const landed = { fault: "flow-ended", providerId: "google", returnTo: back } as const;
  expect(faultPath({ ...landed, purpose: "sign-in" })).toBe(
    `/postern/sign-in?fault=flow-ended&provider=google&${query}`,
  );
  expect(faultPath({ ...landed, purpose: "connect", providerId: null, returnTo: null })).toBe(
    "/postern/settings/single-sign-on?fault=flow-ended",
  );
});
