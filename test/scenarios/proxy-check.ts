// The shape of one check of the proxies scenario, and the few ways to judge an answer.

import assert from "node:assert/strict";
import type { ReachedRequest } from "./start-backend.ts";
import type { ProxyWorld } from "./proxy-world.ts";
import { visit } from "./visit.ts";
import type { Answer, Visit } from "./visit.ts";

export type ProxyCheck = {
  readonly name: string;
  /** Says what was seen; throws when it is not what must be. */
  readonly run: (world: ProxyWorld) => Promise<string>;
};

export type Wanted = Omit<Visit, "proxy"> & { readonly proxy?: Visit["proxy"] };

/** Visits and asserts that the portal answered this very request. */
export async function assertPasses(
  world: ProxyWorld,
  wanted: Wanted,
): Promise<{ readonly answer: Answer; readonly reached: ReachedRequest }> {
  const before = world.backend.reached.length;
  const answer = await visit({ proxy: world.fronted, ...wanted });
  const reached = world.backend.reached.slice(before);
  const about = `${describe(wanted)} → ${answer.status} ${answer.body.slice(0, 300)}`;
  assert.equal(reached.length, 1, `the portal should be reached once: ${about}`);
  assert.equal(
    answer.headers["x-from-portal"] ?? answer.status,
    answer.status === 101 ? 101 : "yes",
    about,
  );
  return { answer, reached: reached[0]! };
}

/** Visits and asserts that the gate answered with one of `statuses` and the portal saw nothing. */
export async function assertRefused(
  world: ProxyWorld,
  wanted: Wanted,
  statuses: readonly number[],
): Promise<Answer> {
  const before = world.backend.reached.length;
  const answer = await visit({ proxy: world.fronted, ...wanted });
  const about = `${describe(wanted)} → ${answer.status} ${answer.body.slice(0, 300)}`;
  assert.equal(world.backend.reached.length, before, `the portal was reached: ${about}`);
  assert.ok(statuses.includes(answer.status), `expected ${statuses.join(" or ")}: ${about}`);
  return answer;
}

export function valuesOf(reached: ReachedRequest, name: string): readonly string[] {
  return reached.headers.filter(([key]) => key === name).map(([, value]) => value);
}

export function countStatuses(statuses: readonly number[]): string {
  const counts = new Map<number, number>();
  for (const status of statuses) counts.set(status, (counts.get(status) ?? 0) + 1);
  return [...counts].map(([status, count]) => `${count}×${status}`).join(" ");
}

function describe(wanted: Wanted): string {
  return `${wanted.clientAddress} ${wanted.method ?? "GET"} ${wanted.path}`;
}
