// What Postern's own pages and API are for: their surfaces do not depend on an operator's routes.
import type { Place } from "../network/surface-routes.ts";
import { SURFACES } from "../network/surface.ts";

const SIGN_IN: Place = { surface: SURFACES.indexOf("sign-in"), account: null };
const API: Place = { surface: SURFACES.indexOf("api"), account: null };
const AUDIO: Place = { surface: SURFACES.indexOf("audio"), account: null };

/** Where somebody proves who they are; what follows the word belongs to it. */
const SIGN_IN_PATHS = [
  "/api/v1/sign-in",
  "/api/v1/sign-in-page",
  "/api/v1/setup",
  "/api/v1/password-resets",
  "/api/v1/password-reset-requests",
  "/api/v1/password-links",
  "/api/v1/password-assessments",
  "/sign-in",
  "/setup",
  "/forgotten-password",
  "/reset-password",
] as const;

/**
 * The recordings' own door takes what is spelled as links are. What is spelled otherwise comes to
 * no recording, and is for the same surface: a ban there holds for it.
 */
const AUDIO_PATHS = ["/recordings/", "/api/v1/recording-links/"] as const;

/**
 * Null: no address of ours, so an operator's routes say what it is.
 * @param path without its query; with or without the `/postern` in front it is the same place
 */
export function ownPlaceOf(path: string): Place | null {
  const lower = path.toLowerCase();
  const inside = lower.startsWith("/postern/") ? lower.slice("/postern".length) : lower;
  if (SIGN_IN_PATHS.some((start) => isBelow(inside, start))) return SIGN_IN;
  if (AUDIO_PATHS.some((start) => inside.startsWith(start) && inside !== start)) return AUDIO;
  return isBelow(inside, "/api") ? API : null;
}

function isBelow(path: string, start: string): boolean {
  return path === start || path.startsWith(`${start}/`);
}
