// Makes the identity domain from the configuration, and tells the network of its offences.
import { isPublicAddress } from "../core/network/public-address.ts";
import { createOutboundFetch } from "../platform/http/outbound-fetch.ts";
import { createMailer } from "../platform/mail/create-mailer.ts";
import { createOpenIdClients } from "../platform/oidc/open-id-clients.ts";
import type { Accounts } from "./accounts/index.ts";
import { createIdentity } from "./identity/index.ts";
import type { Identity } from "./identity/index.ts";
import type { PolicyChanges } from "./journal/index.ts";
import { waitUntilStored } from "./network/index.ts";
import type { Network } from "./network/index.ts";
import type { Base } from "./open-base.ts";
import type { Http } from "./open-http.ts";
import { createPlaceOf } from "./place-of-request.ts";
import { createIdentityRecorder } from "./record-identity-event.ts";

export function openIdentity(
  base: Base,
  { http, clients }: Http,
  given: {
    readonly accounts: Accounts;
    readonly network: Network;
    readonly changes: PolicyChanges;
    /** Origins of providers, and the local ones that are asked in their place. */
    readonly standIns: ReadonlyMap<string, string>;
  },
): Promise<Identity> {
  const { accounts, network, changes } = given;
  const { database, clock, journal, alarms, logger, masterKeys, config, onError } = base;
  const record = createIdentityRecorder(journal);
  const { publicUrl, portalName, returnOrigins, smtp, mailFrom, dataDir } = config;
  const { isFromControlSocket } = http;
  const outbound = createOutboundFetch({ isPublicAddress, standIns: given.standIns });
  return createIdentity({
    database,
    clock,
    argon2: base.argon2,
    changes,
    keyRing: masterKeys.ring,
    masterKeys,
    openIdClients: createOpenIdClients({ outbound, clock }),
    publicUrl,
    portalName,
    returnOrigins,
    accounts,
    journal,
    onError,
    mailer: createMailer({ smtp, from: mailFrom, dataDir }),
    placeOf: createPlaceOf({ clients, network, isFromControlSocket }),
    recordEvent: async (trx, event) => {
      await record(trx, event);
      if (event.kind === "alarm") alarms.note();
    },
    reportOffence: (offence) =>
      waitUntilStored(network.reportOffence({ ...offence, surface: "sign-in" }).stored),
    raiseAlarm: ({ reason, detail }) => {
      alarms.note();
      logger.warn({ reason, ...detail }, String(detail["meaning"] ?? reason));
      journal
        .recordEventAlone({ kind: "alarm", atMs: clock.nowMs(), reason, detail })
        .catch((error: unknown) => onError(error, "raising an alarm"));
    },
    raiseClockAlarm: (jump) => {
      alarms.note();
      const { expectedAtMs, nowMs: atMs, isSinceEarlierRun } = jump;
      const expectedAt = new Date(expectedAtMs).toISOString();
      const detail = { meaning: CLOCK_MEANING, expectedAt, isSinceEarlierRun };
      journal
        .recordEventAlone({ kind: "alarm", atMs, reason: "clock-jumped", detail })
        .catch((error: unknown) => onError(error, "raising an alarm"));
    },
  });
}

const CLOCK_MEANING =
  "The clock is more than a day away from where it should be. For 24 hours nobody counts as " +
  "dormant by it.";
