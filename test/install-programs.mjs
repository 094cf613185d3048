// Finds the programs that the suites run against and, as root on Debian, installs missing ones.
import { accessSync, chmodSync, constants, existsSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { runProgram } from "./run-program.mjs";

const FOLDERS = [...(process.env.PATH ?? "").split(":"), "/usr/local/sbin", "/usr/sbin", "/sbin"];
const POLICY = "/usr/sbin/policy-rc.d";
/** What does as well, but takes twice as long. */
const OTHERS = new Map([["chromium-headless-shell", "chromium"]]);

/** Whether a program of that name can be run. Proxies stand in sbin, which PATH may not name. */
export function isInstalled(name) {
  // The browser suites run the Chromium that this variable names, wherever it stands.
  const named = name.startsWith("chromium") ? process.env.CHROMIUM : undefined;
  if (named) return canRun(named);
  return FOLDERS.some((folder) => canRun(join(folder || ".", name)));
}

function isReplaced(name) {
  return OTHERS.has(name) && isInstalled(OTHERS.get(name));
}

function canRun(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Why nothing can be installed here, or null when it can. */
function findObstacle() {
  if (!existsSync("/etc/debian_version")) return "this is not Debian";
  if (!isInstalled("apt-get")) return "there is no apt-get";
  return process.getuid?.() === 0 ? null : "installing needs root";
}

/**
 * Makes sure that each program is there. Hands back those that are missing still, and why.
 * On Debian a package has the name of its program.
 */
export async function installPrograms(names) {
  const missing = names.filter((name) => !isInstalled(name));
  if (missing.length === 0) return { missing, reason: "" };
  const obstacle = findObstacle();
  if (obstacle !== null) {
    return { missing: missing.filter((name) => !isReplaced(name)), reason: obstacle };
  }
  console.log(`installing ${missing.join(", ")}`);
  const run = await withoutServices(missing, async () => {
    const update = await runApt("update");
    if (update.code !== 0) return update;
    // Each for itself where another does: older releases do not have it.
    for (const name of missing.filter((one) => OTHERS.has(one))) {
      const own = await install([name]);
      if (own.code !== 0 && !isReplaced(name)) await install([OTHERS.get(name)]);
    }
    return install(missing.filter((name) => !OTHERS.has(name)));
  });
  const left = missing.filter((name) => !isInstalled(name) && !isReplaced(name));
  if (left.length > 0) console.log(run.output.trim());
  return { missing: left, reason: left.length > 0 ? "apt-get could not install it" : "" };
}

function install(names) {
  if (names.length === 0) return { code: 0, output: "" };
  return runApt("install", "--yes", "--no-install-recommends", ...names);
}

function runApt(...args) {
  const env = { DEBIAN_FRONTEND: "noninteractive" };
  return runProgram("apt-get", ["--quiet", ...args], { env, timeoutMs: 300_000 });
}

/**
 * Debian starts a server as soon as its package is installed, which would take port 80 of the
 * machine that only wanted to run tests. A policy-rc.d that answers 101 forbids the start
 * (README.policy-rc.d of init-system-helpers); what systemd noted down for the next
 * boot is taken back afterwards. A policy that is already there is left as it is.
 */
async function withoutServices(names, act) {
  const isOurs = !existsSync(POLICY);
  if (isOurs) {
    writeFileSync(POLICY, "#!/bin/sh\nexit 101\n");
    chmodSync(POLICY, 0o755);
  }
  try {
    return await act();
  } finally {
    if (isOurs) rmSync(POLICY, { force: true });
    if (existsSync("/run/systemd/system")) {
      // One by one: it stops at the first name that is no service, such as a browser's.
      for (const name of names) {
        await runProgram("systemctl", ["disable", "--now", `${name}.service`]);
      }
    }
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const { missing, reason } = await installPrograms(process.argv.slice(2));
  if (missing.length > 0) console.error(`missing: ${missing.join(", ")} (${reason})`);
  process.exitCode = missing.length > 0 ? 1 : 0;
}
