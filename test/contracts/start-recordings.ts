// Starts the recordings domain on an engine, with accounts, numbers, people and a blob store.
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { afterAll } from "vitest";
import type { NewRecordingQuery } from "../../src/api/recordings-api.ts";
import { openBlobStore } from "../../src/platform/blob/open-blob-store.ts";
import { createAccounts } from "../../src/server/accounts/index.ts";
import type {
  Accounts,
  AccountsListeners,
  Principal,
  UserPrincipal,
} from "../../src/server/accounts/index.ts";
import type { PersonPlace } from "../../src/server/identity/index.ts";
import { createJournal } from "../../src/server/journal/index.ts";
import { createRecordings } from "../../src/server/recordings/index.ts";
import type { Recordings, RecordingsParts } from "../../src/server/recordings/index.ts";
import { freeChanges } from "./free-changes.ts";
import type { EngineHarness } from "./engines.ts";
import { createStandingClock, openStore } from "./open-store.ts";

export const SHELL: Principal = { kind: "host-shell" };
export const NUMBER = "+61255501234";
export const OTHER_NUMBER = "+61255505678";
export const BETA_NUMBER = "+4930123456";

export type StartedRecordings = Awaited<ReturnType<typeof startRecordings>>;

/** Accounts acme (two numbers) and beta (one). Files go away after the suite. */
export async function startRecordings(
  harness: EngineHarness,
  given: Partial<RecordingsParts> = {},
) {
  const place = await makePlace();
  const errors: unknown[] = [];
  let mailsWoken = 0;
  const database = await openStore(harness);
  const clock = createStandingClock();
  const journal = createJournal({ database, clock, journalDays: 30, journalMaxMegabytes: 512 });
  const accounts = createAccounts({
    database,
    clock,
    recordEvent: journal.recordEvent,
    ...listenersOf(() => recordings.listeners),
  });
  const parts: RecordingsParts = {
    database,
    clock,
    journal,
    changes: freeChanges(database),
    accounts,
    blobs: place.blobs,
    incomingDirectory: place.incomingDirectory,
    recordingMaxBytes: 10_000_000,
    uploadStallMs: 30_000,
    blobAccelPrefix: null,
    publicUrl: "https://portal.example.com",
    placeOf: nowhere,
    wakeMails: () => {
      mailsWoken += 1;
    },
    countedAs: (address) => address,
    playsKeptDays: 30,
    maxAgeMs: harness.engine === "postgres" ? 500 : null,
    onError: (error) => void errors.push(error),
    ...given,
  };
  const recordings = createRecordings(parts);
  return {
    ...place,
    ...recordings,
    accounts,
    clock,
    database,
    errors,
    journal,
    mailsWoken: () => mailsWoken,
    numbers: await addNumbers(accounts),
    signIn: createSignIn(accounts),
    upload: createUpload(recordings),
  };
}

async function makePlace() {
  const directory = mkdtempSync(join(tmpdir(), "postern-recordings-"));
  afterAll(() => rmSync(directory, { recursive: true, force: true }));
  const blobDirectory = join(directory, "blobs");
  const incomingDirectory = join(directory, "incoming");
  return {
    blobDirectory,
    blobFiles: () => filesBelow(blobDirectory),
    blobs: await openBlobStore({ kind: "directory", path: blobDirectory }),
    incomingDirectory,
    incomingFiles: () => filesBelow(incomingDirectory),
  };
}

function listenersOf(listeners: () => Recordings["listeners"]): Partial<AccountsListeners> {
  return {
    countAccountRules: async (read, id) => {
      const { recordings, policies } = await listeners().countOfAccount(read, id);
      return { policies, entries: 0, recordings };
    },
    countRecordingsOfNumber: (read, id) => listeners().countOfNumber(read, id),
    onAccountDeleted: (trx, id) => listeners().onAccountDeleted(trx, id),
    followAccountDeletion: async () => listeners().followAccountDeletion(),
    followNumberChange: async (id) => listeners().followNumberChange(id),
  };
}

async function addNumbers(accounts: Accounts) {
  for (const code of ["acme", "beta"]) {
    await accounts.addAccount({ code, name: code, createdBy: "x" });
  }
  const { add } = accounts.trackingNumbers;
  return {
    first: await add(SHELL, { account: "acme", number: NUMBER, label: "Sales" }),
    second: await add(SHELL, { account: "acme", number: OTHER_NUMBER }),
    beta: await add(SHELL, { account: "beta", number: BETA_NUMBER }),
  };
}

function createUpload({ ingest }: Recordings) {
  return async function upload(
    body: Buffer | Readable,
    words: NewRecordingQuery = {},
    by: { readonly as?: Principal; readonly key?: string; readonly declaredBytes?: number } = {},
  ) {
    return await ingest.upload(by.as ?? SHELL, {
      words: { account: "acme", number: NUMBER, ...words },
      idempotencyKey: by.key ?? null,
      body: Buffer.isBuffer(body) ? Readable.from([body]) : body,
      declaredBytes: by.declaredBytes ?? null,
    });
  };
}

function createSignIn(accounts: Accounts) {
  /** A member who has signed in; with grants on these numbers. */
  return async function signIn(
    name: string,
    role: "admin" | "agent",
    { account = "acme", grants = [] }: { account?: string; grants?: readonly string[] } = {},
  ): Promise<UserPrincipal> {
    const email = `${name}@example.com`;
    const memberships = [{ account, role }];
    const user = await accounts.users.create(SHELL, { email, name, memberships });
    for (const id of grants) await accounts.trackingNumbers.grant(SHELL, { id, userId: user.id });
    const accountId = (await accounts.findAccount(account))?.id ?? "";
    return {
      kind: "user",
      userId: user.id,
      email,
      name,
      sessionId: "s",
      isOperator: false,
      memberships: [{ accountId, code: account, name: account, role, isPrimary: true }],
    };
  };
}

function nowhere(): PersonPlace {
  throw new Error("no request is made here");
}

/** Paths below the directory, with slashes, in order; what is not there has none. */
function filesBelow(directory: string): readonly string[] {
  try {
    return readdirSync(directory, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(directory.length + 1))
      .toSorted();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
    throw error;
  }
}

/** The keys of files that go, or go unless their recording comes. */
export async function removalsOf({ database }: Pick<StartedRecordings, "database">) {
  const rows = database.kysely.selectFrom("recordings_blob_removal").select("blob_key");
  return (await rows.execute()).map(({ blob_key: key }) => key);
}

export function readBlob(directory: string, key: string): Buffer {
  return readFileSync(join(directory, key));
}
