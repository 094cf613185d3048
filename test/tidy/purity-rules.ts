// What core may not touch, who reads the environment, and where each driver package may be used.
import { childNode, childNodes, dottedName, violation } from "./parse-source.ts";
import type { ParsedFile, SyntaxNode, Violation } from "./parse-source.ts";
import { isTestFile } from "./source-file.ts";

function isCore(file: ParsedFile): boolean {
  return file.path.startsWith("src/core/") && !isTestFile(file.path);
}

/** Names that bring a clock, chance, waiting or the outside world. */
const IMPURE_NAMES: Readonly<Record<string, string>> = {
  "Date.now": "time is an argument (nowMs)",
  "Math.random": "chance stays outside core",
  Promise: "core does not wait",
  performance: "time is an argument (nowMs)",
  setTimeout: "core does not wait",
  setInterval: "core does not wait",
  setImmediate: "core does not wait",
  queueMicrotask: "core does not wait",
  fetch: "facts are fetched before",
  crypto: "chance stays outside core",
  process: "core knows no process",
  console: "core prints nothing",
  globalThis: "core knows nothing global",
};

/** Core holds no clock, chance, waiting, package or node module. */
export function checkCorePurity(file: ParsedFile): readonly Violation[] {
  if (!isCore(file)) return [];
  const packages = file.imports
    .filter(({ path }) => path === null)
    .map(({ specifier, line }) => ({
      path: file.path,
      line,
      message: `core imports no package and no node module (${specifier})`,
    }));
  const impure = file.nodes.flatMap((node) => {
    const why = impurity(node);
    return why === null ? [] : [violation(file, node, why)];
  });
  return [...packages, ...impure];
}

function impurity(node: SyntaxNode): string | null {
  if (node.type === "AwaitExpression" || node["async"] === true) return "core does not wait";
  if (node.type === "ForOfStatement" && node["await"] === true) return "core does not wait";
  if (node.type === "NewExpression" && dottedName(childNode(node, "callee")) === "Date") {
    return "new Date: times are integer milliseconds";
  }
  if (node.type === "MemberExpression") {
    const name = dottedName(node);
    return name === null ? null : (IMPURE_NAMES[name] ?? impureRoot(node));
  }
  if (node.type === "CallExpression" || node.type === "NewExpression") {
    return impureName(childNode(node, "callee"));
  }
  if (node.type === "TSTypeReference") return impureName(childNode(node, "typeName"));
  return null;
}

function impureRoot(member: SyntaxNode): string | null {
  const object = childNode(member, "object");
  return object?.type === "Identifier" ? impureName(object) : null;
}

function impureName(node: SyntaxNode | null): string | null {
  if (node?.type !== "Identifier") return null;
  const name = String(node["name"]);
  return Object.hasOwn(IMPURE_NAMES, name) ? (IMPURE_NAMES[name] ?? null) : null;
}

const ENVIRONMENT_READER = "src/platform/config.ts";

/** One file reads the environment; every other one is told. */
export function checkEnvironmentReader(file: ParsedFile): readonly Violation[] {
  if (!file.path.startsWith("src/") || isTestFile(file.path)) return [];
  if (file.path === ENVIRONMENT_READER) return [];
  return file.nodes
    .filter((node) => readsEnvironment(node))
    .map((node) => violation(file, node, `only ${ENVIRONMENT_READER} reads process.env`));
}

function readsEnvironment(node: SyntaxNode): boolean {
  if (node.type === "MemberExpression") {
    const name = dottedName(node);
    return name === "process.env" || name === "globalThis.process.env" || name === "Deno.env";
  }
  // const { env } = process, and import { env } from "node:process".
  if (node.type === "VariableDeclarator") {
    return dottedName(childNode(node, "init")) === "process" && picks(childNode(node, "id"), "env");
  }
  if (node.type !== "ImportDeclaration") return false;
  const source = childNode(node, "source")?.["value"];
  if (source !== "node:process" && source !== "process") return false;
  const specifiers = childNodes(node, "specifiers");
  return specifiers.some((specifier) => childNode(specifier, "imported")?.["name"] === "env");
}

function picks(pattern: SyntaxNode | null, name: string): boolean {
  if (pattern?.type !== "ObjectPattern") return false;
  const properties = childNodes(pattern, "properties");
  return properties.some((property) => childNode(property, "key")?.["name"] === name);
}

/** Packages that talk to something outside, and where each may be imported. */
const DRIVER_FOLDERS: readonly (readonly [RegExp, readonly string[]])[] = [
  [/^pg(\/|$)/, ["src/platform/database/"]],
  [/^@photostructure\/sqlite(\/|$)/, ["src/platform/database/"]],
  [/^(node:)?sqlite$/, ["src/platform/database/"]],
  [/^kysely(\/|$)/, ["src/platform/database/", "src/server/"]],
  [/^ioredis(\/|$)/, ["src/platform/key-value/"]],
  [/^mmdb-lib(\/|$)/, ["src/platform/geo-ip/"]],
  [/^maxmind(\/|$)/, ["src/platform/geo-ip/"]],
  [/^@ip-location-db\//, ["src/platform/geo-ip/"]],
  [/^nodemailer(\/|$)/, ["src/platform/mail/"]],
  [/^standardwebhooks(\/|$)/, ["src/platform/crypto/"]],
  [/^@node-rs\/argon2(\/|$)/, ["src/platform/crypto/"]],
  [/^@zxcvbn-ts\//, ["src/platform/crypto/"]],
  [/^otpauth(\/|$)/, ["src/platform/crypto/"]],
  [/^qrcode(\/|$)/, ["src/platform/crypto/"]],
  [/^@simplewebauthn\/server(\/|$)/, ["src/platform/webauthn/"]],
  [/^@simplewebauthn\/browser(\/|$)/, ["src/web/identity/passkeys/"]],
  [/^openid-client(\/|$)/, ["src/platform/oidc/"]],
  [/^oidc-provider(\/|$)/, ["src/cli/demo/"]],
  [/^aws4fetch(\/|$)/, ["src/platform/blob/"]],
  [/^fast-xml-parser(\/|$)/, ["src/platform/blob/"]],
  [/^music-metadata(\/|$)/, ["src/platform/audio/"]],
  [/^content-disposition(\/|$)/, ["src/platform/http/"]],
  [/^wavesurfer\.js(\/|$)/, ["src/web/recordings/"]],
  [/^(fastify|@fastify\/.*)(\/|$)/, ["src/platform/http/", "src/server/"]],
  [/^commander(\/|$)/, ["src/cli/"]],
];

/** A driver stays in its own folder, so that one folder changes when the driver does. */
export function checkDriverFolders(file: ParsedFile): readonly Violation[] {
  if (!file.path.startsWith("src/") || isTestFile(file.path)) return [];
  return file.imports.flatMap(({ specifier, line }) => {
    const driver = DRIVER_FOLDERS.find(([name]) => name.test(specifier));
    if (driver === undefined || driver[1].some((folder) => file.path.startsWith(folder))) return [];
    const message = `${specifier} is imported in ${driver[1].join(" and ")} only`;
    return [{ path: file.path, line, message }];
  });
}
