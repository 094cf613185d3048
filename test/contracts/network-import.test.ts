// What importing a list promises on every engine: all lines or none, and every bad line by number.
import { changeBy } from "../../src/server/journal/index.ts";
import { Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { sql } from "kysely";
import { expect, it } from "vitest";
import { exportEntries } from "../../src/server/network/export-entries.ts";
import { importEntries } from "../../src/server/network/import-entries.ts";
import type { ImportOrder, ImportOutcome } from "../../src/server/network/import-entries.ts";
import { isOverruledByAllow } from "../../src/server/network/overruled-by-allow.ts";
import { describeEachEngine } from "./engines.ts";
import { addAccount, addEntry, reasonFor, useNode } from "./start-network.ts";
import type { ClockedNode, Node } from "./start-network.ts";

type Wanted = Partial<ImportOrder> & { readonly body: string | Readable };

let importCount = 0;

async function importList(node: Node, { body, ...wanted }: Wanted): Promise<ImportOutcome> {
  const stream = typeof body === "string" ? Readable.from([Buffer.from(body)]) : body;
  importCount += 1;
  const outcome = await importEntries(node.network, stream, {
    importId: `import-${importCount}`,
    owner: "platform",
    format: "text",
    action: null,
    confirmWide: false,
    context: changeBy("anna"),
    nowMs: node.network.clock.nowMs(),
    isAllowed: (range) => isOverruledByAllow(node.network, wanted.owner ?? "platform", range),
    ...wanted,
  });
  await node.network.follower.follow();
  return outcome;
}

/** `action range` of every entry, in the order they were stored. */
async function stored(node: Node, owner = "platform"): Promise<readonly string[]> {
  const read = exportEntries(node.database, { owner, format: "csv", action: null });
  const [, ...lines] = (await text(read)).trimEnd().split("\n");
  return lines.map((line) => line.split(",").slice(0, 2).toReversed().join(" "));
}

async function waitingLines(node: Node): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*) as count from network_entry_import`.execute(node.database.kysely);
  return rows[0]!.count;
}

function linesOf(outcome: ImportOutcome): readonly number[] {
  if (outcome.ok) throw new Error("the import was not refused");
  return outcome.errors.map(({ line }) => line);
}

function isoTime(node: ClockedNode, laterMs: number): string {
  return new Date(node.clock.nowMs() + laterMs).toISOString();
}

/** 10.0.0.0 and the addresses after it, `more` after each. */
async function* manyLines(count: number, more = ""): AsyncIterable<Buffer> {
  for (let index = 0; index < count; index += 1000) {
    const part = Array.from({ length: 1000 }, (_, host) => {
      const n = index + host;
      return `10.${n >> 16}.${(n >> 8) & 255}.${n & 255}${more}\n`;
    });
    yield Buffer.from(part.join(""));
  }
}

describeEachEngine("importing a list", (harness) => {
  const emptyNode = useNode(harness);

  it.each([
    ["text", "# office\n\n203.0.113.7 # printer\r\n 198.51.100.0/24 \r2001:db8::/32", "deny"],
    ["csv", 'range,action\n203.0.113.7,deny\n"198.51.100.0/24",deny\n2001:db8::/32,deny\n', null],
    ["csv", "203.0.113.7,deny\r\n\r\n198.51.100.0/24,deny\r\n2001:db8::/32,deny", null],
    ["csv", "\uFEFFnote,range\nprinter,203.0.113.7\n,198.51.100.0/24\n,2001:db8::/32\n", "deny"],
    [
      "ndjson",
      '{"range":"203.0.113.7"}\n\n{"range":"198.51.100.0/24"}\n{"range":"2001:db8::/32"}',
      "deny",
    ],
  ] as const)("takes %s: %j", async (format, body, action) => {
    const node = await emptyNode();
    expect(await importList(node, { body, format, action })).toEqual({
      ok: true,
      added: 3,
      unchanged: 0,
      overruled: 0,
    });
    expect(await stored(node)).toEqual([
      "deny 203.0.113.7",
      "deny 198.51.100.0/24",
      "deny 2001:db8::/32",
    ]);
    expect(reasonFor(node, "198.51.100.200")).toBe("on-deny-list");
    expect(await waitingLines(node)).toBe(0);
  });

  it("goes into the list of its owner", async () => {
    const node = await emptyNode();
    const acme = await addAccount(node, "acme");
    await importList(node, { body: "203.0.113.7", action: "deny", owner: acme });
    expect(await stored(node)).toEqual([]);
    expect(await stored(node, acme)).toEqual(["deny 203.0.113.7"]);
    expect(reasonFor(node, "203.0.113.7")).toBe("no-rule-matched");
    expect(reasonFor(node, "203.0.113.7", { account: "acme" })).toBe("on-deny-list");
  });

  it.each([
    ["text", "203.0.113.7\n\n203.0.113\n# x\n203.0.113.0/33\n010.0.0.1\nx", [3, 5, 6, 7]],
    [
      "csv",
      "range,action\n203.0.113.7,deny\n,deny\n203.0.113.8,refuse\n203.0.113.9,deny,a,b,c\n",
      [3, 4, 5],
    ],
    ["csv", "203.0.113.7,deny,,tomorrow\n203.0.113.8,deny,,2027-01-31\n203.0.113.9,deny\n", [1, 2]],
    [
      "ndjson",
      '{"range":"203.0.113.7"}\n{"range":5}\n[]\n{"range":"203.0.113.8","colour":1}\nx\n{}\nnull\n',
      [2, 3, 4, 5, 6, 7],
    ],
  ] as const)("names every bad line of %s and stores none: %j", async (format, body, lines) => {
    const node = await emptyNode();
    const outcome = await importList(node, {
      body,
      format,
      action: format === "csv" ? null : "deny",
    });
    expect(linesOf(outcome)).toEqual(lines);
    expect(outcome).toMatchObject({ errorCount: lines.length });
    expect(await stored(node)).toEqual([]);
    expect(await waitingLines(node)).toBe(0);
  });

  it.each([
    "address,action,note\n203.0.113.7,deny,\n",
    "IP\n203.0.113.7\n",
    "Range,Action\n203.0.113.7,deny\n",
    "CIDR, comment\n203.0.113.0/24,office\n",
  ])("tells of a header whose columns are not known how to name them: %j", async (body) => {
    const outcome = await importList(await emptyNode(), { body, format: "csv", action: "deny" });
    expect(outcome).toMatchObject({
      errorCount: 1,
      errors: [{ line: 1, message: expect.stringContaining("name the columns range, action") }],
    });
  });

  it.each([
    ["somewhere,deny", "“somewhere” is not accepted ("],
    ["203.0.113.7,refuse", "“refuse” is none: the action must be allow or deny"],
    ["203.0.113.7,deny,,tomorrow", "“tomorrow”: The expiry must be an RFC 3339 time"],
    [`203.0.113.7,deny,${"x".repeat(501)}`, `and not “${"x".repeat(60)}…”.`],
    ["<b>1.2.3.4</b>,deny", "“<b>1.2.3.4</b>” is not accepted ("],
  ])("quotes what is wrong in the line %j", async (body, words) => {
    const outcome = await importList(await emptyNode(), { body, format: "csv" });
    expect(outcome).toMatchObject({
      errors: [{ line: 1, message: expect.stringContaining(words) }],
    });
  });

  it("says what is accepted instead of a bad line", async () => {
    const node = await emptyNode();
    const outcome = await importList(node, { body: "203.0.113.7/24", action: "deny" });
    expect(outcome).toMatchObject({
      errors: [{ line: 1, message: expect.stringContaining("write 203.0.113.0/24") }],
    });
    const noAction = await importList(node, { body: "203.0.113.7" });
    expect(noAction).toMatchObject({
      errors: [{ line: 1, message: expect.stringContaining("allow or deny") }],
    });
  });

  it("wants very wide ranges confirmed", async () => {
    const node = await emptyNode();
    const body = "0.0.0.0/0\n10.0.0.0/8\n::/0\n";
    expect(linesOf(await importList(node, { body, action: "allow" }))).toEqual([1, 3]);
    const confirmed = await importList(node, { body, action: "allow", confirmWide: true });
    expect(confirmed).toMatchObject({ ok: true, added: 3 });
  });

  it("counts identical lines once, however they are written", async () => {
    const node = await emptyNode();
    const body = "1.2.3.4\n::ffff:1.2.3.4\n1.2.3.4/32\n1.2.3.4-1.2.3.4\n::ffff:102:304\n";
    const outcome = { ok: true, added: 1, unchanged: 4, overruled: 0 };
    expect(await importList(node, { body, action: "deny" })).toEqual(outcome);
    const again = { ok: true, added: 0, unchanged: 5, overruled: 0 };
    expect(await importList(node, { body, action: "deny" })).toEqual(again);
    expect(await stored(node)).toEqual(["deny 1.2.3.4"]);
  });

  it("is told to the journal as one event, and not at all when it is refused", async () => {
    const node = await emptyNode();
    await importList(node, { body: "203.0.113.7\nx", action: "deny" });
    expect(node.events).toEqual([]);
    await importList(node, { body: "203.0.113.7\n203.0.113.8", action: "deny" });
    expect(node.events).toMatchObject([{ kind: "entries-changed", actor: "anna" }]);
  });

  it("refuses lines that contradict the list itself or what is stored", async () => {
    const node = await emptyNode();
    const csv = "203.0.113.7,deny\n203.0.113.8,deny\n::ffff:203.0.113.7,allow\n203.0.113.8,deny\n";
    expect(linesOf(await importList(node, { body: csv, format: "csv" }))).toEqual([3]);
    await addEntry(node.network, "203.0.113.9", { action: "allow" });
    const outcome = await importList(node, { body: "203.0.113.10\n203.0.113.9", action: "deny" });
    expect(linesOf(outcome)).toEqual([2]);
    expect(await stored(node)).toEqual(["allow 203.0.113.9"]);
    expect(reasonFor(node, "203.0.113.10")).toBe("no-rule-matched");
  });

  it("takes entries that have ended, and does not bring them to life", async () => {
    const node = await emptyNode();
    const [ended, ending] = [isoTime(node, -1000), isoTime(node, 1000)];
    const body = `203.0.113.7,deny,,${ended}\n203.0.113.8,deny,,${ending}`;
    expect(await importList(node, { body, format: "csv" })).toMatchObject({ ok: true, added: 2 });
    expect(reasonFor(node, "203.0.113.7")).toBe("no-rule-matched");
    expect(reasonFor(node, "203.0.113.8")).toBe("on-deny-list");
    node.clock.advance(1000);
    expect(reasonFor(node, "203.0.113.8")).toBe("no-rule-matched");
  });

  it("puts a new entry in the place of one that has ended, whatever its action was", async () => {
    const node = await emptyNode();
    for (const [client, action] of [
      ["203.0.113.7", "deny"],
      ["203.0.113.8", "allow"],
    ] as const) {
      await addEntry(node.network, client, { action, expiresAt: isoTime(node, 1000) });
    }
    node.clock.advance(1000);
    const body = "203.0.113.7\n203.0.113.8\n";
    const outcome = await importList(node, { body, action: "deny" });
    expect(outcome).toEqual({ ok: true, added: 2, unchanged: 0, overruled: 0 });
    expect(reasonFor(node, "203.0.113.7")).toBe("on-deny-list");
    expect(reasonFor(node, "203.0.113.8")).toBe("on-deny-list");
    expect(await stored(node)).toHaveLength(2);
  });

  // attack row 57
  it("lets allow win over an imported deny list that covers it", async () => {
    const node = await emptyNode();
    await addEntry(node.network, "203.0.113.7", { action: "allow" });
    const body = "203.0.113.0/24\n198.51.100.0/24\n203.0.113.0-203.0.113.7\n203.0.113.7\n";
    const contradicted = await importList(node, { body, action: "deny" });
    expect(linesOf(contradicted)).toEqual([4]);
    const outcome = await importList(node, { body: body.replace(/.*\n$/, ""), action: "deny" });
    expect(outcome).toEqual({ ok: true, added: 3, unchanged: 0, overruled: 2 });
    expect(reasonFor(node, "203.0.113.7")).toBe("on-allow-list");
    expect(reasonFor(node, "203.0.113.8")).toBe("on-deny-list");
  });

  it.each(["text", "csv", "ndjson"] as const)(
    "leaves no trace when %s breaks off",
    async (format) => {
      const node = await emptyNode();
      const line = (index: number) => {
        const range = `10.${index >> 8}.${index & 255}.1`;
        return format === "ndjson" ? `${JSON.stringify({ range })}\n` : `${range}\n`;
      };
      async function* broken(): AsyncIterable<Buffer> {
        for (let from = 0; from < 5000; from += 500) {
          yield Buffer.from(Array.from({ length: 500 }, (_, index) => line(from + index)).join(""));
        }
        throw Object.assign(new Error("aborted"), { code: "ECONNRESET" });
      }
      const body = Readable.from(broken());
      await expect(importList(node, { body, format, action: "deny" })).rejects.toThrow("aborted");
      const vanishing = new Readable({ read: () => undefined });
      vanishing.push(line(1));
      const importing = importList(node, { body: vanishing, format, action: "deny" });
      setImmediate(() => vanishing.destroy());
      await expect(importing).rejects.toThrow(/premature close/i);
      expect(await stored(node)).toEqual([]);
      expect(await waitingLines(node)).toBe(0);
    },
  );

  it("takes twenty thousand lines and enforces the last of them", async () => {
    const node = await emptyNode();
    const body = Readable.from(manyLines(20_000));
    const outcome = await importList(node, { body, action: "deny" });
    expect(outcome).toEqual({ ok: true, added: 20_000, unchanged: 0, overruled: 0 });
    expect(reasonFor(node, "10.0.78.31")).toBe("on-deny-list");
    expect(reasonFor(node, "10.0.78.32")).toBe("no-rule-matched");
  });

  // It chooses how it looks for lines and entries of one range by what it last counted.
  it("takes as many after the engine has counted none, in tables that had many", async () => {
    const node = await emptyNode();
    await importList(node, { body: Readable.from(manyLines(20_000)), action: "deny" });
    await node.database.transaction(async (trx) => {
      await trx.deleteFrom("network_entry").execute();
      await sql`analyze network_entry_import`.execute(trx);
      await sql`analyze network_entry`.execute(trx);
    });
    const ending = Readable.from(manyLines(20_000, `,deny,,${isoTime(node, 1000)}`));
    expect(await importList(node, { body: ending, format: "csv" })).toMatchObject({ ok: true });
    node.clock.advance(1000);
    for (const [action, expected] of [
      ["deny", { ok: true, added: 20_000, unchanged: 0 }],
      ["deny", { ok: true, added: 0, unchanged: 20_000 }],
      ["allow", { ok: false, errorCount: 100 }],
    ] as const) {
      const outcome = await importList(node, { body: Readable.from(manyLines(20_000)), action });
      expect(outcome).toMatchObject(expected);
    }
  });

  it("is refused at its last bad line with nothing stored, however long it is", async () => {
    const node = await emptyNode();
    const good = Array.from({ length: 6000 }, (_, n) => `10.1.${n >> 8}.${n & 255}`);
    const outcome = await importList(node, { body: [...good, "x"].join("\n"), action: "deny" });
    expect(linesOf(outcome)).toEqual([6001]);
    expect(await stored(node)).toEqual([]);
  });
});

describeEachEngine("an export", (harness) => {
  const emptyNode = useNode(harness);
  const NOTES = [
    "plain",
    "",
    'with "quotes", commas',
    "a # b",
    "=1+1",
    "+1",
    "-1",
    "@x",
    "'=1+1",
    "''=1+1",
    "＝1＋1",
    "'quoted'",
    "ümläut 中文 😀",
  ];

  it.each(["csv", "ndjson"] as const)("as %s gives back what an import takes", async (format) => {
    const node = await emptyNode();
    for (const [index, note] of NOTES.entries()) {
      const action = index % 2 === 0 ? "allow" : "deny";
      const expiresAt = isoTime(node, 1000 * (index + 1));
      await addEntry(node.network, `203.0.113.${index}`, { note, action, expiresAt });
    }
    await addEntry(node.network, "10.0.0.4-10.0.0.6", { note: "range" });
    await addEntry(node.network, "2001:db8::/33");
    node.clock.advance(2000);
    const whole = { owner: "platform", format, action: null } as const;
    const exported = await text(exportEntries(node.database, whole));
    await node.database.transaction((trx) => trx.deleteFrom("network_entry").execute());
    const outcome = await importList(node, { body: exported, format });
    expect(outcome).toEqual({ ok: true, added: NOTES.length + 2, unchanged: 0, overruled: 0 });
    expect(await text(exportEntries(node.database, whole))).toBe(exported);
    const notes = await node.database.kysely
      .selectFrom("network_entry")
      .select("note")
      .orderBy("id")
      .execute();
    expect(notes.map(({ note }) => note)).toEqual([...NOTES, "range", ""]);
    const again = await importList(node, { body: exported, format });
    expect(again).toEqual({ ok: true, added: 0, unchanged: NOTES.length + 2, overruled: 0 });
  });

  it("as text gives one action's ranges and notes", async () => {
    const node = await emptyNode();
    await addEntry(node.network, "203.0.113.7", { note: "a # b" });
    await addEntry(node.network, "203.0.113.8", { action: "allow" });
    await addEntry(node.network, "203.0.113.0/28", { note: "two\nlines" });
    const whole = { owner: "platform", format: "text", action: "deny" } as const;
    const exported = await text(exportEntries(node.database, whole));
    expect(exported).toBe("203.0.113.7 # a # b\n203.0.113.0/28 # two lines\n");
    expect(await importList(node, { body: exported, action: "deny" })).toMatchObject({
      ok: true,
      added: 0,
    });
  });

  it("never lets a note start a spreadsheet formula", async () => {
    const node = await emptyNode();
    await addEntry(node.network, "203.0.113.7", { note: '=HYPERLINK("https://evil.example")' });
    const whole = { owner: "platform", format: "csv", action: null } as const;
    const [, line] = (await text(exportEntries(node.database, whole))).split("\n");
    expect(line).toContain(`deny,"'=HYPERLINK(`);
  });
});
