// Builds the console as it is shipped and holds the result to its size and to the page's policy.
import { execFile } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const FIRST_LOAD_BYTES_MAX = 250_000;
/** Each is a request of an office's one address, and those count against the hard limit. */
const FIRST_LOAD_FILES_MAX = 25;
const ANY_PAGE_FILES_MAX = 50;
const CONFIG = fileURLToPath(new URL("../../src/web/vite.config.ts", import.meta.url));
const VITE = fileURLToPath(new URL("../../node_modules/vite/bin/vite.js", import.meta.url));

type Chunk = {
  readonly file: string;
  readonly imports?: readonly string[];
  readonly isEntry?: boolean;
};

const directory = mkdtempSync(join(tmpdir(), "postern-web-build-"));
let manifest: Readonly<Record<string, Chunk>> = {};
let page = "";

beforeAll(async () => {
  // A process of its own: this one says NODE_ENV=test, and React is another library then.
  const env = { ...process.env, NODE_ENV: "production" };
  const where = ["--outDir", directory, "--emptyOutDir=false", "--manifest"];
  const args = [VITE, "build", "--config", CONFIG, "--logLevel", "error", ...where];
  await promisify(execFile)(process.execPath, args, { env });
  manifest = JSON.parse(readFileSync(join(directory, ".vite/manifest.json"), "utf8")) as never;
  page = readFileSync(join(directory, "index.html"), "utf8");
});

afterAll(() => rmSync(directory, { recursive: true, force: true }));

/** What the browser has fetched before a page can be used: its chunk and all that this imports. */
function filesFor(...names: readonly string[]): ReadonlySet<string> {
  const seen = new Set<string>(names);
  for (const name of seen) {
    for (const other of manifest[name]?.imports ?? []) seen.add(other);
  }
  return new Set([...seen].map((name) => manifest[name]?.file ?? `missing ${name}`));
}

function gzippedBytes(files: ReadonlySet<string>): number {
  const sizes = [...files].map((file) => gzipSync(readFileSync(join(directory, file))).length);
  return sizes.reduce((sum, size) => sum + size, 0);
}

describe("the built console", () => {
  it.each([
    ["the sign-in page", ["shell/card-page.tsx", "identity/sign-in/sign-in-page.tsx"]],
    ["the console's frame", ["shell/app-frame.tsx", "identity/settings/profile-page.tsx"]],
    ["the player's page", ["recordings/player-page.tsx"]],
    ["the library", ["shell/app-frame.tsx", "recordings/recordings-page.tsx"]],
  ])("loads %s with at most 250 kB of script in few files", (_name, pages) => {
    const files = filesFor("index.html", ...pages);
    expect([...files].filter((file) => !file.startsWith("assets/"))).toEqual([]);
    expect(files.size).toBeLessThanOrEqual(FIRST_LOAD_FILES_MAX);
    const bytes = gzippedBytes(files);
    expect(bytes).toBeGreaterThan(50_000);
    expect(bytes).toBeLessThanOrEqual(FIRST_LOAD_BYTES_MAX);
  });

  it("loads no page in so many files that some visits would meet the hard limit", () => {
    const pages = Object.keys(manifest).filter((name) => name.endsWith("-page.tsx"));
    const counts = pages.map(
      (name) => [name, filesFor("index.html", "shell/app-frame.tsx", name).size] as const,
    );
    expect(counts.filter(([, count]) => count > ANY_PAGE_FILES_MAX)).toEqual([]);
  });

  it("loads each page when it is opened, not before", () => {
    const first = filesFor("index.html");
    const pages = Object.keys(manifest).filter((name) => name.endsWith("-page.tsx"));
    expect(pages.length).toBeGreaterThan(12);
    const early = pages.filter((name) => first.has(manifest[name]?.file ?? ""));
    expect(early).toEqual([]);
  });

  it("loads what draws waveforms when something is heard, not with the player", () => {
    const waveform = manifest["recordings/waveform.tsx"]?.file ?? "missing";
    // Wavesurfer's own name for a part of what it draws.
    const draws = (file: string): boolean =>
      readFileSync(join(directory, file), "utf8").includes('part="canvases"');
    const pages = ["recordings/player-page.tsx", "recordings/recordings-page.tsx"];
    const early = filesFor("index.html", "shell/app-frame.tsx", ...pages);
    expect([draws(waveform), [...early].filter((file) => draws(file))]).toEqual([true, []]);
  });

  it("has no script or style in the page itself, and a place for the nonce", () => {
    expect(page.match(/<script\b/g)).toHaveLength(1);
    expect(page).toMatch(/<script type="module" crossorigin src="\/postern\/assets\/[^"]+\.js">/);
    expect(page).not.toMatch(/<style\b| style="| on[a-z]+="/);
    expect(page.match(/__CSP_NONCE__/g)).toHaveLength(1);
    expect(page).toContain("<noscript>");
  });

  it("makes no code from text, which the policy forbids", () => {
    const scripts = readdirSync(join(directory, "assets")).filter((name) => name.endsWith(".js"));
    expect(scripts.length).toBeGreaterThan(12);
    const forbidden = scripts.filter((name) =>
      /\bnew Function\(|[^.\w]eval\(/.test(readFileSync(join(directory, "assets", name), "utf8")),
    );
    expect(forbidden).toEqual([]);
  });
});
