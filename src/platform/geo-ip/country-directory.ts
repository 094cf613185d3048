// Which files the directory of the country database has, and what each is for.
import { randomBytes } from "node:crypto";
import { mkdir, readdir, rm } from "node:fs/promises";
import { join } from "node:path";

/** An operator puts a database here, or the scheduled fetch does. Never written by the check. */
const DROPPED_IN = "country.mmdb";
/** A copy of the last dropped-in file that passed: a bad one later does not cost the good one. */
const LAST_GOOD = "country.last-good.mmdb";
const TEMPORARY = /^country\.[0-9a-f]+\.tmp$/;

export type CountryDirectory = {
  readonly path: string;
  readonly droppedIn: string;
  readonly lastGood: string;
  /** A new name for a file in the making. */
  readonly temporary: () => string;
};

export function countryDirectory(path: string): CountryDirectory {
  return {
    path,
    droppedIn: join(path, DROPPED_IN),
    lastGood: join(path, LAST_GOOD),
    temporary: () => join(path, `country.${randomBytes(8).toString("hex")}.tmp`),
  };
}

/** Makes the directory if need be, and removes what an interrupted check or fetch left behind. */
export async function prepareCountryDirectory(directory: CountryDirectory): Promise<void> {
  await mkdir(directory.path, { recursive: true, mode: 0o700 });
  for (const name of await readdir(directory.path)) {
    if (TEMPORARY.test(name)) await rm(join(directory.path, name), { force: true });
  }
}
