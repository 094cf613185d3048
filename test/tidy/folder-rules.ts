// The map of the house: which folder may import which, in what order domains stand, front doors.
import type { ParsedFile, Violation } from "./parse-source.ts";
import { isTestFile } from "./source-file.ts";

/** Folders of src, and the other folders of src that each may import. */
export const FOLDER_IMPORTS: Readonly<Record<string, readonly string[]>> = {
  core: [],
  platform: [],
  api: ["core"],
  server: ["core", "api", "platform"],
  web: ["core", "api"],
  cli: ["core", "api", "platform", "server"],
};

/** A domain uses earlier ones only. */
const DOMAINS = [
  "accounts",
  "journal",
  "network",
  "identity",
  "recordings",
  "gate",
  "preview",
  "policy",
] as const;

const DOMAIN_FOLDERS = new Set(["core", "server"]);

/** Folders beside the domains: what belongs to all of them. */
const SHARED_FOLDERS: Readonly<Record<string, readonly string[]>> = {
  core: [],
  server: ["migrations"],
};

type Place = { readonly folder: string; readonly inside: string | null; readonly file: string };

/** Which folder of src a path is in, and the folder below that; null outside src. */
function placeOf(path: string): Place | null {
  const parts = path.split("/");
  if (parts[0] !== "src" || parts.length < 3) return null;
  const inside = parts.length > 3 ? (parts[2] ?? null) : null;
  return { folder: parts[1] ?? "", inside, file: parts.at(-1) ?? "" };
}

function domainIndex(name: string | null): number {
  return (DOMAINS as readonly (string | null)[]).indexOf(name);
}

/** Folders that the map does not have. */
export function checkFolderNames(file: ParsedFile): readonly Violation[] {
  if (!file.path.startsWith("src/")) return [];
  const place = placeOf(file.path);
  const at = (message: string) => [{ path: file.path, line: 1, message }];
  if (place === null) return at("a file of src stands in one of its folders");
  if (FOLDER_IMPORTS[place.folder] === undefined) {
    return at(`src has the folders ${Object.keys(FOLDER_IMPORTS).join(", ")}`);
  }
  if (!DOMAIN_FOLDERS.has(place.folder) || place.inside === null) return [];
  const shared = SHARED_FOLDERS[place.folder] ?? [];
  if (domainIndex(place.inside) !== -1 || shared.includes(place.inside)) return [];
  return at(`src/${place.folder} has the folders ${[...DOMAINS, ...shared].join(", ")}`);
}

/** Imports across folders follow the table; nothing leaves src. */
export function checkImportTable(file: ParsedFile): readonly Violation[] {
  const from = placeOf(file.path);
  if (from === null) return [];
  return file.imports.flatMap(({ path, line }) => {
    if (path === null) return [];
    const to = placeOf(path);
    if (to === null) {
      // A test beside its subject may read the examples that all suites share.
      if (isTestFile(file.path) && path.startsWith("test/")) return [];
      return [{ path: file.path, line, message: `${path} is outside the folders of src` }];
    }
    if (to.folder === from.folder) return [];
    const allowed = FOLDER_IMPORTS[from.folder] ?? [];
    if (allowed.includes(to.folder)) return [];
    const accepted = allowed.length === 0 ? "nothing of ours" : allowed.join(", ");
    const message = `${from.folder} imports ${accepted}, not ${to.folder}`;
    return [{ path: file.path, line, message }];
  });
}

/** A domain imports earlier domains only. */
export function checkDomainOrder(file: ParsedFile): readonly Violation[] {
  const from = placeOf(file.path);
  if (from === null || !DOMAIN_FOLDERS.has(from.folder)) return [];
  const fromIndex = domainIndex(from.inside);
  if (fromIndex === -1) return [];
  return file.imports.flatMap(({ path, line }) => {
    const to = path === null ? null : placeOf(path);
    if (to === null || domainIndex(to.inside) <= fromIndex) return [];
    const message = `${from.inside} comes before ${to.inside} and may not import it`;
    return [{ path: file.path, line, message }];
  });
}

/** Inside server another domain is entered by its index.ts; the command line enters there too. */
export function checkFrontDoors(file: ParsedFile): readonly Violation[] {
  const from = placeOf(file.path);
  if (from === null || (from.folder !== "server" && from.folder !== "cli")) return [];
  if (isTestFile(file.path)) return [];
  return file.imports.flatMap(({ path, line }) => {
    const to = path === null ? null : placeOf(path);
    if (to === null || to.folder !== "server" || domainIndex(to.inside) === -1) return [];
    if (from.folder === "server" && from.inside === to.inside) return [];
    if (path === `src/server/${to.inside}/index.ts`) return [];
    const message = `server/${to.inside} is entered through its index.ts only`;
    return [{ path: file.path, line, message }];
  });
}

/**
 * A file beside the domains must not carry a later domain into an earlier one: what it imports
 * counts as imported by the domain that imports it.
 */
export function checkHiddenDomainOrder(files: readonly ParsedFile[]): readonly Violation[] {
  const byPath = new Map(files.map((file) => [file.path, file]));
  return files.flatMap((file) => {
    const from = placeOf(file.path);
    const fromIndex = from === null ? -1 : domainIndex(from.inside);
    if (from === null || fromIndex === -1 || !DOMAIN_FOLDERS.has(from.folder)) return [];
    return file.imports.flatMap(({ path, line }) => {
      const to = path === null ? null : placeOf(path);
      if (path === null || to?.folder !== from.folder || domainIndex(to.inside) !== -1) return [];
      const reached = domainsBehind(path, byPath).find((name) => domainIndex(name) > fromIndex);
      if (reached === undefined) return [];
      const message = `${path} brings ${reached} into ${from.inside}, which comes before it`;
      return [{ path: file.path, line, message }];
    });
  });
}

/** The domains that a file outside every domain imports, directly or through others like it. */
function domainsBehind(start: string, byPath: ReadonlyMap<string, ParsedFile>): readonly string[] {
  const seen = new Set([start]);
  const domains: string[] = [];
  for (const path of seen) {
    for (const { path: target } of byPath.get(path)?.imports ?? []) {
      const to = target === null ? null : placeOf(target);
      if (target === null || to === null || !DOMAIN_FOLDERS.has(to.folder)) continue;
      if (to.inside !== null && domainIndex(to.inside) !== -1) domains.push(to.inside);
      else seen.add(target);
    }
  }
  return domains;
}
