// The file of master keys: read with care, written whole or not at all.
import { randomBytes } from "node:crypto";
import * as fs from "node:fs";
import { basename, dirname, join } from "node:path";
import type { MasterKey } from "./key-ring.ts";
import { readMasterKey, writeMasterKey } from "./master-key-text.ts";

export type FileKey = MasterKey & {
  readonly madeAtMs: number;
  /** When a newer key took its place; null: the newest. */
  readonly retiredAtMs: number | null;
};

export type KeyFile = {
  /** Newest first, one at least. */
  readonly keys: readonly FileKey[];
  /** A rotation has begun, and not every secret is known to be sealed with the newest key. */
  readonly isRotating: boolean;
};

type KeyFileReading =
  | { readonly kind: "absent" }
  /** `why` ends a sentence that begins with the file's name. */
  | { readonly kind: "unusable"; readonly why: string }
  | { readonly kind: "read"; readonly file: KeyFile; readonly isOpenToOthers: boolean };

const FORMAT = 1;
const BYTES_MAX = 65_536;
const UNFINISHED = /\.[0-9a-f]{12}\.new$/;
/** Another process may be writing one at this moment. */
const UNFINISHED_MS = 60_000;
const NO_LINKS: ReadonlySet<string> = new Set(["EPERM", "ENOTSUP", "EOPNOTSUPP", "ENOSYS"]);

export function readKeyFile(path: string): KeyFileReading {
  try {
    const { size, mode } = fs.statSync(path);
    if (size > BYTES_MAX) return { kind: "unusable", why: "is far larger than a key file" };
    const file = parseKeyFile(fs.readFileSync(path, "utf8"));
    if (file === null) return { kind: "unusable", why: "is damaged, cut off or no key file" };
    const isOpenToOthers = process.platform !== "win32" && (mode & 0o077) !== 0;
    return { kind: "read", file, isOpenToOthers };
  } catch (error) {
    const { code = "unknown" } = error as NodeJS.ErrnoException;
    if (code === "ENOENT") return { kind: "absent" };
    return { kind: "unusable", why: `cannot be read (${code})` };
  }
}

/** False: there is one by now, which is left as it is. */
export function createKeyFile(path: string, file: KeyFile): boolean {
  fs.mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const unfinished = writeUnfinished(path, file);
  try {
    fs.linkSync(unfinished, path);
    syncDirectory(path);
    return true;
  } catch (error) {
    if (fs.existsSync(path)) return false;
    // Some file systems know no hard links.
    if (!NO_LINKS.has((error as NodeJS.ErrnoException).code ?? "")) throw error;
    fs.renameSync(unfinished, path);
    syncDirectory(path);
    return true;
  } finally {
    fs.rmSync(unfinished, { force: true });
  }
}

/** INVARIANT: at every moment the name points to the old keys or to the new ones, both whole. */
export function replaceKeyFile(path: string, file: KeyFile): void {
  fs.renameSync(writeUnfinished(path, file), path);
  syncDirectory(path);
}

/** What a killed process was writing: keys that nothing was sealed with. */
export function removeUnfinished(path: string, nowMs: number): void {
  if (!fs.existsSync(dirname(path))) return;
  for (const name of fs.readdirSync(dirname(path))) {
    if (!name.startsWith(`${basename(path)}.`) || !UNFINISHED.test(name)) continue;
    const found = join(dirname(path), name);
    if (nowMs - fs.statSync(found).mtimeMs > UNFINISHED_MS) fs.rmSync(found, { force: true });
  }
}

function writeUnfinished(path: string, file: KeyFile): string {
  const unfinished = `${path}.${randomBytes(6).toString("hex")}.new`;
  const descriptor = fs.openSync(unfinished, "wx", 0o600);
  try {
    keepOwner(path, descriptor);
    fs.writeFileSync(descriptor, printKeyFile(file));
    fs.fsyncSync(descriptor);
  } finally {
    fs.closeSync(descriptor);
  }
  return unfinished;
}

/** A command that root runs must not take the file from the user who runs the server. */
function keepOwner(path: string, descriptor: number): void {
  if (process.getuid?.() !== 0) return;
  const { uid, gid } = fs.statSync(fs.existsSync(path) ? path : dirname(path));
  fs.fchownSync(descriptor, uid, gid);
}

function syncDirectory(path: string): void {
  const descriptor = fs.openSync(dirname(path), "r");
  try {
    fs.fsyncSync(descriptor);
  } finally {
    fs.closeSync(descriptor);
  }
}

function printKeyFile({ keys, isRotating }: KeyFile): string {
  const written = keys.map((key) => ({
    id: key.id,
    key: writeMasterKey(key),
    madeAt: new Date(key.madeAtMs).toISOString(),
    retiredAt: key.retiredAtMs === null ? null : new Date(key.retiredAtMs).toISOString(),
  }));
  return `${JSON.stringify({ format: FORMAT, isRotating, keys: written }, null, 2)}\n`;
}

function parseKeyFile(text: string): KeyFile | null {
  const read = asRecord(parseJson(text));
  if (read?.["format"] !== FORMAT || !Array.isArray(read["keys"])) return null;
  const keys = read["keys"].map((item: unknown) => parseFileKey(asRecord(item)));
  if (keys.length === 0 || keys.includes(null)) return null;
  const isRotating = read["isRotating"] === true;
  return { keys: keys.filter((key) => key !== null), isRotating };
}

/** The id is the key's fingerprint: a key that was changed by one letter does not fit it. */
function parseFileKey(item: Readonly<Record<string, unknown>> | null): FileKey | null {
  const key = readMasterKey(String(item?.["key"]));
  if (key === null || key.id !== item?.["id"]) return null;
  const madeAtMs = parseTime(item["madeAt"]);
  const retiredAtMs = item["retiredAt"] === null ? null : parseTime(item["retiredAt"]);
  if (Number.isNaN(madeAtMs) || Number.isNaN(retiredAtMs)) return null;
  return { ...key, madeAtMs, retiredAtMs };
}

function parseTime(value: unknown): number {
  return typeof value === "string" ? Date.parse(value) : Number.NaN;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function asRecord(value: unknown): Readonly<Record<string, unknown>> | null {
  return typeof value === "object" && value !== null
    ? (value as Readonly<Record<string, unknown>>)
    : null;
}
