// Makes what sends events to others, from the configuration.
import { hostname } from "node:os";
import { isPublicAddress } from "../core/network/public-address.ts";
import { createOutboundFetch } from "../platform/http/outbound-fetch.ts";
import { createSyslogSender } from "../platform/syslog/create-syslog-sender.ts";
import { createSending } from "./journal/index.ts";
import type { Sending } from "./journal/index.ts";
import type { Base } from "./open-base.ts";

/** The receiver has so long, and nobody reads what it answers. */
const LIMITS = { totalMs: 15_000, bytesMax: 65_536 };

export function openSending(base: Base): Sending {
  const { database, clock, journal, masterKeys, alarms, config, onError } = base;
  const origin = { hostName: hostname(), processId: process.pid };
  return createSending({
    database,
    clock,
    journal,
    keyRing: masterKeys.ring,
    outbound: createOutboundFetch({ isPublicAddress, limits: LIMITS }),
    isPublicAddress,
    syslog: config.syslog === null ? null : createSyslogSender({ place: config.syslog, origin }),
    onAlarm: () => alarms.note(),
    onError: (error) => onError(error, "sending events"),
  });
}
