// Numbers for "what is counted or banned where": keys of the counter and ban tables.

import { SURFACES } from "./surface.ts";

const SURFACE_SLOTS = 8;

/** Counted for the whole platform. */
export const RULE = { hardLimit: 1, failedAuthentication: 2, webchatRequests: 3 } as const;

/** A ban that holds on every surface. */
export const EVERYWHERE = 0;

/**
 * @param layerNumber 0 for the platform, 1 and up for accounts
 * @param surface index into SURFACES
 */
export function surfaceScope(layerNumber: number, surface: number): number {
  return (layerNumber + 1) * SURFACE_SLOTS + surface;
}

/** All scopes of a layer, for clearing an address. */
export function layerScopes(layerNumber: number): readonly number[] {
  return SURFACES.map((_, surface) => surfaceScope(layerNumber, surface));
}
