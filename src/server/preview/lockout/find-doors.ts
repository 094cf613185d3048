// Says what those who change the rules must get to: the console, and what is their account's own.
import { readHost } from "../../../core/gate/request-host.ts";
import type { RoutesRule } from "../../../core/network/network-policy.ts";
import { compileRoutes, findPlace } from "../../../core/network/surface-routes.ts";
import type { CompiledRoutes, Place } from "../../../core/network/surface-routes.ts";
import { SURFACES } from "../../../core/network/surface.ts";
import type { Surface } from "../../../core/network/surface.ts";
import type { CandidateChange } from "../../../core/preview/candidate.ts";
import type { LockoutDoor } from "../../../core/preview/judge-lockout.ts";
import type { Principal } from "../../accounts/index.ts";

/** The console's pages and what they are made of; unlike its API they go by the routes. */
const CONSOLE_PATHS = ["/postern/", "/postern/assets/"];

const ACCOUNT_SURFACES = ["portal", "audio"] as const satisfies readonly Surface[];

export type DoorContext = {
  readonly publicUrl: string;
  readonly routes: CompiledRoutes;
  readonly changes: readonly CandidateChange[];
};

/** Of somebody who opens the console. */
export function consoleDoors({ publicUrl, routes, changes }: DoorContext): readonly LockoutDoor[] {
  const host = readHost(new URL(publicUrl).host) ?? "";
  const changed = routesAfter(changes) ?? routes;
  const pages = CONSOLE_PATHS.map((path) => ({
    before: findPlace(routes, host, path),
    after: findPlace(changed, host, path),
  }));
  return [standing("sign-in", null), standing("api", null), ...pages];
}

/** Of whoever makes the change. A program needs the API, and nobody but it knows what else. */
export function doorsOfMaker(principal: Principal, context: DoorContext): readonly LockoutDoor[] {
  if (principal.kind !== "user") return [standing("api", null)];
  const changed = new Set(context.changes.map(({ account }) => account));
  const own = principal.memberships.filter(({ code }) => changed.has(code));
  return [
    ...consoleDoors(context),
    ...own.flatMap(({ code }) => accountPlaces(code).map((place) => standingAt(place))),
  ];
}

/** What an account's own people use of it. */
export function accountPlaces(account: string): readonly Place[] {
  return ACCOUNT_SURFACES.map((surface) => ({ surface: SURFACES.indexOf(surface), account }));
}

function standing(surface: Surface, account: string | null): LockoutDoor {
  return standingAt({ surface: SURFACES.indexOf(surface), account });
}

function standingAt(place: Place): LockoutDoor {
  return { before: place, after: place };
}

function routesAfter(changes: readonly CandidateChange[]): CompiledRoutes | null {
  let found: CompiledRoutes | null = null;
  for (const change of changes) {
    if (change.kind !== "network-policy") continue;
    for (const { section, value } of change.sections) {
      if (section === "routes") found = compileRoutes((value as RoutesRule).routes);
    }
  }
  return found;
}
