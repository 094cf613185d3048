// Holds the words for what came of a sign-in.
import { expect, it } from "vitest";
import { describeSignIn } from "./sign-in-reason-words.ts";

it.each([
  ["signed-in", "user-open", null, "Signed in"],
  ["signed-in", "user-open", "google", "Signed in by google"],
  ["asked", "user-open", null, "Right password, not finished"],
  ["asked", "user-open", "acme.google", "By acme.google, not finished"],
  ["refused", "password-wrong", null, "Wrong password"],
  ["refused", "provider-off", "google", "Refused: provider turned off (google)"],
  ["refused", "never-heard-of", null, "Refused: never heard of"],
] as const)("%s, %s, by %s: %s", (outcome, reason, provider, words) => {
  const tone = outcome === "signed-in" ? "good" : "warn";
  expect(describeSignIn({ outcome, reason, provider })).toEqual({ tone, words });
});
