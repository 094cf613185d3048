// Keeps the country database in use: dropped in or shipped, noticed when it changes, checked first.
import { constants, copyFile, rm, stat } from "node:fs/promises";
import type { Clock } from "../clock.ts";
import { countryDirectory, prepareCountryDirectory } from "./country-directory.ts";
import type { CountryDirectory } from "./country-directory.ts";
import type { CountryData, LoadOutcome } from "./country-data.ts";
import {
  COUNTRY_FILE_BYTES_MAX,
  loadCountryDatabase,
  readErrorReason,
  shippedCountryDatabasePath,
} from "./load-country-database.ts";
import { replaceFile } from "./replace-file.ts";

/** Where the database in use comes from; `last-good` stands in for a bad dropped-in file. */
export type CountryOrigin = "dropped-in" | "last-good" | "shipped";

/**
 * What happened: a database to use from now on, or a file that is not used. After a refusal the
 * database before it stays in use; when there never was one, no address can be located.
 */
export type CountryReport =
  | { readonly ok: true; readonly origin: CountryOrigin; readonly data: CountryData }
  | { readonly ok: false; readonly path: string; readonly reason: string };

export type CountryDatabaseOptions = {
  /** `DATA_DIR/geo`; made when absent. */
  readonly directory: string;
  readonly clock: Clock;
  /** Called once for each report, one after the other, also during opening. */
  readonly onReport: (report: CountryReport) => void;
  /** How often the directory is looked at; a file must stay the same for two looks. */
  readonly pollMs?: number;
  /** The file to use when nothing was dropped in; null for none. */
  readonly shippedPath?: string | null;
};

export type CountryDatabase = {
  /** Looks at the directory now. Resolves when what was found has been reported. */
  readonly poll: () => Promise<void>;
  /** Ends the looking. Resolves when a look under way has ended. */
  readonly close: () => Promise<void>;
};

const POLL_MS = 1000;
const ABSENT = "absent";

type State = {
  readonly directory: CountryDirectory;
  readonly options: CountryDatabaseOptions;
  /** What the dropped-in file looked like at the last look, and when it was last dealt with. */
  seen: string;
  handled: string;
};

/** Reports the database to start with, then each change. Throws when the directory is unusable. */
export async function openCountryDatabase(
  options: CountryDatabaseOptions,
): Promise<CountryDatabase> {
  const directory = countryDirectory(options.directory);
  await prepareCountryDirectory(directory);
  const first = await signatureOf(directory.droppedIn);
  const state: State = { directory, options, seen: first, handled: first };
  await useFirst(state);

  // One look after the other; a look asked for while one is under way is a look of its own.
  let last: Promise<void> = Promise.resolve();
  let waiting = 0;
  async function lookAfter(before: Promise<void>): Promise<void> {
    waiting += 1;
    await before;
    try {
      await look(state);
    } catch (error) {
      refuse(state, directory.path, readErrorReason(error));
    } finally {
      waiting -= 1;
    }
  }
  function poll(): Promise<void> {
    last = lookAfter(last);
    return last;
  }
  const timer = setInterval(() => {
    if (waiting === 0) void poll();
  }, options.pollMs ?? POLL_MS);
  timer.unref();
  async function close(): Promise<void> {
    clearInterval(timer);
    await last;
  }
  return { poll, close };
}

async function useFirst(state: State): Promise<void> {
  if (state.handled === ABSENT) return await useShipped(state);
  if (await useDroppedIn(state)) return;
  if (await use(state, "last-good", state.directory.lastGood)) return;
  await useShipped(state);
}

async function look(state: State): Promise<void> {
  const signature = await signatureOf(state.directory.droppedIn);
  // A file that is still being copied changes between two looks.
  const isStill = signature === state.seen;
  state.seen = signature;
  if (!isStill || signature === state.handled) return;
  state.handled = signature;
  if (signature === ABSENT) await useShipped(state);
  else await useDroppedIn(state);
}

async function useShipped(state: State): Promise<void> {
  // Taking the file away is how an operator goes back; its copy must not come back later.
  if (state.handled === ABSENT) await rm(state.directory.lastGood, { force: true });
  const { shippedPath } = state.options;
  const path = shippedPath === undefined ? shippedCountryDatabasePath() : shippedPath;
  if (path !== null) await use(state, "shipped", path);
  else refuse(state, "the country database", "was not installed with the program");
}

/** Checks a copy, so that what was checked is what is kept, whatever happens to the file. */
async function useDroppedIn(state: State): Promise<boolean> {
  const { droppedIn, lastGood, temporary } = state.directory;
  const copy = temporary();
  try {
    const file = await stat(droppedIn);
    if (!file.isFile()) return refuse(state, droppedIn, "is not a regular file");
    if (file.size > COUNTRY_FILE_BYTES_MAX) {
      return refuse(state, droppedIn, `is larger than ${COUNTRY_FILE_BYTES_MAX} bytes`);
    }
    await copyFile(droppedIn, copy, constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE);
    const outcome = await loadCountryDatabase(copy, state.options.clock.nowMs());
    if (!outcome.ok) return refuse(state, droppedIn, outcome.reason);
    await replaceFile(copy, lastGood);
    return accept(state, "dropped-in", withPath(outcome.data, droppedIn));
  } catch (error) {
    return refuse(state, droppedIn, readErrorReason(error));
  } finally {
    await rm(copy, { force: true });
  }
}

async function use(state: State, origin: CountryOrigin, path: string): Promise<boolean> {
  const outcome: LoadOutcome = await loadCountryDatabase(path, state.options.clock.nowMs());
  if (outcome.ok) return accept(state, origin, outcome.data);
  return refuse(state, path, outcome.reason);
}

function accept(state: State, origin: CountryOrigin, data: CountryData): true {
  state.options.onReport({ ok: true, origin, data });
  return true;
}

function refuse(state: State, path: string, reason: string): false {
  state.options.onReport({ ok: false, path, reason });
  return false;
}

function withPath(data: CountryData, path: string): CountryData {
  return { arrays: data.arrays, info: { ...data.info, path } };
}

/** Changes whenever the file does: another file, length or time of writing. */
async function signatureOf(path: string): Promise<string> {
  try {
    const { ino, size, mtimeNs } = await stat(path, { bigint: true });
    return `${ino} ${size} ${mtimeNs}`;
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? "unknown";
    return code === "ENOENT" ? ABSENT : code;
  }
}
