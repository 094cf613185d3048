// Checks that what is written as a policy file is read back as the same rules, by any YAML reader.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { FILE_SECTION_SCHEMAS } from "../../api/policy-file-api.ts";
import { KEY_WORDS, wordsOfKey } from "../../api/policy-file-words.ts";
import { defaultOfFileSection, sectionsOf } from "../../core/policy/policy-file.ts";
import type { FileEntry, FileSection, OwnerRules } from "../../core/policy/policy-file.ts";
import { checkPolicyFile } from "./check-policy-file.ts";
import { writePolicyFile } from "./write-policy-file.ts";
import type { WrittenOwner } from "./write-policy-file.ts";

async function* inTurn<Item>(items: readonly Item[]): AsyncIterable<Item> {
  yield* items;
}

async function write(
  owners: readonly OwnerRules[],
  goesBackAt: ReadonlyMap<string, string> = new Map(),
): Promise<string> {
  const written = owners.map((owner): WrittenOwner => {
    return { ...owner, goesBackAt, entries: owner.entries === null ? null : inTurn(owner.entries) };
  });
  const hasWaiting = goesBackAt.size > 0;
  let text = "";
  for await (const chunk of writePolicyFile(inTurn(written), { hasWaiting })) text += chunk;
  return text;
}

function defaultsOf(account: string | null): ReadonlyMap<FileSection, unknown> {
  return new Map(
    sectionsOf(account).map((section) => [section, defaultOfFileSection(account, section)]),
  );
}

const note = fc
  .string({ unit: "binary", maxLength: 40 })
  .map((text) => text.replaceAll(/[\p{Cc}\p{Cs}]/gu, ""));
const entry = fc.record({
  range: fc.oneof(
    fc.ipV4(),
    fc.constantFrom("2001:db8::/32", "::", "fe80::1", "10.0.0.1-10.0.0.9", "8000::/1"),
  ),
  action: fc.constantFrom("allow" as const, "deny" as const),
  note,
  expiresAtMs: fc.option(fc.integer({ min: 0, max: 4e12 })),
});

describe("a written policy file", () => {
  it("is read back as what it was, with any note, name and country", async () => {
    const countries = fc.dictionary(
      fc.constantFrom("NO", "DE", "SE", "IS"),
      fc.constantFrom("allow", "deny"),
    );
    const property = fc.asyncProperty(
      fc.uniqueArray(entry, { selector: ({ range }) => range, maxLength: 8 }),
      countries,
      fc.constantFrom("acme", "no", "1", "0x1f", "on", "null", "1e3", "a-b"),
      fc.constantFrom("Acme: # 1", "yes", "'", '"\\', "日本 & Söhne", "~"),
      async (entries, named, code, name) => {
        const country = { ...(defaultOfFileSection(null, "country") as object), countries: named };
        const owners: readonly OwnerRules[] = [
          {
            account: null,
            name: null,
            sections: new Map([...defaultsOf(null), ["country", country]]),
            entries,
          },
          { account: code, name, sections: defaultsOf(code), entries: [] },
        ];
        const reading = checkPolicyFile(await write(owners));
        expect(reading).toMatchObject({ ok: true, file: { owners } });
      },
    );
    await fc.assert(property, { numRuns: 20 });
  });

  it("says the same to a reader of YAML 1.1", async () => {
    const country = {
      ...(defaultOfFileSection(null, "country") as object),
      countries: { NO: "deny" },
    };
    const sections = new Map<FileSection, unknown>([["country", country]]);
    const entries: FileEntry[] = [
      { range: "10.0.0.1", action: "deny", note: "on", expiresAtMs: 0 },
    ];
    const text = await write([{ account: null, name: null, sections, entries }]);
    expect(parse(text, { version: "1.1" })).toEqual(parse(text));
    expect(text).toContain('mode: "off" # off, monitor (recorded, refuses nobody) or enforce; def');
  });

  it("explains each section once, and says of a list that is too long where it is", async () => {
    const sections = new Map<FileSection, unknown>([["log-out", { enabled: true, minutes: 30 }]]);
    const text = await write([
      { account: null, name: null, sections, entries: null },
      { account: "acme", name: "Acme", sections, entries: [] },
      { account: "other", name: "Other", sections, entries: [] },
    ]);
    expect(text.split("After how long without activity").length).toBe(2);
    expect(text).toContain("minutes: 30 # after so many minutes without activity; default 30");
    expect(text).toContain("# the address list is too long for a file: postern entry export");
    expect(text.split("name: ").length).toBe(3);
    expect(checkPolicyFile(text)).toMatchObject({
      file: { owners: [{ entries: null }, { entries: [] }, { entries: [] }] },
    });
  });
});

describe("what waits to be confirmed", () => {
  const sections = new Map<FileSection, unknown>([["log-out", { enabled: true, minutes: 30 }]]);
  const owners: readonly OwnerRules[] = [
    { account: null, name: null, sections, entries: [] },
    { account: "acme", name: "Acme", sections, entries: null },
  ];
  const until = "2027-01-15T08:30:00.000Z";

  it("is told in the head, at each section, and at a list, too long or not", async () => {
    const times = new Map([
      ["log-out", until],
      ["entries", until],
    ]);
    const text = await write(owners, times);
    const plain = text.replaceAll(/\n *# /g, " ");
    expect(plain).toContain("Some of this waits to be confirmed, and goes back by itself");
    const said = `log-out: it waits to be confirmed, and goes back at ${until} unless it is`;
    expect(plain.split(said)).toHaveLength(3);
    const ofList = `entries: some of it waits to be confirmed, and goes back at ${until} unless`;
    expect(plain.split(ofList)).toHaveLength(3);
    expect(checkPolicyFile(text)).toMatchObject({ ok: true, file: { owners } });
  });

  it("is not told where nothing waits", async () => {
    expect(await write(owners)).not.toContain("waits");
  });
});

describe("the words of a policy file", () => {
  type Node = { readonly properties?: Record<string, Node>; readonly items?: Node };

  function keysOf(node: Node, path: string): readonly string[] {
    if (node.items !== undefined) return keysOf(node.items, `${path}.0`);
    return Object.entries(node.properties ?? {}).flatMap(([name, member]) => {
      const below = path === "" ? name : `${path}.${name}`;
      return below === "countries" ? [below] : [below].concat(keysOf(member, below));
    });
  }

  it("are there for every key that holds a value, and for no other", () => {
    const used = new Set<string>();
    for (const [section, schema] of Object.entries(FILE_SECTION_SCHEMAS)) {
      const keys = keysOf(schema as Node, "");
      const leaves = keys.filter((key) => !keys.some((other) => other.startsWith(`${key}.`)));
      expect(leaves.length).toBeGreaterThan(0);
      for (const key of leaves) {
        expect(wordsOfKey(section as FileSection, key), `${section}.${key}`).not.toBe("");
      }
      for (const key of keys) {
        const name = `${section}.${key}`
          .replace(/^rate-limits\.[a-z]+/, "rate-limits.*")
          .replaceAll(/\.0(?=\.|$)/g, ".*");
        used.add(name);
      }
    }
    expect(Object.keys(KEY_WORDS).filter((name) => !used.has(name))).toEqual([]);
  });
});
