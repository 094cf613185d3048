// Reads a policy file's text: every key by the schema of its section, every fault with its place.
import { POLICY_FILE_VERSION } from "../../api/policy-file-api.ts";
import { nameSchema } from "../../api/value-schemas.ts";
import { isAccountCode } from "../../core/accounts/account.ts";
import { AUDIO_SECTION, sectionsOf } from "../../core/policy/policy-file.ts";
import type { FileSection, OwnerRules } from "../../core/policy/policy-file.ts";
import type { AudioPolicy } from "../../core/recordings/audio-policy.ts";
import type { RoutesRule } from "../../core/network/network-policy.ts";
import { isVeryWide } from "../../core/network/address-range.ts";
import { parseRule } from "../../core/network/address-rule.ts";
import { createSchemaCheck } from "../../platform/http/schema-compiler.ts";
import { checkFileEntries } from "./check-file-entries.ts";
import { checkFileSection } from "./check-file-section.ts";
import { FAULTS_TOLD_MAX } from "./policy-file-reading.ts";
import type {
  AccountMention,
  FileFault,
  PolicyFileReading,
  WideMention,
} from "./policy-file-reading.ts";
import { pointerOf, readYaml } from "./yaml-place.ts";
import type { Path, YamlReading } from "./yaml-place.ts";

/** To find a place takes as long as what stands before it. */
const PLACED_MAX = 500;
const ROOT_KEYS = ["version", "platform", "accounts"];
const checkName = createSchemaCheck(nameSchema(200), "The name");

type RefusedReading = Extract<PolicyFileReading, { ok: false }>;

type Members = Readonly<Record<string, unknown>>;

/** What a path leads to, and what is said about it. */
type Finding = { readonly path: Path; readonly message: string };

type Found = {
  readonly findings: Finding[];
  readonly owners: OwnerRules[];
  readonly accounts: Omit<AccountMention, "line" | "column">[];
  readonly wide: Omit<WideMention, "line" | "column">[];
};

/** Takes seconds for a long list: to be called in a thread. Never throws for what a text is. */
export function checkPolicyFile(text: string): PolicyFileReading {
  const yaml = readYaml(text);
  if (yaml.faults.length > 0) return refuse(yaml.faults);
  const found: Found = { findings: [], owners: [], accounts: [], wide: [] };
  readRoot(found, yaml.value);
  if (found.findings.length > 0) {
    const placed = found.findings.slice(0, PLACED_MAX).map((finding) => toFault(yaml, finding));
    return { ...refuse(placed), faultCount: found.findings.length };
  }
  const placed = <Mention extends { readonly path: string }>(mention: Mention) => ({
    ...mention,
    ...yaml.placeOf(mention.path.split("/").slice(1)),
  });
  return {
    ok: true,
    file: { owners: found.owners },
    accounts: found.accounts.map(placed),
    wide: found.wide.map(placed),
  };
}

function refuse(faults: readonly FileFault[]): RefusedReading {
  const sorted = faults.toSorted((a, b) => a.line - b.line || a.column - b.column);
  return { ok: false, faults: sorted.slice(0, FAULTS_TOLD_MAX), faultCount: faults.length };
}

function toFault(yaml: YamlReading, { path, message }: Finding): FileFault {
  const subject = path.length === 0 ? "The file" : path.join(".");
  return { ...yaml.placeOf(path), path: pointerOf(path), message: `${subject} ${message}` };
}

function membersOf(value: unknown): Members | null {
  const isMap = typeof value === "object" && value !== null && !Array.isArray(value);
  return isMap ? (value as Members) : null;
}

function readRoot({ findings, ...found }: Found, value: unknown): void {
  const root = membersOf(value);
  if (root === null) {
    findings.push({ path: [], message: `must begin with version: ${POLICY_FILE_VERSION}` });
    return;
  }
  if (root["version"] !== POLICY_FILE_VERSION) {
    findings.push({ path: ["version"], message: `must be there and be ${POLICY_FILE_VERSION}` });
  }
  refuseUnknown(findings, { path: [], members: root, known: ROOT_KEYS });
  const all = { findings, ...found };
  if ("platform" in root) readOwner(all, null, root["platform"]);
  const accounts = membersOf(root["accounts"] ?? {});
  if (accounts === null) {
    findings.push({ path: ["accounts"], message: "must be accounts by their codes" });
  }
  for (const [code, rules] of Object.entries(accounts ?? {})) {
    const path = ["accounts", code];
    if (!isAccountCode(code)) {
      const message = "is no account's code: lower-case letters, digits and hyphens between them";
      findings.push({ path, message });
    } else {
      found.accounts.push({ code, isOwner: true, path: pointerOf(path) });
      readOwner(all, code, rules);
    }
  }
}

function refuseUnknown(
  findings: Finding[],
  at: { readonly path: Path; readonly members: Members; readonly known: readonly string[] },
): void {
  for (const key of Object.keys(at.members)) {
    if (at.known.includes(key)) continue;
    const message = `is an unknown key; accepted are ${at.known.join(", ")}`;
    findings.push({ path: [...at.path, key], message });
  }
}

function readOwner(found: Found, account: string | null, value: unknown): void {
  const path: Path = account === null ? ["platform"] : ["accounts", account];
  const names = sectionsOf(account);
  const known = [...(account === null ? [] : ["name"]), ...names, "entries"];
  const members = membersOf(value ?? {});
  if (members === null) {
    found.findings.push({ path, message: `must have keys: ${known.join(", ")}` });
    return;
  }
  refuseUnknown(found.findings, { path, members, known });
  const sections = new Map<FileSection, unknown>();
  for (const section of names) {
    if (!(section in members)) continue;
    const at = [...path, section];
    const checked = checkFileSection(section, members[section]);
    if (!checked.ok) found.findings.push(...below(at, checked.faults));
    else {
      sections.set(section, checked.value);
      noteMentions(found, { account, section, path: at, sent: members[section] });
    }
  }
  const { entries, faults, wide } = checkFileEntries(members["entries"]);
  found.findings.push(...below([...path, "entries"], faults));
  for (const { index, range } of wide) {
    const pointer = pointerOf([...path, "entries", index, "range"]);
    found.wide.push({ account, section: "entries", range, path: pointer });
  }
  found.owners.push({ account, name: readName(found, path, members["name"]), sections, entries });
}

function below(path: Path, findings: readonly Finding[]): readonly Finding[] {
  return findings.map((finding) => ({ ...finding, path: [...path, ...finding.path] }));
}

function readName(found: Found, path: Path, name: unknown): string | null {
  if (name === undefined || path[0] === "platform") return null;
  const checked = checkName(name);
  if (checked.ok) return checked.value;
  found.findings.push({ path: [...path, "name"], message: "must be one line of plain text" });
  return null;
}

/** What can be judged only where the rules are: whether accounts are there, what is new. */
function noteMentions(
  { accounts, wide }: Found,
  at: {
    readonly account: string | null;
    readonly section: FileSection;
    readonly path: Path;
    readonly sent: unknown;
  },
): void {
  const { account, section, path, sent } = at;
  if (section === "routes") {
    for (const [index, { account: code }] of (sent as RoutesRule).routes.entries()) {
      const pointer = pointerOf([...path, "routes", index, "account"]);
      if (code !== null) accounts.push({ code, isOwner: false, path: pointer });
    }
  }
  if (section !== AUDIO_SECTION) return;
  for (const [index, line] of (sent as AudioPolicy).whitelist.entries()) {
    const rule = parseRule(line);
    if (!rule.ok || !isVeryWide(rule.range)) continue;
    const pointer = pointerOf([...path, "whitelist", index]);
    wide.push({ account, section, range: rule.canonical, path: pointer });
  }
}
