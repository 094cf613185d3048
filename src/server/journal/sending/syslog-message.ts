// An event as a syslog message: its fields as structured data, a few words for people.
import type { EventGroup } from "../../../api/journal-api.ts";
import type { SyslogMessage } from "../../../platform/syslog/format-syslog-message.ts";
import type { JournalEvent } from "../journal-event.ts";
import { groupOf } from "./webhook-message.ts";

/** RFC 5612 keeps this number for examples; Postern has none of its own. */
const ENTERPRISE = "32473";

const SEVERITIES: Readonly<Record<EventGroup, SyslogMessage["severity"]>> = {
  alarms: 3,
  refusals: 4,
  bans: 4,
  changes: 5,
  "sign-ins": 6,
  recordings: 6,
};

type Param = readonly [name: string, value: string];

export function toSyslogMessage(event: JournalEvent): SyslogMessage {
  const { kind, verdict, reason, address, count } = event;
  const group = groupOf(event);
  const words = [kind, verdict, reason, address === null ? null : `from ${address}`];
  return {
    atMs: event.lastAtMs,
    severity: kind.endsWith("-refused") || kind === "lockout" ? 4 : SEVERITIES[group],
    messageId: kind,
    elements: [
      {
        id: `event@${ENTERPRISE}`,
        params: paramsOf({
          id: event.id,
          group,
          owner: event.owner,
          address,
          surface: event.surface,
          account: event.account,
          country: event.country,
          verdict,
          status: event.status,
          reason,
          actor: event.actor,
          user: event.userId,
          count,
        }),
      },
      { id: `detail@${ENTERPRISE}`, params: paramsOf(event.detail) },
    ],
    text: words.filter((word) => word !== null).join(" "),
  };
}

function paramsOf(values: Readonly<Record<string, unknown>>): readonly Param[] {
  return Object.entries(values).flatMap(([name, value]): readonly Param[] => {
    if (value === null || value === undefined) return [];
    return [[name, typeof value === "string" ? value : JSON.stringify(value)]];
  });
}
