// Opens a store with providers to manage, and people who came by them.
import { createOpenIdClients } from "../../src/platform/oidc/open-id-clients.ts";
import { createOutboundFetch } from "../../src/platform/http/outbound-fetch.ts";
import { createAccounts } from "../../src/server/accounts/index.ts";
import type { IdentityEvent } from "../../src/server/identity/identity-parts.ts";
import { createProviders } from "../../src/server/identity/providers/create-providers.ts";
import { insertConnection } from "../../src/server/identity/single-sign-on/connection-store.ts";
import { TEST_KEY_RING } from "../identity/test-key-ring.ts";
import type { EngineHarness } from "./engines.ts";
import { PUBLIC_URL } from "./start-credentials.ts";
import { requestWith, startSessions } from "./start-sessions.ts";

export async function startProviders(harness: EngineHarness) {
  const world = await startSessions(harness);
  const { database, clock } = world;
  const node = world.node();
  const events: IdentityEvent[] = [];
  let wakes = 0;
  const recordEvent = (_: unknown, event: IdentityEvent) => {
    events.push(event);
    return Promise.resolve();
  };
  const accounts = createAccounts({ database, clock });
  const acme = await accounts.addAccount({ code: "acme", name: "Acme", createdBy: "test" });
  if (!acme.ok) throw new Error(acme.why);
  const providers = createProviders({
    database,
    clock,
    accounts,
    keyRing: TEST_KEY_RING,
    publicUrl: PUBLIC_URL,
    openIdClients: createOpenIdClients({
      outbound: createOutboundFetch({ isPublicAddress: () => true }),
      clock,
    }),
    recordEvent,
    followUserChanges: node.sessions.followUserChanges,
    wakeMails: () => void (wakes += 1),
  });

  /** Somebody who is connected and has a session that came by the connection. */
  async function connect(
    name: string,
    identity: { readonly providerId: string; readonly issuer: string; readonly tenant?: string },
  ): Promise<{ readonly userId: string; readonly isIn: () => Promise<boolean> }> {
    const userId = await world.addUser(name);
    const session = await world.open(userId);
    await database.transaction(async (trx) => {
      const asserted = { tenant: "", ...identity, subject: name, accountShown: name };
      const made = await insertConnection(trx, { ...asserted, userId, nowMs: clock.nowMs() });
      if (made.kind !== "made") throw new Error(made.kind);
      await trx
        .updateTable("identity_session")
        .set({ connection_id: made.id })
        .where("id", "=", session.id)
        .execute();
    });
    // From now on the node has it in memory.
    await node.sessions.readSession(requestWith(session.token));
    const isIn = () =>
      node.sessions.readSession(requestWith(session.token)).then(
        (user) => user !== null,
        () => false,
      );
    return { userId, isIn };
  }

  const connected = async (providerId: string) => {
    const rows = database.kysely.selectFrom("identity_connection").select("subject");
    const found = await rows.where("provider_id", "=", providerId).orderBy("subject").execute();
    return found.map(({ subject }) => subject);
  };
  const mails = async () => {
    const rows = database.kysely.selectFrom("identity_mail").selectAll();
    const found = await rows.where("kind", "=", "connection-changed").execute();
    return found.map(({ user_id: userId, to_address: to, data_json: json }) => ({
      userId,
      to,
      data: JSON.parse(json) as Record<string, unknown>,
    }));
  };
  const seen = { events, recordEvent, connected, mails, wakes: () => wakes };
  return { ...world, ...seen, accounts, acme: acme.account, providers, connect };
}
