// Turns the shipped proxy configurations into ones for free ports, changing nothing else.

import { cp, mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export type ProxyKind = "nginx" | "caddy" | "haproxy";
export const PROXY_KINDS: readonly ProxyKind[] = ["nginx", "caddy", "haproxy"];

/** Who connects to the proxy: visitors themselves, or a load balancer that speaks for them. */
export type Front = "visitors" | "load-balancer";

export type ProxySetup = {
  readonly kind: ProxyKind;
  readonly front: Front;
  readonly port: number;
  readonly gatePort: number;
  readonly backendPort: number;
  /** nginx only: an operator's mistake, a cache on the gate's answers (attack row 35). */
  readonly isCaching: boolean;
  /** The shipped file's switch: only people who are signed in pass. */
  readonly asksSession: boolean;
  /** nginx only: it sends the files of recordings itself, from this directory. */
  readonly recordingsDirectory?: string;
};

const DEPLOY = fileURLToPath(new URL("../../deploy/", import.meta.url));

/** Writes what the proxy needs into `folder`. */
export async function writeProxyFiles(setup: ProxySetup, folder: string): Promise<void> {
  switch (setup.kind) {
    case "nginx":
      return writeNginx(setup, folder);
    case "caddy":
      return writeCaddy(setup, folder);
    case "haproxy":
      return writeHaproxy(setup, folder);
    default:
      return setup.kind satisfies never;
  }
}

async function writeNginx(setup: ProxySetup, folder: string): Promise<void> {
  let site = await readFile(join(DEPLOY, "nginx/postern.conf"), "utf8");
  site = replaceOnce(site, "    listen [::]:80;\n", "");
  site = replaceOnce(site, "server 127.0.0.1:8080;", `server 127.0.0.1:${setup.gatePort};`);
  site = replaceOnce(site, "server 127.0.0.1:3000;", `server 127.0.0.1:${setup.backendPort};`);
  const listen = `listen 127.0.0.1:${setup.port}`;
  if (setup.front === "load-balancer") {
    site = replaceOnce(site, "    listen 80;\n", `    ${listen} proxy_protocol;\n`);
    site = replaceOnce(site, "#set_real_ip_from 127.0.0.1;", "set_real_ip_from 127.0.0.1;");
    site = replaceOnce(site, "#real_ip_header proxy_protocol;", "real_ip_header proxy_protocol;");
  } else {
    site = replaceOnce(site, "    listen 80;\n", `    ${listen};\n`);
  }
  await cp(join(DEPLOY, "nginx/postern"), join(folder, "postern"), { recursive: true });
  if (setup.asksSession) {
    const gatePath = join(folder, "postern/gate.conf");
    const [ask, asking] = ["proxy_pass http://postern/gate/nginx", "?session=required;\n"];
    let gate = await readFile(gatePath, "utf8");
    gate = replaceOnce(gate, `    ${ask};\n`, "");
    gate = replaceOnce(gate, `    #${ask}${asking}`, `    ${ask}${asking}`);
    await writeFile(gatePath, gate);
  }
  if (setup.isCaching) {
    const gatePath = join(folder, "postern/gate.conf");
    let gate = await readFile(gatePath, "utf8");
    const ask = "    proxy_pass http://postern/gate/nginx;\n";
    const [head, tail] = splitOnce(gate, ask);
    gate = `${head}${ask}    proxy_cache verdicts;\n${tail.replace("    proxy_cache off;\n", "")}`;
    await writeFile(gatePath, gate);
  }
  if (setup.recordingsDirectory !== undefined) {
    const include = "include postern/recordings.conf;";
    site = replaceOnce(site, `    #${include}`, `    ${include}`);
    const path = join(folder, "postern/recordings.conf");
    const files = await readFile(path, "utf8");
    const alias = `alias ${setup.recordingsDirectory}/;`;
    await writeFile(path, replaceOnce(files, "alias /srv/postern-recordings/;", alias));
  }
  await mkdir(join(folder, "temp"));
  const temp = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
    .map((name) => `${name}_temp_path ${folder}/temp/${name};`)
    .join(" ");
  const isRoot = process.getuid?.() === 0;
  await writeFile(join(folder, "site.conf"), site);
  await writeFile(
    join(folder, "nginx.conf"),
    `${isRoot ? "user root;" : ""} daemon off; worker_processes 1; pid ${folder}/nginx.pid;
error_log stderr warn;
events { worker_connections 512; }
http { access_log off; ${temp}
proxy_cache_path ${folder}/temp/cache keys_zone=verdicts:1m;
include site.conf; }
`,
  );
}

async function writeCaddy(setup: ProxySetup, folder: string): Promise<void> {
  let site = await readFile(join(DEPLOY, "caddy/Caddyfile"), "utf8");
  if (setup.front === "load-balancer") {
    const parts = site.split("#trusted_proxies 127.0.0.1/32");
    if (parts.length !== 4) throw new Error("the Caddyfile's trusted_proxies lines have changed");
    site = parts.join("trusted_proxies 127.0.0.1/32");
  }
  if (setup.asksSession) {
    site = replaceOnce(site, "\t\t\turi /gate/caddy?\n", "");
    site = replaceOnce(site, "#uri /gate/caddy?session", "uri /gate/caddy?session");
  }
  const options = "{\n\tadmin off\n\tauto_https off\n\tdefault_bind 127.0.0.1\n}\n";
  await writeFile(join(folder, "Caddyfile"), options + site);
}

async function writeHaproxy(setup: ProxySetup, folder: string): Promise<void> {
  let config = await readFile(join(DEPLOY, "haproxy/haproxy.cfg"), "utf8");
  const proxyProtocol = setup.front === "load-balancer" ? " accept-proxy" : "";
  config = replaceOnce(
    config,
    "    bind :80\n",
    `    bind 127.0.0.1:${setup.port}${proxyProtocol}\n`,
  );
  config = replaceOnce(config, "POSTERN 127.0.0.1:8080", `POSTERN 127.0.0.1:${setup.gatePort}`);
  config = replaceOnce(config, "portal1 127.0.0.1:3000", `portal1 127.0.0.1:${setup.backendPort}`);
  if (setup.asksSession)
    config = replaceOnce(config, "#setenv POSTERN_ASKS", "setenv POSTERN_ASKS");
  config = replaceOnce(
    config,
    "lua-load-per-thread /etc/haproxy/postern.lua",
    `lua-load-per-thread ${join(folder, "postern.lua")}`,
  );
  await cp(join(DEPLOY, "haproxy/postern.lua"), join(folder, "postern.lua"));
  await writeFile(join(folder, "haproxy.cfg"), config);
}

function replaceOnce(text: string, old: string, replacement: string): string {
  const [head, tail] = splitOnce(text, old);
  return head + replacement + tail;
}

/** A test that no longer runs the shipped file must not pass: the marked text stands there once. */
function splitOnce(text: string, mark: string): readonly [string, string] {
  const parts = text.split(mark);
  if (parts.length !== 2) throw new Error(`expected once in the shipped file: ${mark}`);
  return [parts[0]!, parts[1]!];
}
