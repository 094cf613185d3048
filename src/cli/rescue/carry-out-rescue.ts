// Does what was agreed to, by the same routes as everybody: each act is in the audit.

import type { PolicyAnswer } from "../../api/policy-api.ts";
import { LIMITED_SURFACES } from "../../core/network/network-policy.ts";
import type { ApiClient } from "../api-client.ts";
import { UNCONFIRMED_PATH } from "../make-change.ts";
import type { MonitoredSection, RescueAct } from "./rescue-offers.ts";

const HOUR_MS = 3_600_000;
const NOTE = "postern rescue";

/** Says in one sentence what is so now. Ends the command where the server refuses. */
export async function carryOut(api: ApiClient, act: RescueAct, nowMs: number): Promise<string> {
  switch (act.kind) {
    case "release-bans": {
      const { address } = act;
      const path = "/api/v1/bans/release";
      await api.call({ method: "POST", path, body: { address } });
      return `The bans of ${address} are released, and its requests count anew.`;
    }
    case "allow":
      return allow(api, act, new Date(nowMs + HOUR_MS).toISOString());
    case "remove-entry": {
      const path = `/api/v1/entries/${act.entryId}`;
      await api.call({ method: "DELETE", path, query: ownerQuery(act.account) });
      return `Entry ${act.entryId} is removed.`;
    }
    case "monitor":
      return setToMonitor(api, act.section, act.account);
    case "take-back":
      return takeBack(api, act.changeId);
    case "release-user":
      await api.call({ method: "POST", path: `/api/v1/users/${act.userId}/release` });
      return "The user is released.";
    case "enable-user": {
      const body = { isDisabled: false };
      await api.call({ method: "PATCH", path: `/api/v1/users/${act.userId}`, body });
      return "The user is enabled.";
    }
    default:
      return act satisfies never;
  }
}

/** It may have gone back by itself while somebody was asked. */
async function takeBack(api: ApiClient, changeId: string): Promise<string> {
  const path = `${UNCONFIRMED_PATH}/${changeId}/take-back`;
  const outcome = await api.tryCall({ method: "POST", path });
  return outcome.ok ? "The change is taken back: it is as it was before." : outcome.words;
}

async function allow(
  api: ApiClient,
  { range, account }: { readonly range: string; readonly account: string | null },
  expiresAt: string,
): Promise<string> {
  const body = { range, action: "allow", note: NOTE, expiresAt, ...ownerQuery(account) };
  await api.call({ method: "POST", path: "/api/v1/entries", body });
  return `${range} is allowed until ${expiresAt}.`;
}

async function setToMonitor(
  api: ApiClient,
  section: MonitoredSection,
  account: string | null,
): Promise<string> {
  const path = `/api/v1/policy/${section}`;
  const query = ownerQuery(account);
  const { value, version } = await api.call<PolicyAnswer>({ method: "GET", path, query });
  const body = { value: monitored(section, value), version };
  await api.call({ method: "PUT", path, query, body });
  const owner = account ?? "the platform";
  return `The rule ${section} of ${owner} is recorded and refuses nobody: set it right soon.`;
}

/** Without an account: the platform's. */
function ownerQuery(account: string | null): { readonly account?: string } {
  return account === null ? {} : { account };
}

/** Rules that are off stay off. */
function monitored(section: MonitoredSection, value: unknown): unknown {
  if (section !== "rate-limits") return toMonitor(value);
  const limits = value as Readonly<Record<string, unknown>>;
  return Object.fromEntries(
    LIMITED_SURFACES.map((surface) => [surface, toMonitor(limits[surface])]),
  );
}

function toMonitor(rule: unknown): unknown {
  const set = rule as { readonly mode: string };
  return set.mode === "enforce" ? { ...set, mode: "monitor" } : set;
}
