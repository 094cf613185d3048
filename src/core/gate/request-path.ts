// Reads the path of a request the ways a proxy or application behind it might read it.

const URI_LENGTH_MAX = 16_384;
/** Reading an ambiguous path costs many times what a plain one does: strangers get less of it. */
const AMBIGUOUS_LENGTH_MAX = 4096;

export type ReadPath =
  /** All readings of the path; more than one only where programs are known to differ. */
  | { readonly ok: true; readonly readings: readonly string[] }
  | { readonly ok: false; readonly detail: string };

/**
 * nginx resolves and decodes for its own choice of location yet sends the raw URI on; frameworks
 * decode once, some twice, some treat `\` as `/`, cut `;parameters` or merge slashes. Rules are
 * asked for every reading and the stricter answer wins, so no spelling widens access
 * (GHSA-xcx5-93pw-jw2w, CVE-2025-54576). The query never takes part.
 */
export function readPath(uri: string): ReadPath {
  if (uri.length > URI_LENGTH_MAX) return { ok: false, detail: "uri-too-long" };
  if (uri.charCodeAt(0) !== 47) return { ok: false, detail: "uri-not-a-path" };
  let end = uri.length;
  let isPlain = true;
  for (let index = 0; index < uri.length; index += 1) {
    const code = uri.charCodeAt(index);
    // Controls, space, DEL, anything beyond ASCII, and a fragment never stand in a request line.
    if (code <= 32 || code >= 127 || code === 35) return { ok: false, detail: "uri-malformed" };
    if (end !== uri.length) continue;
    if (code === 63) end = index;
    else if (isPlain) isPlain = isPlainAt(uri, index, code);
  }
  const path = end === uri.length ? uri : uri.slice(0, end);
  return isPlain ? { ok: true, readings: [path] } : readAmbiguous(path);
}

/** False at `%`, `;`, `\`, a doubled slash, or a segment that starts with a dot. */
function isPlainAt(uri: string, index: number, code: number): boolean {
  if (code === 37 || code === 59 || code === 92) return false;
  if (index === 0 || uri.charCodeAt(index - 1) !== 47) return true;
  return code !== 47 && code !== 46;
}

function readAmbiguous(path: string): ReadPath {
  if (path.length > AMBIGUOUS_LENGTH_MAX) return { ok: false, detail: "uri-too-long" };
  const once = decodePercent(path);
  if (once === null) return { ok: false, detail: "uri-percent-encoding-malformed" };
  const twice = (once.includes("%") ? decodePercent(once) : null) ?? once;
  // A NUL or other control appears only when somebody hid it by encoding.
  if (hasControl(once) || hasControl(twice)) {
    return { ok: false, detail: "uri-hides-control-characters" };
  }
  // URL parsers take `%2e` for a dot and decode nothing else.
  const spellings = new Set([path, path.replaceAll(/%2e/gi, "."), once, twice]);
  const readings = new Set([path, once, twice]);
  for (const spelling of spellings) {
    for (const dialect of dialectsOf(spelling)) readings.add(resolve(spelling, dialect));
  }
  return { ok: true, readings: [...readings] };
}

/** Where programs differ when they resolve a path. */
type Dialect = {
  readonly splitsAtBackslash: boolean;
  readonly cutsParameters: boolean;
  readonly keepsEmptySegments: boolean;
};

/** Only those that can make a difference for this path. */
function dialectsOf(path: string): readonly Dialect[] {
  const either = (differs: boolean): readonly boolean[] => (differs ? [true, false] : [false]);
  const hasEmpty = path.includes("..") && /[/\\](?:;[^/\\]*)?[/\\]/.test(path);
  return either(path.includes("\\")).flatMap((splitsAtBackslash) =>
    either(path.includes(";")).flatMap((cutsParameters) =>
      either(hasEmpty).map((keepsEmptySegments) => ({
        splitsAtBackslash,
        cutsParameters,
        keepsEmptySegments,
      })),
    ),
  );
}

/** Percent-decoding byte by byte (Latin-1): prefixes are ASCII, so UTF-8 need not be assembled. */
function decodePercent(text: string): string | null {
  let isMalformed = false;
  const decoded = text.replace(/%(.{0,2})/gs, (_, hex: string) => {
    if (/^[0-9A-Fa-f]{2}$/.test(hex)) return String.fromCharCode(Number.parseInt(hex, 16));
    isMalformed = true;
    return "";
  });
  return isMalformed ? null : decoded;
}

/** Resolves dot segments (RFC 3986 section 5.2.4), in one of the dialects. */
function resolve(path: string, dialect: Dialect): string {
  const segments: string[] = [];
  const slashed = dialect.splitsAtBackslash ? path.replaceAll("\\", "/") : path;
  for (const raw of slashed.slice(1).split("/")) {
    const semicolon = dialect.cutsParameters ? raw.indexOf(";") : -1;
    const segment = semicolon === -1 ? raw : raw.slice(0, semicolon);
    if (segment === "..") segments.pop();
    else if (segment !== "." && (segment !== "" || dialect.keepsEmptySegments)) {
      segments.push(segment);
    }
  }
  return `/${segments.join("/")}`;
}

function hasControl(text: string): boolean {
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code < 32 || code === 127) return true;
  }
  return false;
}
