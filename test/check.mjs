// The fast check before every commit: types, lint, format, dead code, house rules and unit tests.
// `npm run check -- types lint` runs only the parts that are named.
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative, resolve } from "node:path";
import { describeCounts, findEmptyProjects, readCounts } from "./count-tests.mjs";
import { runProgram } from "./run-program.mjs";

const root = resolve(import.meta.dirname, "..");
process.chdir(root);
const SOURCE_FOLDERS = ["src", "test", "bench"];
// A part that hangs is ended. On two busy cores all of them together take up to two minutes.
const PART_SECONDS_MAX = 180;
const PARTS_AT_ONCE = 2;

const sourceFiles = SOURCE_FOLDERS.flatMap((folder) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(ts|tsx|mts|mjs)$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name)),
);
const temporary = mkdtempSync(join(tmpdir(), "postern-check-"));
const reportPath = join(temporary, "unit.json");
let unitCounts = null;

/** Each part says what it looked at, or why that is not enough. INVARIANT: nothing seen, failed. */
const PARTS = [
  {
    name: "types",
    command: ["../typescript7/bin/tsc", "-b", "--pretty", "false"],
    judge: judgeTypes,
  },
  {
    name: "unit",
    command: [
      "vitest",
      "run",
      "--project=unit",
      "--reporter=dot",
      "--reporter=json",
      `--outputFile.json=${reportPath}`,
    ],
    judge: judgeUnit,
  },
  {
    name: "lint",
    command: ["oxlint", "--type-aware", "--deny-warnings", ...SOURCE_FOLDERS],
    judge: (output) => judgeFileCount(output, / on (\d+) files? with /),
  },
  {
    name: "knip",
    command: ["knip", "--reporter", "symbols", "--reporter", "./test/report-knip.mjs"],
    judge: (output) => judgeFileCount(output, /knip looked at (\d+) of /),
  },
  {
    name: "format",
    command: ["oxfmt", "--check", ...SOURCE_FOLDERS],
    judge: (output) => judgeFileCount(output, / on (\d+) files? using /),
  },
];

function judgeFileCount(output, pattern) {
  const count = Number(pattern.exec(output)?.[1] ?? 0);
  const words = `${count} files, ${sourceFiles.length} of them source`;
  return { isEnough: count >= sourceFiles.length, words };
}

/** The compiler writes down which files it looked at: every one of ours must be among them. */
function judgeTypes() {
  const seen = new Set();
  for (const name of existsSync("dist") ? readdirSync("dist") : []) {
    if (!name.endsWith(".tsbuildinfo")) continue;
    const info = JSON.parse(readFileSync(join("dist", name), "utf8"));
    for (const path of info.fileNames ?? []) seen.add(relative(root, resolve("dist", path)));
  }
  const wanted = sourceFiles.filter((path) => /\.tsx?$/.test(path));
  const unseen = wanted.filter((path) => !seen.has(path) && !seen.has(declarationOf(path)));
  const words = `${wanted.length - unseen.length} of ${wanted.length} TypeScript files`;
  return {
    isEnough: unseen.length === 0,
    words: `${words} ${unseen.slice(0, 5).join(" ")}`.trim(),
  };
}

/** A test reaches a project it refers to by the declarations built from it. */
function declarationOf(path) {
  return path.replace(/^src/, "dist").replace(/\.tsx?$/, ".d.ts");
}

function judgeUnit() {
  unitCounts = readCounts(reportPath, root);
  const isEnough = findEmptyProjects(unitCounts, ["unit"]).length === 0 && unitCounts.failed === 0;
  return { isEnough, words: describeCounts(unitCounts) };
}

async function runPart({ name, command, judge }) {
  const [program, ...args] = command;
  const options = {
    timeoutMs: PART_SECONDS_MAX * 1000,
    // The lists are read by people and by the patterns above: no colours in them.
    env: { NO_COLOR: "1", FORCE_COLOR: "0" },
  };
  const run = await runProgram(join(root, "node_modules/.bin", program), args, options);
  const seen = judge(run.output);
  const isGood = run.code === 0 && seen.isEnough;
  const reason = run.code === 0 && !isGood ? " (not everything was seen)" : "";
  const seconds = `${run.seconds.toFixed(1)} s`;
  console.log(
    `${isGood ? "ok  " : "FAIL"} ${name.padEnd(7)}${seconds.padStart(7)}  ${seen.words}${reason}`,
  );
  return { name, isGood, output: run.output };
}

const wantedNames = process.argv.slice(2);
const parts = PARTS.filter(({ name }) => wantedNames.length === 0 || wantedNames.includes(name));

async function runAll() {
  const waiting = [...parts];
  const results = [];
  const takeNext = async () => {
    for (let part = waiting.shift(); part !== undefined; part = waiting.shift()) {
      results.push(await runPart(part));
    }
  };
  await Promise.all(Array.from({ length: PARTS_AT_ONCE }, takeNext));
  return results;
}

const results = await runAll();
rmSync(temporary, { recursive: true, force: true });
const failed = results.filter(({ isGood }) => !isGood);
for (const { name, output } of failed) console.log(`\n--- ${name}\n${output.trim()}`);
if (unitCounts !== null) console.log(`unit tests: ${describeCounts(unitCounts)}`);
const isEachKnown = wantedNames.every((name) => PARTS.some((part) => part.name === name));
const isWhole = isEachKnown && results.length === parts.length && sourceFiles.length > 0;
console.log(
  failed.length === 0 && isWhole
    ? "check passed"
    : `check failed: ${failed.map(({ name }) => name).join(", ") || "a part is not known"}`,
);
process.exitCode = failed.length === 0 && isWhole ? 0 : 1;
