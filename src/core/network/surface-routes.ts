// Finds what a request is for from its host and path, by the routes an operator configured.

import type { SurfaceRoute } from "./network-policy.ts";
import { SURFACES } from "./surface.ts";

/** What a request is for: a surface (index into SURFACES) and, where known, an account's code. */
export type Place = { readonly surface: number; readonly account: string | null };

type Prefix = { readonly prefix: string; readonly place: Place };

/** Prefixes by host, longest first; `*` holds what is true for every other host. */
export type CompiledRoutes = ReadonlyMap<string, readonly Prefix[]>;

export const DEFAULT_PLACE: Place = { surface: SURFACES.indexOf("portal"), account: null };

export function compileRoutes(routes: readonly SurfaceRoute[]): CompiledRoutes {
  const byHost = new Map<string, Prefix[]>();
  for (const route of routes) {
    const prefixes = byHost.get(route.host) ?? [];
    const place = { surface: SURFACES.indexOf(route.surface), account: route.account };
    prefixes.push({ prefix: comparablePrefix(route.pathPrefix), place });
    byHost.set(route.host, prefixes);
  }
  for (const prefixes of byHost.values()) {
    prefixes.sort((a, b) => b.prefix.length - a.prefix.length);
  }
  return byHost;
}

/** The longest prefix of the host's own routes, else of the routes for all hosts, else portal. */
export function findPlace(routes: CompiledRoutes, host: string, path: string): Place {
  if (routes.size === 0) return DEFAULT_PLACE;
  // Some servers ignore case in paths; reading it alike on both sides cannot be used to escape.
  const lower = path.toLowerCase();
  return (
    matchPrefix(routes.get(host), lower) ?? matchPrefix(routes.get("*"), lower) ?? DEFAULT_PLACE
  );
}

/** Every place the readings of one path lead to; more than one only for an ambiguous path. */
export function findPlaces(
  routes: CompiledRoutes,
  host: string,
  readings: readonly string[],
): readonly Place[] {
  const first = findPlace(routes, host, readings[0]!);
  if (readings.length === 1) return [first];
  const places = [first];
  for (const reading of readings.slice(1)) {
    const place = findPlace(routes, host, reading);
    if (!places.some((seen) => isSamePlace(seen, place))) places.push(place);
  }
  return places;
}

function isSamePlace(a: Place, b: Place): boolean {
  return a.surface === b.surface && a.account === b.account;
}

function matchPrefix(prefixes: readonly Prefix[] | undefined, path: string): Place | null {
  if (prefixes === undefined) return null;
  for (const { prefix, place } of prefixes) {
    if (!path.startsWith(prefix)) continue;
    // `/admin` covers `/admin` and `/admin/x`, not `/administrator`.
    if (path.length === prefix.length || path.charCodeAt(prefix.length) === 47) return place;
  }
  return null;
}

/** The form in which prefixes are compared: `/Audio/` covers what `/audio` covers. */
export function comparablePrefix(pathPrefix: string): string {
  const lower = pathPrefix.toLowerCase();
  return lower.endsWith("/") ? lower.slice(0, -1) : lower;
}
