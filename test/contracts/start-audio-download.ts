// Starts the recordings' routes on an HTTP server with people, numbers and recordings of accounts.
import { join } from "node:path";
import { afterAll } from "vitest";
import type { AudioPolicyValue } from "../../src/api/audio-download-api.ts";
import { parseAddress } from "../../src/core/network/address.ts";
import type { Address } from "../../src/core/network/address.ts";
import { addressKey } from "../../src/core/network/address-range.ts";
import { maskForCounting } from "../../src/core/network/counting-address.ts";
import { createDirectoryStore } from "../../src/platform/blob/create-directory-store.ts";
import type { RecordingReason } from "../../src/core/recordings/decide-recording.ts";
import type { Clock } from "../../src/platform/clock.ts";
import type { Database, ReadDatabase } from "../../src/platform/database/database.ts";
import { createFastify } from "../../src/platform/http/create-fastify.ts";
import { createHttpServer } from "../../src/platform/http/create-http-server.ts";
import { createLogger } from "../../src/platform/log/create-logger.ts";
import { createAccounts, findUserById, listMemberships } from "../../src/server/accounts/index.ts";
import type {
  Accounts,
  Principal,
  ReadSession,
  UserPrincipal,
} from "../../src/server/accounts/index.ts";
import type { Schema } from "../../src/server/migrations/schema.ts";
import { createJournal } from "../../src/server/journal/index.ts";
import { createRecordings, registerRecordingsRoutes } from "../../src/server/recordings/index.ts";
import type { FoundRecording, Recordings } from "../../src/server/recordings/index.ts";
import { freeChanges } from "./free-changes.ts";
import type { EngineHarness } from "./engines.ts";
import { createStandingClock, openStore, placeStore } from "./open-store.ts";

export type AudioNode = Awaited<ReturnType<typeof startAudioDownload>>;

export const SHELL: Principal = { kind: "host-shell" };
export const PATH = "/api/v1/audio-download";

export const OPEN: AudioPolicyValue = {
  mode: "no-restrictions",
  whitelist: [],
  onlyShareable: false,
};

type Answer = {
  readonly status: number;
  // oxlint-disable-next-line typescript/no-explicit-any -- tests look into bodies of every kind
  readonly json: any;
};

type Asked = {
  /** A user's id, `host shell` or a token; null: nobody. */
  readonly as: string | null;
  readonly from?: string;
  readonly body?: unknown;
};

/**
 * With the accounts acme and beta. Who asks says so in a header, in the place of a cookie.
 * @param maxAgeMs how old what another node wrote may be in memory
 */
export async function startAudioDownload(harness: EngineHarness, maxAgeMs: number | null = null) {
  const place = await placeStore(harness);
  const database = await openStore(harness, place);
  const clock = createStandingClock();
  const journal = createJournal({ database, clock, journalDays: 30, journalMaxMegabytes: 512 });
  const accounts = createAccounts({
    database,
    clock,
    isFromControlSocket: ({ headers }) => headers["x-as"] === "host shell",
    readSession: readSessionOf(database.kysely),
  });
  const errors: unknown[] = [];
  const recordings = createRecordings({
    database,
    clock,
    journal,
    changes: freeChanges(database),
    accounts,
    blobs: createDirectoryStore(join(place.dataDirectory, "blobs")),
    incomingDirectory: join(place.dataDirectory, "incoming"),
    recordingMaxBytes: 1_000_000,
    uploadStallMs: 60_000,
    blobAccelPrefix: null,
    publicUrl: "https://portal.example.com",
    placeOf: (request) => placeOf(String(request.headers["x-from"] ?? "127.0.0.1")),
    wakeMails: () => undefined,
    countedAs: (address) => maskForCounting(address, 64),
    playsKeptDays: 30,
    maxAgeMs,
    onError: (error) => errors.push(error),
  });
  for (const code of ["acme", "beta"]) {
    await accounts.addAccount({ code, name: code, createdBy: "test" });
  }
  const asking = await serve(recordings);
  return {
    ...asking,
    ...createAdding({ accounts, clock, database, recordings }),
    accounts,
    clock,
    database,
    errors,
    recordings,
    put: (account: string, value: AudioPolicyValue, more: object = {}) =>
      asking.ask("PUT", `${PATH}?account=${account}`, {
        as: "host shell",
        body: { value, ...more },
      }),
    preview: (value: AudioPolicyValue, by: Asked = { as: "host shell" }) =>
      asking.must("POST", `${PATH}/preview?account=acme`, { ...by, body: { value } }),
    eventsOf: async (kind: "audio-policy-changed" | "recording-played") => {
      const rows = await database.kysely
        .selectFrom("journal_event")
        .selectAll()
        .where("kind", "=", kind)
        .orderBy("first_at")
        .execute();
      return rows.map((row) => Object.assign(row, { detail: JSON.parse(row.detail_json) }));
    },
  };
}

async function serve(recordings: Recordings) {
  const http = createHttpServer({ rawHandlers: [] });
  const app = createFastify({ http, logger: createLogger({ level: "silent" }) });
  await app.register(async () => registerRecordingsRoutes(app, recordings));
  await app.ready();
  const { port } = await http.listen({ host: "127.0.0.1", port: 0 });
  afterAll(async () => {
    await http.close(0);
    await app.close();
  });

  async function ask(method: string, path: string, by: Asked): Promise<Answer> {
    const response = await fetch(`http://127.0.0.1:${port}${path}`, {
      method,
      headers: {
        ...(by.as === null ? {} : credentialsOf(by.as)),
        ...(by.from === undefined ? {} : { "x-from": by.from }),
        ...(by.body === undefined ? {} : { "content-type": "application/json" }),
      },
      ...(by.body === undefined ? {} : { body: JSON.stringify(by.body) }),
    });
    return { status: response.status, json: await response.json() };
  }

  async function must(method: string, path: string, by: Asked): Promise<Answer["json"]> {
    const { status, json } = await ask(method, path, by);
    if (status !== 200) throw new Error(`${status} ${JSON.stringify(json)}`);
    return json;
  }

  return { ask, must };
}

function createAdding(parts: {
  readonly accounts: Accounts;
  readonly clock: Clock;
  readonly database: Database<Schema>;
  readonly recordings: Recordings;
}) {
  const { accounts, clock, database, recordings } = parts;
  return {
    /** Null: an operator. */
    addUser: async (name: string, account: string | null, role: "admin" | "agent" = "agent") => {
      const memberships = account === null ? [] : [{ account, role }];
      const isOperator = account === null;
      const user = { email: `${name}@example.com`, name, isOperator, memberships, invite: false };
      return (await accounts.users.create(SHELL, user)).id;
    },
    addNumber: async (account: string, number: string, isShareable = false) =>
      (await accounts.trackingNumbers.add(SHELL, { account, number, isShareable })).id,
    /** Its row alone, as far as plays and previews look at it. */
    addRecording: async (numberId: string, id: string): Promise<FoundRecording> => {
      const link = id.padEnd(22, "0");
      const { account_id } = await database.kysely
        .selectFrom("accounts_tracking_number")
        .select("account_id")
        .where("id", "=", numberId)
        .executeTakeFirstOrThrow();
      const blob_key = `${account_id}/${id}.wav`;
      const row = { ...SILENCE, id, link, account_id, blob_key, tracking_number_id: numberId };
      const times = { recorded_at: clock.nowMs(), created_at: clock.nowMs() };
      await database.transaction((trx) =>
        trx
          .insertInto("recordings_recording")
          .values({ ...row, ...times })
          .execute(),
      );
      const found = await recordings.links.find(link);
      if (found === null) throw new Error("the recording is not there");
      return found;
    },
    /** Somebody asks for a recording and is decided about. */
    visit: (
      recording: FoundRecording,
      userId: string | null,
      { at, reason }: { readonly at: string; readonly reason: RecordingReason },
    ): void => recordings.plays.noteVisit({ recording, userId, address: addressOf(at), reason }),
  };
}

const SILENCE = {
  name: "",
  caller: "",
  search_text: "",
  duration_ms: 1000,
  format: "wav",
  codec: "PCM",
  size_bytes: 1,
  sha256: "0",
  is_missed_call: 0,
  idempotency_key: null,
  created_by: "test",
};

export function addressOf(text: string): Address {
  const address = parseAddress(text);
  if (address === null) throw new Error(`no address: ${text}`);
  return address;
}

function placeOf(text: string) {
  const address = addressOf(text);
  return {
    address,
    addressText: text,
    addressKey: addressKey(address),
    country: "private",
    userAgent: "test",
  };
}

function readSessionOf(read: ReadDatabase<Schema>): ReadSession {
  return async ({ raw }): Promise<UserPrincipal | null> => {
    const user = await findUserById(read, String(raw.headers["x-as"]));
    if (user === null) return null;
    const { id, email, name, isOperator } = user;
    const memberships = (await listMemberships(read, id)).map(
      ({ accountId, code, accountName, role, isPrimary }) => {
        return { accountId, code, name: accountName, role, isPrimary };
      },
    );
    return { kind: "user", userId: id, email, name, sessionId: id, isOperator, memberships };
  };
}

function credentialsOf(as: string): Record<string, string> {
  return as.startsWith("pst_") ? { authorization: `Bearer ${as}` } : { "x-as": as };
}
