// Checks which surface and account a host and path belong to.
import { describe, expect, it } from "vitest";
import type { SurfaceRoute } from "./network-policy.ts";
import { compileRoutes, DEFAULT_PLACE, findPlace, findPlaces } from "./surface-routes.ts";
import { SURFACES } from "./surface.ts";
import type { Surface } from "./surface.ts";

function route(host: string, pathPrefix: string, to: string): SurfaceRoute {
  const [surface, account] = to.split(" ");
  return { host, pathPrefix, surface: surface as Surface, account: account ?? null };
}

const ROUTES = compileRoutes([
  route("*", "/api/", "api"),
  route("*", "/audio", "audio"),
  route("acme.example", "/", "portal acme"),
  route("acme.example", "/Audio/", "audio acme"),
  route("acme.example", "/audio/public", "portal"),
  route("chat.example", "/", "webchat"),
]);

function placeOf(host: string, path: string): string {
  const { surface, account } = findPlace(ROUTES, host, path);
  return account === null ? SURFACES[surface]! : `${SURFACES[surface]} ${account}`;
}

describe("the place of a request", () => {
  it.each([
    ["other.example", "/api/v1", "api"],
    ["other.example", "/api", "api"],
    ["other.example", "/apis", "portal"],
    ["other.example", "/", "portal"],
    ["acme.example", "/", "portal acme"],
    ["acme.example", "/x", "portal acme"],
    // The longest prefix of the host's own routes wins over any route for all hosts.
    ["acme.example", "/api/v1", "portal acme"],
    ["acme.example", "/audio", "audio acme"],
    ["acme.example", "/audio/1.wav", "audio acme"],
    ["acme.example", "/AUDIO/1.wav", "audio acme"],
    ["acme.example", "/audio/public/1.wav", "portal"],
    ["acme.example", "/audio/publicity", "audio acme"],
    ["acme.example", "/audiobook", "portal acme"],
    ["chat.example", "/audio", "webchat"],
    ["", "/audio", "audio"],
  ])("%s%s is %s", (host, path, place) => {
    expect(placeOf(host, path)).toBe(place);
  });

  it("is the portal of no account where nothing is configured", () => {
    expect(findPlace(compileRoutes([]), "a", "/audio")).toBe(DEFAULT_PLACE);
    expect(DEFAULT_PLACE).toEqual({ surface: SURFACES.indexOf("portal"), account: null });
  });
});

describe("the places of several readings", () => {
  const surfaces = (...readings: string[]) =>
    findPlaces(ROUTES, "acme.example", readings).map(({ surface }) => SURFACES[surface]);

  it("are named once each, in the order of the readings", () => {
    expect(surfaces("/x")).toEqual(["portal"]);
    expect(surfaces("/x", "/y", "/audio/1", "/audio/2")).toEqual(["portal", "audio"]);
    expect(surfaces("/audio/1", "/x")).toEqual(["audio", "portal"]);
  });

  it("differ where only the account does", () => {
    const places = findPlaces(ROUTES, "acme.example", ["/x", "/audio/public"]);
    expect(places.map(({ account }) => account)).toEqual(["acme", null]);
  });
});
