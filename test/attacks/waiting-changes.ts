// What the suites of changes that wait to be confirmed ask again and again.
import type { RevisionAnswer } from "../../src/api/revision-api.ts";
import type { UnconfirmedChange } from "../../src/api/unconfirmed-api.ts";
import type { ApiAnswer, RunningGate } from "./start-gate.ts";
import type { TestBrowser } from "../people/start-people.ts";

export const MINUTE_MS = 60_000;
const WAITING = "/api/v1/unconfirmed-changes";

/** As this browser is told; without one: as the host's shell is. */
export async function listWaiting(
  portal: RunningGate,
  browser?: TestBrowser,
): Promise<readonly UnconfirmedChange[]> {
  if (browser === undefined) return (await portal.must("GET", WAITING)).changes;
  return (await browser.ask("GET", WAITING)).json.changes;
}

export async function takeBackAll(portal: RunningGate): Promise<void> {
  for (const { changeId } of await listWaiting(portal)) {
    await portal.must("POST", `${WAITING}/${changeId}/take-back`);
  }
}

export function answerTo(
  browser: TestBrowser,
  changeId: string,
  what: "confirm" | "take-back",
): Promise<ApiAnswer> {
  return browser.ask("POST", `${WAITING}/${changeId}/${what}`, { body: {} });
}

/** Null: the gate lets it pass. */
export async function reasonAt(portal: RunningGate, clientAddress: string): Promise<string | null> {
  const answer = await portal.ask("nginx", { clientAddress });
  return answer.realStatus === 200 ? null : (await portal.decisionOf(answer)).reason;
}

export async function newestRevision(portal: RunningGate): Promise<RevisionAnswer> {
  return (await portal.must("GET", "/api/v1/revisions?limit=1")).revisions[0];
}

/** A country rule that denies one country. */
export function countryRule(denied: string) {
  return {
    value: {
      mode: "enforce",
      defaultAction: "allow",
      countries: { [denied]: "deny" },
      unknown: "allow",
      private: "allow",
    },
  };
}
