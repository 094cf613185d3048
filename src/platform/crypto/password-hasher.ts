// Hashes and verifies passwords with Argon2id, so many at once and no more.
import { randomBytes } from "node:crypto";
import { hash as hashArgon2, parseOptions, verify as verifyArgon2 } from "@node-rs/argon2";
import { randomToken } from "./random.ts";
import { createWorkPlaces } from "./work-places.ts";
import type { WorkPlaces } from "./work-places.ts";

/**
 * OWASP Password Storage Cheat Sheet: Argon2id, 19 MiB, two passes, one lane. RFC 9106 names the
 * parameters m (KiB), t and p.
 */
export const ARGON2_PARAMETERS: Argon2Parameters = {
  memoryCost: 19_456,
  timeCost: 2,
  parallelism: 1,
};

export type Argon2Parameters = {
  /** KiB. */
  readonly memoryCost: number;
  readonly timeCost: number;
  readonly parallelism: number;
};

const ARGON2ID_PREFIX = "$argon2id$";
/** A full queue is done in about so long; who waits longer gives up and asks again anyway. */
const QUEUE_SECONDS = 2;
const BUSY_DETAIL = "Too many people are signing in at this moment. Try again in a few seconds.";
/** How many hashes a core makes in a second, at least about. */
const HASHES_PER_SECOND = 50;

export type PasswordWork = {
  /** A PHC string (`$argon2id$v=19$m=…`) with a salt of its own. */
  readonly hash: (password: string) => Promise<string>;
  /**
   * INVARIANT: takes one Argon2id, whatever `hash` is. Null (there is no such user, or the user
   * has no password) is compared with a hash nobody knows a password of, and is false.
   */
  readonly verify: (hash: string | null, password: string) => Promise<boolean>;
  /** The same hash each time: for secrets that are looked up among several of one salt. */
  readonly hashWithSalt: (secret: string, salt: string) => Promise<string>;
};

export type PasswordHasher = PasswordWork & {
  /** For `hashWithSalt`: random, and with today's parameters, which stay those of its hashes. */
  readonly newSalt: () => string;
  /** Whether the parameters have risen since this hash was made. */
  readonly needsRehash: (hash: string) => boolean;
  /** What `use` does with the hasher it is given, one call after the other, is never refused. */
  readonly withRoom: <T>(use: (hasher: PasswordWork) => Promise<T>) => Promise<T>;
};

/** libuv's pool has so many threads; asked for more, hashes would wait there before files do. */
const THREADS_MAX = 4;

/** All but `needsRehash` throw Problem `busy` (503) rather than let more than `queueMax` wait. */
export function createPasswordHasher(options: {
  /** How many run at once: the number of cores; more than four are not used. */
  readonly threads: number;
  readonly queueMax?: number;
  /** For tests only: weaker ones. */
  readonly parameters?: Argon2Parameters;
}): PasswordHasher {
  const { parameters = ARGON2_PARAMETERS } = options;
  const threads = Math.min(options.threads, THREADS_MAX);
  const places = createWorkPlaces({
    placesMax: threads,
    queueMax: options.queueMax ?? threads * HASHES_PER_SECOND * QUEUE_SECONDS,
    retryAfterSeconds: QUEUE_SECONDS,
    busyDetail: BUSY_DETAIL,
  });
  // Begun now: made at the first unknown user it would give that one away by its time.
  const decoy = hashArgon2(randomToken(32), parameters);
  // Whoever verifies hears of a failure; until then it must not end the process.
  decoy.catch(() => undefined);

  function workBy(run: WorkPlaces["run"]): PasswordWork {
    return {
      hash: (password) => run(() => hashArgon2(password, parameters)),
      verify: async (hash, password) => {
        const compared = hash ?? (await decoy);
        const isRight = await run(() => verifyArgon2(compared, password));
        return isRight && hash !== null;
      },
      hashWithSalt: (secret, salt) => run(() => hashArgon2(secret, readSalt(salt))),
    };
  }

  return {
    ...workBy(places.run),
    newSalt: () => writeSalt(parameters),
    needsRehash: (hash) => needsRehash(hash, parameters),
    withRoom: (use) => places.withRoom((run) => use(workBy(run))),
  };
}

function needsRehash(hash: string, parameters: Argon2Parameters): boolean {
  const { memoryCost, timeCost, parallelism } = parameters;
  if (!hash.startsWith(ARGON2ID_PREFIX)) return true;
  const made = parseOptions(hash);
  return (
    made.memoryCost < memoryCost || made.timeCost < timeCost || made.parallelism !== parallelism
  );
}

const SALT_BYTES = 16;
const SALT = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([A-Za-z0-9+/]{22})$/;

/** The beginning of the PHC string of each hash that is made with it. */
function writeSalt({ memoryCost, timeCost, parallelism }: Argon2Parameters): string {
  const salt = randomBytes(SALT_BYTES).toString("base64").replaceAll("=", "");
  return `$argon2id$v=19$m=${memoryCost},t=${timeCost},p=${parallelism}$${salt}`;
}

/** Throws for what `newSalt` did not make. */
function readSalt(text: string): Argon2Parameters & { readonly salt: Uint8Array } {
  const [, memoryCost, timeCost, parallelism, salt] = SALT.exec(text) ?? [];
  if (salt === undefined) throw new Error("this is no salt of an Argon2id hash");
  return {
    memoryCost: Number(memoryCost),
    timeCost: Number(timeCost),
    parallelism: Number(parallelism),
    salt: Buffer.from(salt, "base64"),
  };
}
