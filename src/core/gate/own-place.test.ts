// Shows which surface each of Postern's own addresses belongs to.
import { describe, expect, it } from "vitest";
import { SURFACES } from "../network/surface.ts";
import { ownPlaceOf } from "./own-place.ts";

const TABLE: readonly (readonly [string, string | null])[] = [
  ["/postern/sign-in", "sign-in"],
  ["/postern/api/v1/sign-in", "sign-in"],
  ["/api/v1/sign-in", "sign-in"],
  ["/API/v1/Sign-In", "sign-in"],
  ["/api/v1/sign-in-page", "sign-in"],
  ["/postern/setup", "sign-in"],
  ["/api/v1/password-reset-requests", "sign-in"],
  ["/api/v1/password-links/look", "sign-in"],
  ["/postern/reset-password", "sign-in"],
  ["/api/v1/sign-in-events", "api"],
  ["/api/v1/users", "api"],
  ["/postern/api/v1/me", "api"],
  ["/api", "api"],
  ["/recordings/AAAAAAAAAAAAAAAAAAAAAA", "audio"],
  ["/postern/recordings/AAAAAAAAAAAAAAAAAAAAAA/audio", "audio"],
  ["/postern/Recordings/AAAAAAAAAAAAAAAAAAAAAA/", "audio"],
  ["/postern/api/v1/recording-links/AAAAAAAAAAAAAAAAAAAAAA", "audio"],
  ["/api/v1/recordings/aaaaaaaaaaaaaaaaaaaa", "api"],
  ["/api/v1/recording-links", "api"],
  ["/postern/recordings", null],
  ["/postern/recordings/", null],
  ["/postern/recordingsx/AAAAAAAAAAAAAAAAAAAAAA", null],
  ["/apiary", null],
  ["/postern/", null],
  ["/postern", null],
  ["/postern/users", null],
  ["/posternapi/v1/sign-in", null],
  ["/", null],
];

describe("ownPlaceOf", () => {
  it.each(TABLE)("%s is for %s", (path, surface) => {
    const place = ownPlaceOf(path);
    expect(place === null ? null : SURFACES[place.surface]).toBe(surface);
    expect(place?.account ?? null).toBeNull();
  });
});
