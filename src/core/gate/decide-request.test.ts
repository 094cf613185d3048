// Checks that a request is decided for every place its path may lead to, and the stricter wins.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  accountPolicy,
  addressOf,
  exampleState,
  list,
  NOW_MS,
  putExampleBan,
  surfaceIndex,
} from "../../../test/network/example-network.ts";
import { RULE, surfaceScope } from "../network/counting-scopes.ts";
import type { NetworkState } from "../network/network-state.ts";
import { peekCount } from "../network/sliding-window.ts";
import type { Place } from "../network/surface-routes.ts";
import { compileRoutes, findPlaces } from "../network/surface-routes.ts";
import { decideRequest } from "./decide-request.ts";
import { readPath } from "./request-path.ts";

const CLIENT = "8.8.8.8";
const PORTAL: Place = { surface: surfaceIndex("portal"), account: null };
const ACME: Place = { surface: surfaceIndex("portal"), account: "acme" };
const AUDIO: Place = { surface: surfaceIndex("audio"), account: "acme" };

function decide(
  state: NetworkState,
  places: readonly Place[],
  counting: "raise" | "peek" = "raise",
) {
  const request = { address: addressOf(CLIENT), places, play: null, countsAgainstRate: true };
  return decideRequest(state, request, { nowMs: NOW_MS, counting });
}

function deniedByAcme(): NetworkState {
  const state = exampleState({ acme: {} });
  list(state, "acme", { text: "deny 8.8.8.8", id: 1 });
  return state;
}

describe("a request with several places", () => {
  it.each([
    ["first", [ACME, PORTAL]],
    ["last", [PORTAL, AUDIO, ACME]],
  ] as const)("is refused where the %s of them is", (_, places) => {
    const outcome = decide(deniedByAcme(), places);
    expect(outcome.network).toMatchObject({ verdict: "refuse", reason: "on-deny-list" });
    expect(outcome.place.account).toBe("acme");
  });

  it("passes where all of them do, and is told by the first", () => {
    const { network, place } = decide(exampleState({ acme: {} }), [PORTAL, ACME]);
    expect(network.verdict).toBe("pass");
    expect(place).toBe(PORTAL);
  });

  it("brings the ban of the place that refused", () => {
    const standing = accountPolicy()["rate-limits"];
    const audio = { ...standing.audio, requestMaxCount: 1 };
    const state = exampleState({ acme: { "rate-limits": { ...standing, audio } } });
    decide(state, [PORTAL, AUDIO]);
    const { network, place } = decide(state, [PORTAL, AUDIO]);
    expect(network.change).toMatchObject({ kind: "ban", layer: "account", holds: "surface" });
    expect(place).toBe(AUDIO);
  });

  it("is one request to the hard limit, however many ways its path can be read", () => {
    const state = exampleState({ acme: {} });
    for (let index = 0; index < 10; index += 1) decide(state, [PORTAL, ACME, AUDIO]);
    expect(peekCount(state.counters, RULE.hardLimit, addressOf(CLIENT), NOW_MS)).toBe(10);
    const rate = surfaceScope(1, AUDIO.surface);
    expect(peekCount(state.counters, rate, addressOf(CLIENT), NOW_MS)).toBe(10);
    expect(decide(state, [PORTAL, ACME, AUDIO], "peek")).toEqual(
      decide(state, [PORTAL, ACME, AUDIO]),
    );
  });

  it("is one request to web chat, however many accounts its path may mean", () => {
    const state = exampleState({ acme: {} });
    const chat = (account: string | null): Place => ({ surface: surfaceIndex("webchat"), account });
    for (let index = 0; index < 100; index += 1) {
      expect(decide(state, [chat(null), chat("acme")]).network.verdict).toBe("pass");
    }
    expect(decide(state, [chat(null), chat("acme")]).network.reason).toBe("over-webchat-limit");
  });
});

describe("an account that nobody made", () => {
  it("is a place under the platform's rules", () => {
    const place = { surface: surfaceIndex("audio"), account: "nobody" };
    const outcome = decide(exampleState(), [place]);
    expect(outcome.facts).toMatchObject({ hasAccount: false, rateCount: 1 });
    expect(outcome.place).toBe(place);
  });
});

describe("for every spelling of a guarded path", () => {
  const routes = compileRoutes([
    { host: "*", pathPrefix: "/", surface: "portal", account: null },
    { host: "*", pathPrefix: "/audio", surface: "audio", account: "acme" },
  ]);
  const noise = ["/x/..", "/.", "//", "/%2e", "/x;y/%2e%2e", "/x\\..", "/%252e", "/x/%2e%2e"];
  const spelled = fc
    .tuple(
      fc.array(fc.constantFrom(...noise), { minLength: 1, maxLength: 4 }),
      fc.constantFrom("/audio", "/%61udio", "/AUDIO", "/%2561udio", "/audio;x"),
    )
    .map(([before, path]) => `${before.join("")}${path}/1.wav`);

  it("a ban on its surface holds", () => {
    const state = exampleState({ acme: {} });
    const ban = { id: 1, endsAtMs: NOW_MS + 1000, owner: "acme", surface: "audio" } as const;
    putExampleBan(state, CLIENT, ban);
    fc.assert(
      fc.property(spelled, (uri) => {
        const read = readPath(uri);
        if (!read.ok) return;
        const places = findPlaces(routes, "portal.example", read.readings);
        expect(decide(state, places, "peek").network.reason).toBe("banned");
      }),
    );
  });
});
