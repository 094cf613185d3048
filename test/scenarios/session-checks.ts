// Session checks: from the sign-in page to the portal and out again, behind a real proxy.

import assert from "node:assert/strict";
import { setTimeout as wait } from "node:timers/promises";
import { IDENTITY_HEADERS } from "./passing-checks.ts";
import { valuesOf } from "./proxy-check.ts";
import { CLIENT } from "./scenario-policy.ts";
import { askApi, PERSON, PORTAL_ORIGIN } from "./session-world.ts";
import type { SessionWorld } from "./session-world.ts";
import type { ReachedRequest } from "./start-backend.ts";
import { visit } from "./visit.ts";
import type { Answer } from "./visit.ts";

export type SessionCheck = {
  readonly name: string;
  /** Says what was seen; throws when it is not what must be. */
  readonly run: (world: SessionWorld) => Promise<string>;
};

const PAGE = { accept: "text/html,application/xhtml+xml" } as const;

const FALSE_IDENTITY = {
  "X-Postern-User": "operator",
  "X-Postern-Email": "operator@portal.test",
  "X-Postern-Account": "globex",
  "X-Postern-Role": "operator",
  "X-Postern-Status": "200",
  X_Postern_User: "operator",
  "X_Postern-Role": "operator",
} as const;

async function open(
  world: SessionWorld,
  headers: Readonly<Record<string, string>>,
  more: { readonly path?: string; readonly method?: string } = {},
): Promise<{ readonly answer: Answer; readonly reached: ReachedRequest | null }> {
  const { proxy, backend } = world;
  const before = backend.reached.length;
  const wanted = { proxy, clientAddress: CLIENT.localAllowed, path: "/inbox?folder=3", ...more };
  const answer = await visit({ ...wanted, headers });
  return { answer, reached: backend.reached[before] ?? null };
}

/** Returns the Cookie header that a browser sends from then on. */
async function signIn({ proxy }: SessionWorld): Promise<string> {
  const answer = await askApi(proxy, { method: "POST", path: "/sign-in", body: PERSON });
  assert.equal(answer.status, 200, answer.body);
  // What a provider had named somebody for in this browser before is cleared.
  const lines = (answer.headers["set-cookie"] ?? []).filter((line) => !line.includes("=; "));
  assert.equal(lines.length, 2, lines.join("\n"));
  for (const line of lines) assert.match(line, /; Path=\/; HttpOnly; SameSite=Lax$/);
  return lines.map((line) => line.split(";", 1)[0]).join("; ");
}

function assertSentToSignIn(answer: Answer, wanted: string): void {
  const back = encodeURIComponent(`${PORTAL_ORIGIN}${wanted}`);
  const location = `${PORTAL_ORIGIN}/postern/sign-in?returnTo=${back}`;
  assert.deepEqual([answer.status, answer.headers.location], [302, location], answer.body);
}

function assertIdentity(reached: ReachedRequest | null, expected: readonly string[]): void {
  assert.ok(reached !== null, "the portal was not reached");
  const seen = IDENTITY_HEADERS.map((name) => valuesOf(reached, name).join("|"));
  assert.deepEqual(seen, expected);
}

export const SESSION_CHECKS: readonly SessionCheck[] = [
  {
    name: "a page leads to the sign-in and says where to go back to (attack row 32)",
    run: async (world) => {
      const { answer, reached } = await open(world, PAGE);
      assert.equal(reached, null);
      assertSentToSignIn(answer, "/inbox?folder=3");
      return `302 ${answer.headers.location}`;
    },
  },
  {
    name: "scripts, changes and WebSockets get 401 (attack row 28)",
    run: async (world) => {
      const websocket = { connection: "Upgrade", upgrade: "websocket" };
      const tries = [
        [{ accept: "application/json" }, "GET"],
        [PAGE, "POST"],
        [
          {
            ...websocket,
            "sec-websocket-version": "13",
            "sec-websocket-key": "dGhlIHNhbXBsZSBub25jZQ==",
          },
          "GET",
        ],
      ] as const;
      for (const [headers, method] of tries) {
        const { answer, reached } = await open(world, headers, { method });
        assert.deepEqual([answer.status, reached], [401, null], answer.body);
        assert.equal(answer.headers.location, undefined);
      }
      return "3×401";
    },
  },
  {
    name: "Postern's own pages and API are reached below /postern/ without a session",
    run: async (world) => {
      const before = world.backend.reached.length;
      const api = await askApi(world.proxy, { method: "GET", path: "/sign-in-page" });
      assert.equal(api.status, 200, api.body);
      const me = await askApi(world.proxy, { method: "GET", path: "/me" });
      assert.equal(me.status, 401, me.body);
      assert.match(me.body, /urn:postern:problem:/);
      assert.equal(world.backend.reached.length, before);
      for (const path of ["/postern/../inbox", "/postern/%2e%2e/inbox", "/posternx", "/Postern/"]) {
        const { answer, reached } = await open(world, PAGE, { path });
        assert.equal(reached, null, `${path} reached the portal`);
        assert.ok([302, 400, 404].includes(answer.status), `${path}: ${answer.status}`);
      }
      return "200, 401; no way round";
    },
  },
  {
    name: "who signs in is known to the portal, whatever the visitor says (attack row 30)",
    run: async (world) => {
      const cookie = await signIn(world);
      const identity = [world.userId, PERSON.email, "acme", "agent"];
      const plain = await open(world, { ...PAGE, cookie });
      assert.equal(plain.answer.status, 200, plain.answer.body);
      assertIdentity(plain.reached, identity);
      const forged = await open(world, { ...PAGE, cookie, ...FALSE_IDENTITY });
      assertIdentity(forged.reached, identity);
      const told = JSON.stringify(forged.reached?.headers);
      assert.doesNotMatch(told, /operator|globex|x_postern/i);
      return identity.join(" ");
    },
  },
  {
    name: "what a page asks by itself does not put off the end by idleness (attack row 83)",
    run: async (world) => {
      const cookie = await signIn(world);
      const endOf = async (isBackground: boolean) => {
        const me = await askApi(world.proxy, { method: "GET", path: "/me", cookie, isBackground });
        assert.equal(me.status, 200, me.body);
        return Date.parse(String(me.headers["x-postern-idle-ends-at"]));
      };
      const first = await endOf(false);
      await wait(20);
      assert.equal(await endOf(true), first);
      await wait(20);
      assert.ok((await endOf(false)) > first, "an activity did not count");
      return "not put off, then put off";
    },
  },
  {
    name: "forged headers and cookies let nobody in",
    run: async (world) => {
      const token = /postern-session=([^;]+)/.exec(await signIn(world))?.[1] ?? "";
      const other = `${token.slice(0, 42)}${token.endsWith("A") ? "E" : "A"}`;
      const cookies = [
        "postern-session=x",
        `postern-session=${other}`,
        `postern-session=${token}; postern-session=${other}`,
        `postern-session=${other}; postern-session=${token}`,
        `Postern-Session=${token}`,
      ];
      for (const cookie of cookies) {
        const { answer, reached } = await open(world, { ...PAGE, ...FALSE_IDENTITY, cookie });
        assert.equal(reached, null, `${cookie} reached the portal`);
        assertSentToSignIn(answer, "/inbox?folder=3");
      }
      const asked = await open(world, PAGE, { path: "/inbox?session=none&role=" });
      assertSentToSignIn(asked.answer, "/inbox?session=none&role=");
      return `${cookies.length + 1}×302`;
    },
  },
  {
    name: "who signs out, or whose session is ended, is sent to the sign-in with the next request",
    run: async (world) => {
      const [own, ended] = [await signIn(world), await signIn(world)];
      const out = await askApi(world.proxy, { method: "POST", path: "/sign-out", cookie: own });
      assert.equal(out.status, 200, out.body);
      assert.match(String(out.headers["set-cookie"]), /postern-session=; Max-Age=0/);
      const after = await open(world, { ...PAGE, cookie: own });
      assertSentToSignIn(after.answer, "/inbox?folder=3");
      assert.equal((await open(world, { ...PAGE, cookie: ended })).answer.status, 200);
      const all = await world.postern.ask("DELETE", `/api/v1/users/${world.userId}/sessions`);
      assert.equal(all.status, 200, all.text);
      const last = await open(world, { ...PAGE, cookie: ended });
      assert.equal(last.reached, null);
      assertSentToSignIn(last.answer, "/inbox?folder=3");
      return "302, 302";
    },
  },
];
