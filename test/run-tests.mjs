// The whole test run: builds, finds the programs, runs every project and says the sum at the end.
import { accessSync, chmodSync, constants, mkdtempSync, rmSync, statfsSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { addCounts, describeCounts, findEmptyProjects, readCounts } from "./count-tests.mjs";
import { installPrograms } from "./install-programs.mjs";
import { runProgram } from "./run-program.mjs";

const root = resolve(import.meta.dirname, "..");
process.chdir(root);

const BROWSER = "chromium-headless-shell";
const PROGRAMS = [
  "nginx",
  "caddy",
  "haproxy",
  BROWSER,
  "oathtool",
  "espeak-ng",
  "ffmpeg",
  "prometheus",
];

/**
 * The quick suites first: a mistake in the core shows within seconds. One worker for each core of
 * the smallest machine; one more where suites wait for disks, mails, proxies and pages half of
 * their time.
 */
const ROUNDS = [
  { projects: ["unit"], workers: 2 },
  { projects: ["contracts", "system", "scenarios"], workers: 3 },
  { projects: ["browser"], workers: 3 },
];
const ROUND_MINUTES_MAX = 20;

const MEMORY = "/dev/shm";
/** A round's stores take a tenth of it at a time. */
const MEMORY_BYTES_MIN = 2 ** 31;

const mayNotSkip =
  process.argv.includes("--no-skip") || (process.env.POSTERN_REFUSE_SKIP ?? "") !== "";

/** Says the sum, alone on the last line, and with it how the run ended. */
function finish(counts) {
  const isGood = counts.failed === 0 && counts.passed > 0;
  process.exitCode = isGood ? 0 : 1;
  console.log(`\n${describeCounts(counts)}`);
}

function oneFailure(words) {
  console.error(`FAIL ${words}`);
  return { passed: 0, failed: 1, skipped: 0, byProject: {} };
}

/**
 * Where the suites put their stores: memory where there is room. On a disk they wait for it, and
 * ext4 takes ever longer to make a file where thousands were deleted in the seconds before, as
 * databases of tests are: half of the system's time.
 */
function findTemporary() {
  try {
    accessSync(MEMORY, constants.W_OK);
    const { bavail, bsize } = statfsSync(MEMORY);
    return bavail * bsize >= MEMORY_BYTES_MIN ? MEMORY : tmpdir();
  } catch {
    return tmpdir();
  }
}

async function runRound({ projects, workers }, { reportPath, skipped }) {
  const args = [
    "run",
    ...projects.map((project) => `--project=${project}`),
    // Vitest alone would use one of two cores.
    `--maxWorkers=${workers}`,
    "--reporter=default",
    "--reporter=json",
    `--outputFile.json=${reportPath}`,
  ];
  const options = {
    show: true,
    timeoutMs: ROUND_MINUTES_MAX * 60_000,
    env: {
      POSTERN_SKIP_SUITES: skipped.flatMap((name) => [name, `proxies-${name}`]).join(","),
      // Debian's proxies stand in sbin, which the PATH of a user who is not root does not name.
      PATH: `${process.env.PATH ?? ""}:/usr/local/sbin:/usr/sbin:/sbin`,
      TMPDIR: temporary,
    },
  };
  const run = await runProgram(join(root, "node_modules/.bin/vitest"), args, options);
  const counts = readCounts(reportPath, root);
  if (run.code !== 0 && counts.failed === 0) {
    return addCounts(counts, oneFailure(`vitest ended with code ${run.code}`));
  }
  return findEmptyProjects(counts, projects).reduce(
    (sum, project) => addCounts(sum, oneFailure(`the project ${project} ran no test`)),
    counts,
  );
}

async function runEverything() {
  const build = await runProgram("npm", ["run", "--silent", "build"], { timeoutMs: 300_000 });
  if (build.code !== 0) return oneFailure(`the build failed\n${build.output}`);

  const { missing, reason } = await installPrograms(PROGRAMS);
  if (missing.length > 0) {
    const words = `${missing.join(", ")}: not installed, and ${reason}`;
    if (mayNotSkip) return oneFailure(`${words}; nothing may be skipped in this run`);
    console.log(`Skipping the suites of ${words}.`);
  }
  let sum = { passed: 0, failed: 0, skipped: 0, byProject: {} };
  for (const [index, round] of ROUNDS.entries()) {
    if (round.projects.includes("browser") && missing.includes(BROWSER)) {
      sum = addCounts(sum, { passed: 0, failed: 0, skipped: 1, byProject: {} });
      continue;
    }
    const reportPath = join(temporary, `round-${index}.json`);
    sum = addCounts(sum, await runRound(round, { reportPath, skipped: missing }));
  }
  if (mayNotSkip && sum.skipped > 0) {
    return addCounts(sum, oneFailure(`${sum.skipped} tests were skipped; none may be`));
  }
  return sum;
}

// Short: a unix socket's path may have 107 bytes only.
const temporary = mkdtempSync(join(findTemporary(), "postern-tests-"));
try {
  // Programs that do not run as root make and remove their own there.
  chmodSync(temporary, 0o1777);
  finish(await runEverything());
} finally {
  rmSync(temporary, { recursive: true, force: true });
}
