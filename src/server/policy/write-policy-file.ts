// Writes rules as a policy file: YAML with a comment where a section or key stands first.
import { ENTRY_WORDS, FILE_WORDS, SECTION_WORDS, wordsOfKey } from "../../api/policy-file-words.ts";
import { POLICY_FILE_VERSION } from "../../api/policy-file-api.ts";
import { defaultOfFileSection } from "../../core/policy/policy-file.ts";
import type { FileEntry, FileSection } from "../../core/policy/policy-file.ts";

/** `entries` are read as they are written; null: the list is too long for a file. */
export type WrittenOwner = {
  readonly account: string | null;
  readonly name: string | null;
  readonly sections: ReadonlyMap<FileSection, unknown>;
  /** When what waits to be confirmed goes back: by section, or `entries`. */
  readonly goesBackAt: ReadonlyMap<string, string>;
  readonly entries: AsyncIterable<FileEntry> | null;
};

const HEAD = `# A policy file of Postern: the rules as code.
#
# Show what it would change: postern policy diff FILE
# Make it so:                postern policy apply FILE
#
# A section that is not named here stays as it is; one that is named is named whole. Secrets,
# users, bans, recordings, subscribed lists and webhooks are in no policy file.
`;
const WAITING_HEAD = `#
# Some of this waits to be confirmed, and goes back by itself unless it is: a comment says where,
# and by when. Until then a file that names the same is not applied.
`;
const CHUNK_CHARACTERS = 65_536;
const COMMENT_WIDTH = 90;

/** In chunks, as the reader takes them. Owners as they come, the platform first. */
export async function* writePolicyFile(
  owners: AsyncIterable<WrittenOwner>,
  { hasWaiting }: { readonly hasWaiting: boolean },
): AsyncIterable<string> {
  const explained = new Set<string>();
  const head = hasWaiting ? `${HEAD}${WAITING_HEAD}` : HEAD;
  let text = `${head}version: ${POLICY_FILE_VERSION} # ${FILE_WORDS.version}\n`;
  let hasAccounts = false;
  for await (const owner of owners) {
    if (owner.account === null) text += `\n${comment(0, FILE_WORDS.platform)}platform:\n`;
    else {
      if (!hasAccounts) text += `\n${comment(0, FILE_WORDS.accounts)}accounts:\n`;
      hasAccounts = true;
      text += `  ${scalar(owner.account)}:\n`;
    }
    const indent = owner.account === null ? 2 : 4;
    if (owner.name !== null)
      text += line(indent, "name", { value: scalar(owner.name), words: FILE_WORDS.name });
    for (const [section, value] of owner.sections) {
      text += writeSection({ owner, section, value, indent, explained });
    }
    if (owner.entries === null) {
      text += comment(indent, "the address list is too long for a file: postern entry export");
      text += waitingComment(owner, "entries", indent);
      continue;
    }
    for await (const chunk of writeEntries(owner, owner.entries, { indent, explained })) {
      text += chunk;
      if (text.length < CHUNK_CHARACTERS) continue;
      yield text;
      text = "";
    }
  }
  yield text;
}

function comment(indent: number, words: string): string {
  const lines: string[] = [];
  for (const word of words.split(" ")) {
    const last = lines.at(-1);
    if (last === undefined || indent + last.length + word.length > COMMENT_WIDTH) lines.push(word);
    else lines[lines.length - 1] = `${last} ${word}`;
  }
  return lines.map((text) => `${" ".repeat(indent)}# ${text}\n`).join("");
}

/** What the comment stands above is not as it will be. */
function waitingComment(
  { goesBackAt }: Pick<WrittenOwner, "goesBackAt">,
  subject: string,
  indent: number,
): string {
  const at = goesBackAt.get(subject);
  if (at === undefined) return "";
  const what = subject === "entries" ? "some of it waits" : "it waits";
  return comment(
    indent,
    `${subject}: ${what} to be confirmed, and goes back at ${at} unless it is`,
  );
}

function line(
  indent: number,
  key: string,
  { value = "", words = "" }: { readonly value?: string; readonly words?: string } = {},
): string {
  const said = words === "" ? "" : ` # ${words}`;
  return `${" ".repeat(indent)}${scalar(key)}:${value === "" ? "" : ` ${value}`}${said}\n`;
}

type Writing = {
  readonly owner: Pick<WrittenOwner, "account" | "goesBackAt">;
  readonly section: FileSection;
  readonly value: unknown;
  readonly indent: number;
  readonly explained: Set<string>;
};

function writeSection({ owner, section, value, indent, explained }: Writing): string {
  const isFirst = !explained.has(section);
  explained.add(section);
  const head = isFirst ? `\n${comment(indent, SECTION_WORDS[section])}` : "";
  const standard = defaultOfFileSection(owner.account, section);
  const wordsOf = (path: string, usual: unknown): string => {
    if (!isFirst) return "";
    const said = isScalar(usual) ? `default ${String(usual)}` : "";
    return [wordsOfKey(section, path), said].filter((part) => part !== "").join("; ");
  };
  const body = writeMembers({ value, standard, indent: indent + 2, path: "", wordsOf });
  return `${head}${waitingComment(owner, section, indent)}${line(indent, section)}${body}`;
}

type Members = {
  readonly value: unknown;
  readonly standard: unknown;
  readonly indent: number;
  readonly path: string;
  readonly wordsOf: (path: string, usual: unknown) => string;
};

function writeMembers({ value, standard, indent, path, wordsOf }: Members): string {
  return Object.entries(value as object)
    .map(([key, member]: [string, unknown]) => {
      const at = path === "" ? key : `${path}.${key}`;
      const usual = (standard as Readonly<Record<string, unknown>> | undefined)?.[key];
      const words = wordsOf(at, usual);
      if (Array.isArray(member)) return writeList(indent, key, { items: member, words });
      if (typeof member !== "object" || member === null) {
        return line(indent, key, { value: scalar(member), words });
      }
      if (Object.keys(member).length === 0) return line(indent, key, { value: "{}", words });
      const below = { value: member, standard: usual, indent: indent + 2, path: at, wordsOf };
      return `${line(indent, key, { words })}${writeMembers(below)}`;
    })
    .join("");
}

function writeList(
  indent: number,
  key: string,
  { items, words }: { readonly items: readonly unknown[]; readonly words: string },
): string {
  if (items.length === 0) return line(indent, key, { value: "[]", words });
  const lines = items.map((item) => `${" ".repeat(indent + 2)}- ${flow(item)}\n`);
  return `${line(indent, key, { words })}${lines.join("")}`;
}

async function* writeEntries(
  owner: Pick<WrittenOwner, "goesBackAt">,
  entries: AsyncIterable<FileEntry>,
  { indent, explained }: { readonly indent: number; readonly explained: Set<string> },
): AsyncIterable<string> {
  const words = Object.entries(ENTRY_WORDS).map(([key, said]) => `${key}: ${said}`);
  const isFirst = !explained.has("entries");
  explained.add("entries");
  const said = isFirst ? [FILE_WORDS.entries, ...words].map((part) => comment(indent, part)) : [];
  const waits = waitingComment(owner, "entries", indent);
  let head = `${isFirst ? "\n" : ""}${said.join("")}${waits}`;
  const key = line(indent, "entries");
  for await (const { range, action, note, expiresAtMs } of entries) {
    const entry = {
      range,
      action,
      ...(note === "" ? {} : { note }),
      ...(expiresAtMs === null ? {} : { expiresAt: new Date(expiresAtMs).toISOString() }),
    };
    yield `${head === "done" ? "" : `${head}${key}`}${" ".repeat(indent + 2)}- ${flow(entry)}\n`;
    head = "done";
  }
  if (head !== "done") yield `${head}${line(indent, "entries", { value: "[]" })}`;
}

function flow(value: unknown): string {
  if (typeof value !== "object" || value === null) return scalar(value);
  const members = Object.entries(value).map(([key, member]) => `${key}: ${scalar(member)}`);
  return `{ ${members.join(", ")} }`;
}

/** Texts that no version of YAML reads as anything else stand bare; NO and off are quoted. */
const BARE = /^[A-Za-z][A-Za-z-]+$/;
const WORDS_OF_YAML = /^(?:true|false|yes|no|on|off|null|nan|inf)$/i;

/** A text in quotes as JSON writes it, which YAML reads. */
function scalar(value: unknown): string {
  if (typeof value !== "string") return String(value);
  return BARE.test(value) && !WORDS_OF_YAML.test(value) ? value : JSON.stringify(value);
}

function isScalar(value: unknown): boolean {
  return ["string", "number", "boolean"].includes(typeof value);
}
