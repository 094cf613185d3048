// Opens the master keys of this installation: from the environment, or from a file of its own.
import { join } from "node:path";
import { createKeyFile, readKeyFile, removeUnfinished, replaceKeyFile } from "./key-file.ts";
import type { FileKey, KeyFile } from "./key-file.ts";
import { createKeyRing } from "./key-ring.ts";
import type { KeyRing, MasterKey } from "./key-ring.ts";
import { newMasterKey } from "./master-key-text.ts";

const KEY_FILE = "master.key";

type KeySource = "environment" | "file";

type KnownKey = {
  readonly id: string;
  readonly source: KeySource;
  readonly isActive: boolean;
  /** Of a key in the file. */
  readonly madeAtMs: number | null;
  readonly retiredAtMs: number | null;
};

/** The key ring, and what keeps it. */
export type MasterKeys = {
  /** Uses a new key as soon as there is one. */
  readonly ring: KeyRing;
  /** Of the active key. */
  readonly source: KeySource;
  readonly filePath: string;
  /** No key was there: one was made at this start. */
  readonly isNew: boolean;
  /** Everybody on this machine, or a group, can read the file. */
  readonly isFileOpenToOthers: boolean;
  readonly list: () => readonly KnownKey[];
  readonly isRotating: () => boolean;
  /** Of the file: a new key is on disk, then it seals. Throws while MASTER_KEY is set. */
  readonly addKey: (nowMs: number) => KeyFileChange;
  /** Of the file: the rotation is over; `droppedIds` are needed by nothing. */
  readonly settle: (droppedIds: readonly string[]) => KeyFileChange;
};

type KeyFileChange = { readonly ok: true } | { readonly ok: false; readonly message: string };

export type OpenKeyRingInput = {
  readonly dataDir: string;
  /** MASTER_KEY and MASTER_KEY_PREVIOUS. */
  readonly masterKey: MasterKey | null;
  readonly previousKeys: readonly MasterKey[];
  readonly nowMs: number;
};

type OpenKeyRingOutcome =
  | { readonly ok: true; readonly keys: MasterKeys }
  | { readonly ok: false; readonly message: string };

/** A key that no ring holds may be in the file by now: looked at once in this time at the most. */
const LOOK_EVERY_MS = 1_000;

/**
 * Never puts a new key in the place of a file that is there and cannot be read. A file is made
 * only when there is none and MASTER_KEY is not set.
 */
export function openKeyRing(input: OpenKeyRingInput): OpenKeyRingOutcome {
  const { masterKey, nowMs } = input;
  const filePath = join(input.dataDir, KEY_FILE);
  const first = readKeyFile(filePath);
  const isNew = first.kind === "absent" && masterKey === null;
  try {
    removeUnfinished(filePath, nowMs);
    if (isNew) createKeyFile(filePath, { keys: [newFileKey(nowMs)], isRotating: false });
  } catch (error) {
    const { code = "unknown" } = error as NodeJS.ErrnoException;
    const message =
      `${filePath} cannot be written (${code}): make DATA_DIR a directory that Postern may write ` +
      "to, or set MASTER_KEY.";
    return { ok: false, message };
  }
  const reading = isNew ? readKeyFile(filePath) : first;
  if (reading.kind === "unusable") return { ok: false, message: describe(filePath, reading.why) };
  const file = reading.kind === "read" ? reading : null;
  return {
    ok: true,
    keys: {
      ...keepKeys({ ...input, filePath }, file?.file ?? null),
      filePath,
      isNew,
      isFileOpenToOthers: file?.isOpenToOthers ?? false,
    },
  };
}

/** Also from a file that another process has written since. */
function keepKeys(
  input: OpenKeyRingInput & { readonly filePath: string },
  opened: KeyFile | null,
): Pick<MasterKeys, "ring" | "source" | "list" | "isRotating" | "addKey" | "settle"> {
  const { filePath, masterKey } = input;
  const source: KeySource = masterKey === null ? "file" : "environment";
  let file = opened;
  let ring = createKeyRing(joinKeys(input, file));
  let lookedAtMs = -Infinity;

  function take(changed: KeyFile): void {
    file = changed;
    ring = createKeyRing(joinKeys(input, file));
  }

  function look(): void {
    const reading = readKeyFile(filePath);
    if (reading.kind === "read") take(reading.file);
  }

  /** What is on disk counts: another process may have changed it. */
  function change(edit: (file: KeyFile) => KeyFile): KeyFileChange {
    if (source === "environment") throw new Error("the keys are those of MASTER_KEY");
    const reading = readKeyFile(filePath);
    if (reading.kind === "absent") return { ok: false, message: describe(filePath, "is gone") };
    if (reading.kind === "unusable") {
      return { ok: false, message: describe(filePath, reading.why) };
    }
    const changed = edit(reading.file);
    replaceKeyFile(filePath, changed);
    take(changed);
    return { ok: true };
  }

  return {
    source,
    ring: {
      activeKeyId: () => ring.activeKeyId(),
      keyIds: () => ring.keyIds(),
      seal: (plain, row) => ring.seal(plain, row),
      keyIdOf: (sealed) => ring.keyIdOf(sealed),
      mac: (text, purpose) => ring.mac(text, purpose),
      isMac: (mac, text, purpose) => ring.isMac(mac, text, purpose),
      open: (sealed, row) => {
        const outcome = ring.open(sealed, row);
        if (outcome.ok || outcome.reason !== "key-unknown") return outcome;
        const atMs = performance.now();
        if (atMs - lookedAtMs < LOOK_EVERY_MS) return outcome;
        lookedAtMs = atMs;
        look();
        return ring.open(sealed, row);
      },
    },
    list: () => listKeys(input, file),
    isRotating: () => file?.isRotating === true,
    addKey: (nowMs) =>
      change(({ keys }) => {
        const [active, ...others] = keys;
        const retired = active === undefined ? [] : [{ ...active, retiredAtMs: nowMs }];
        return { keys: [newFileKey(nowMs), ...retired, ...others], isRotating: true };
      }),
    settle: (droppedIds) =>
      change(({ keys: [active, ...others] }) => ({
        keys: [
          ...(active === undefined ? [] : [active]),
          ...others.filter(({ id }) => !droppedIds.includes(id)),
        ],
        isRotating: false,
      })),
  };
}

function newFileKey(nowMs: number): FileKey {
  return { ...newMasterKey(), madeAtMs: nowMs, retiredAtMs: null };
}

/** MASTER_KEY, or the file's newest key, comes first and seals. */
function joinKeys(
  { masterKey, previousKeys }: OpenKeyRingInput,
  file: KeyFile | null,
): readonly MasterKey[] {
  const given = masterKey === null ? [] : [masterKey];
  const filed = file?.keys ?? [];
  const joined =
    masterKey === null ? [...filed, ...previousKeys] : [...given, ...previousKeys, ...filed];
  return joined.filter(({ id }, index) => joined.findIndex((key) => key.id === id) === index);
}

function listKeys(input: OpenKeyRingInput, file: KeyFile | null): readonly KnownKey[] {
  return joinKeys(input, file).map(({ id }, index) => {
    const filed = file?.keys.find((key) => key.id === id);
    const given = [input.masterKey, ...input.previousKeys].some((key) => key?.id === id);
    return {
      id,
      source: given ? "environment" : "file",
      isActive: index === 0,
      madeAtMs: filed?.madeAtMs ?? null,
      retiredAtMs: filed?.retiredAtMs ?? null,
    };
  });
}

function describe(filePath: string, why: string): string {
  return (
    `${filePath} ${why}. It holds the key of all sealed secrets: put the file back as Postern ` +
    "wrote it, readable for the user that runs Postern, or set MASTER_KEY. To begin with a new " +
    "key, move the file away: what was sealed with the old one then stays closed."
  );
}
