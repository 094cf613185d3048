// Attack rows 1 to 4: one reading of every address, wherever it is written.

import { connect } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  formatAddress,
  nextAddress,
  parseAddress,
  previousAddress,
} from "../../src/core/network/address.ts";
import type { Address } from "../../src/core/network/address.ts";
import { readConfig } from "../../src/platform/config.ts";
import { checkTrustedProxy } from "../../src/server/protected-addresses.ts";
import spellings from "../cases/ip-spellings.json" with { type: "json" };
import { startGate } from "./start-gate.ts";
import type { RunningGate } from "./start-gate.ts";

type Spelling = (typeof spellings.cases)[number];

const RULES = spellings.cases.filter(({ context }) => context === "rule");
const TEXT_RULES = RULES.filter(({ input }) => typeof input === "string");

let gate: RunningGate;
beforeAll(async () => {
  gate = await startGate();
});
afterAll(() => gate?.stop());

function textOf(row: Spelling): string {
  return row.input as string;
}

function lengthOf({ input }: Spelling): number {
  return typeof input === "string" ? input.length : 0;
}

/** What the list holds, in order of text; the list is empty afterwards. */
async function takeStored(): Promise<readonly string[]> {
  const { entries } = await gate.must("GET", "/api/v1/entries");
  const ids = entries.map(({ id }: { readonly id: number }) => id);
  if (ids.length > 0) await gate.must("POST", "/api/v1/entries/delete", { ids });
  return entries.map(({ range }: { readonly range: string }) => range).toSorted();
}

function canonicalOf(rows: readonly Spelling[]): readonly string[] {
  return [...new Set(rows.map(({ canonical }) => String(canonical)))].toSorted();
}

/** All accepted rows in one import, then all refused ones in another: one line error for each. */
async function expectImported(
  type: string,
  rows: readonly Spelling[],
  write: (row: Spelling) => string,
): Promise<void> {
  const accepted = rows.filter(({ verdict }) => verdict === "accept");
  const refused = rows.filter(({ verdict }) => verdict === "reject");
  expect(Math.min(accepted.length, refused.length)).toBeGreaterThan(10);
  const path = "/api/v1/entries/import?action=deny&confirmWide=true";
  const head = type === "text/csv" ? "range,note\n" : "";

  const good = await gate.upload(path, type, head + accepted.map(write).join(""));
  expect([good.status, good.text]).toEqual([200, good.text]);
  expect(await takeStored()).toEqual(canonicalOf(accepted));

  // A line past all length ends the reading, so that row comes last.
  const inOrder = refused.toSorted((a, b) => lengthOf(a) - lengthOf(b));
  const bad = await gate.upload(path, type, head + inOrder.map(write).join(""));
  expect([bad.status, bad.json.code]).toEqual([422, "import-refused"]);
  expect(await takeStored()).toEqual([]);
  const { errors } = bad.json as { errors: readonly { line: number; message: string }[] };
  let line = head === "" ? 0 : 1;
  const told = new Map(errors.map((error) => [error.line, error.message]));
  for (const row of inOrder) {
    line += write(row).split("\n").length - 1;
    const why = row.id === "IP137" ? /too long|longer than 4096/ : row.why!;
    expect(`${row.id} ${told.get(line)}`).toMatch(why);
  }
  expect(bad.json.errorCount).toBe(refused.length);
}

describe("attack row 1: one parser everywhere", () => {
  it("a single entry", async () => {
    expect(RULES.length).toBe(90);
    for (const { id, input, canonical, why } of RULES) {
      const entry = { range: input, action: "deny", confirmWide: true };
      const { status, json } = await gate.api("POST", "/api/v1/entries", entry);
      if (canonical === null) {
        expect([id, status, json.code]).toEqual([id, 400, "address-refused"]);
        expect(`${id} ${json.reason}`).toContain(why);
      } else {
        expect([id, status, json.entry.range]).toEqual([id, 201, canonical]);
        await gate.must("DELETE", `/api/v1/entries/${json.entry.id}`);
      }
    }
    expect(await takeStored()).toEqual([]);
  });

  it("NDJSON import", () =>
    expectImported(
      "application/x-ndjson",
      RULES,
      ({ input }) => `${JSON.stringify({ range: input })}\n`,
    ));

  it("CSV import, quoted", () =>
    expectImported("text/csv", TEXT_RULES, (row) => `"${textOf(row).replaceAll('"', '""')}",x\n`));

  it("CSV import, bare", () =>
    expectImported(
      "text/csv",
      TEXT_RULES.filter((row) => !/["\r\n,]/.test(textOf(row))),
      (row) => `${textOf(row)},x\n`,
    ));

  it("text import", () =>
    expectImported(
      "text/plain; charset=utf-8",
      // A line is one entry, what follows # is its note, and blank lines say nothing.
      TEXT_RULES.filter((row) => /^[^\r\n#]*[^\r\n# ][^\r\n#]*$/.test(textOf(row))),
      (row) => `${textOf(row)}\n`,
    ));

  it("the configured list of trusted proxies", () => {
    const canStand = TEXT_RULES.filter((row) => /[^ \t]/.test(textOf(row)));
    for (const row of canStand.filter((one) => !textOf(one).includes(","))) {
      const variables = { TRUSTED_PROXIES: textOf(row) };
      const read = readConfig(variables, { trustedProxy: checkTrustedProxy });
      expect([row.id, read.ok]).toEqual([row.id, row.verdict === "accept"]);
      if (!read.ok && row.why !== null) expect(read.errors.join(" ")).toContain(row.why);
    }
  });

  it("search, explain and reports", async () => {
    for (const row of TEXT_RULES) {
      const text = encodeURIComponent(textOf(row));
      const search = await gate.api("GET", `/api/v1/entries?covering=${text}`);
      const explained = await gate.api("GET", `/api/v1/explain?address=${text}`);
      const reported = await gate.api("POST", "/api/v1/reports", { address: textOf(row) });
      const one = row.kind === "address" ? 200 : 400;
      const any = row.verdict === "accept" ? 200 : 400;
      const statuses = [search.status, explained.status, reported.status];
      expect([row.id, ...statuses]).toEqual([row.id, any, one, one]);
      if (one === 200) expect(explained.json.address).toBe(row.canonical);
    }
  });
});

describe("attack row 1: one parser everywhere, headers and sockets", () => {
  /** Every address is denied here, so each reading shows in a decision. */
  let deaf: RunningGate;
  beforeAll(async () => {
    deaf = await startGate({
      env: { CLIENT_ADDRESS_HEADER: "Forwarded", LISTEN: "[::]:0", TRUSTED_PROXIES: "127.0.0.1" },
    });
    for (const one of [gate, deaf]) {
      for (const range of ["0.0.0.0/0", "::/0"]) {
        await one.must("POST", "/api/v1/entries", { range, action: "deny", confirmWide: true });
      }
    }
  });
  afterAll(async () => {
    await deaf?.stop();
    await takeStored();
  });

  /** A header line is bytes: what is not ASCII goes as UTF-8. */
  async function askWith(
    name: string,
    value: string,
  ): Promise<{ readonly canonical: string | null; readonly why: string | null }> {
    const one = name === "Forwarded" ? deaf : gate;
    // Like decisions within a minute share an id, and with it what was found out for the first.
    one.advance(61_000);
    const bytes = Buffer.from(value, "utf8").toString("latin1");
    const answer = await one.ask("nginx", { headers: { [name]: bytes } });
    expect(answer.realStatus).toBe(403);
    const { reason, address, steps } = await one.decisionOf(answer);
    if (reason === "on-deny-list") return { canonical: address, why: null };
    expect([reason, address]).toEqual(["client-address-unresolvable", null]);
    return { canonical: null, why: steps[0].detail.why };
  }

  it("X-Forwarded-For", async () => {
    const rows = spellings.cases.filter(({ context }) => context === "rule" || context === "xff");
    for (const row of rows) {
      // Two hops, or no header line at all.
      if (typeof row.input !== "string" || /[\r\n,]/.test(row.input)) continue;
      const { canonical, why } = await askWith("X-Forwarded-For", row.input);
      // A rule may be a block; a hop is one address, and refuses a block in words of its own.
      const isHop = row.context === "xff" || row.kind === "address";
      expect([row.id, canonical]).toEqual([row.id, isHop ? row.canonical : null]);
      if (row.context === "xff" && row.why !== null) expect(why).toContain(row.why);
    }
  });

  it("Forwarded", async () => {
    const rows = spellings.cases.filter(({ context }) => context === "forwarded");
    expect(rows.length).toBe(6);
    for (const row of rows) {
      const { canonical, why } = await askWith("Forwarded", `for=${textOf(row)}`);
      expect([row.id, canonical]).toEqual([row.id, row.canonical]);
      if (row.why !== null) expect(why).toContain(row.why);
    }
  });

  it.each(["::1", "127.0.0.1", "127.0.0.9"])("a connection from %s", async (host) => {
    const text = await new Promise<string>((resolve, reject) => {
      const to = host === "::1" ? "::1" : "127.0.0.1";
      const socket = connect({ host: to, localAddress: host, port: deaf.port });
      let received = "";
      socket.on("data", (chunk) => (received += chunk.toString("latin1")));
      socket.on("error", reject);
      socket.on("close", () => resolve(received));
      socket.write("GET / HTTP/1.1\r\nHost: portal.example.com\r\nConnection: close\r\n\r\n");
    });
    const decisionId = /"decision":"([a-z2-7]{20})"/.exec(text)?.[1];
    const decision = await deaf.must("GET", `/api/v1/decisions/${decisionId}`);
    expect([decision.reason, decision.address]).toEqual(["on-deny-list", host]);
    expect(decision.detail.addressFrom).toBe("socket");
  });
});

describe("attack row 2: duplicates by spelling", () => {
  const SPELLINGS = ["1.2.3.4", "::ffff:102:304", "1.2.3.4/32", "1.2.3.4-1.2.3.4"];

  it.each(["deny", "allow"])("are one entry, and the others name it (%s again)", async (action) => {
    const { entry } = await gate.must("POST", "/api/v1/entries", {
      range: SPELLINGS[0],
      action: "deny",
    });
    for (const range of SPELLINGS) {
      const answer = await gate.api("POST", "/api/v1/entries", { range, action });
      expect([answer.status, answer.json.code]).toEqual([409, "entry-exists"]);
      expect(answer.json.entryId).toBe(entry.id);
      expect(answer.json.detail).toContain(`entry ${entry.id} (deny)`);
    }
    expect(await takeStored()).toEqual(["1.2.3.4"]);
  });

  it("are one entry in an import, too", async () => {
    const path = "/api/v1/entries/import?action=deny";
    const answer = await gate.upload(path, "text/plain", SPELLINGS.join("\n"));
    expect(answer.json).toMatchObject({ added: 1, unchanged: 3 });
    const again = await gate.upload(path, "text/plain", SPELLINGS.toReversed().join("\n"));
    expect(again.json).toMatchObject({ added: 0, unchanged: 4 });
    expect(await takeStored()).toEqual(["1.2.3.4"]);
  });
});

describe("attack row 3: family bleed", () => {
  const IPV4 = ["203.0.113.7", "0.0.0.1", "255.255.255.255", "::ffff:203.0.113.7"];
  const IPV6 = ["2001:db8::1", "::1", "::2", "ffff::1", "64:ff9b::cb00:7107"];

  async function statuses(addresses: readonly string[]): Promise<readonly number[]> {
    const answers = addresses.map((clientAddress) => gate.ask("nginx", { clientAddress }));
    return (await Promise.all(answers)).map(({ realStatus }) => realStatus);
  }

  it.each([
    ["::/0", IPV6, IPV4],
    ["0.0.0.0/0", IPV4, IPV6],
    ["::-::ffff:ffff:ffff:ffff", [], IPV4],
  ] as const)("deny %s reaches its own family alone", async (range, own, others) => {
    const entry = { range, action: "deny", confirmWide: true };
    const { status } = await gate.api("POST", "/api/v1/entries", entry);
    // A range that would swallow the mapped block is refused; then nothing is denied.
    expect(status).toBe(own.length === 0 ? 400 : 201);
    expect(await statuses(own)).toEqual(own.map(() => 403));
    expect(await statuses(others)).toEqual(others.map(() => 200));
    await takeStored();
  });

  it.each([
    ["0.0.0.0/0", "2001:db8::/32", "2001:db8::1"],
    ["::/0", "203.0.113.0/24", "203.0.113.7"],
  ])("allow %s opens nothing in the other family", async (allowed, denied, visitor) => {
    for (const [range, action] of [
      [allowed, "allow"],
      [denied, "deny"],
    ]) {
      await gate.must("POST", "/api/v1/entries", { range, action, confirmWide: true });
    }
    const answer = await gate.ask("caddy", { clientAddress: visitor });
    expect((await gate.decisionOf(answer)).reason).toBe("on-deny-list");
    await takeStored();
  });
});

describe("attack row 4: edges of ranges", () => {
  const RANGES = [
    ["0.0.0.0", "0.0.0.3"],
    ["9.255.255.254", "10.0.0.1"],
    ["127.255.255.255", "128.0.0.0"],
    ["203.0.113.128", "203.0.113.255"],
    ["255.255.255.252", "255.255.255.255"],
    ["::", "::3"],
    ["2001:db8::ffff:ffff", "2001:db8::1:0:0"],
    ["7fff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "8000::"],
    ["ffff:ffff:ffff:ffff:ffff:ffff:ffff:fffc", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"],
  ] as const;

  it("start-1, start, end, end+1 of each are decided exactly", async () => {
    const entries = new Map<string, number>();
    for (const [start, end] of RANGES) {
      const order = { range: `${start}-${end}`, action: "deny", confirmWide: true };
      const { entry } = await gate.must("POST", "/api/v1/entries", order);
      entries.set(start, entry.id);
    }
    let asked = 0;
    for (const [start, end] of RANGES) {
      const [first, last] = [parseAddress(start)!, parseAddress(end)!];
      const cases: readonly (readonly [Address | null, boolean])[] = [
        [previousAddress(first), false],
        [first, true],
        [last, true],
        [nextAddress(last), false],
      ];
      for (const [address, isInside] of cases) {
        if (address === null) continue;
        const answer = await gate.ask("traefik", { clientAddress: formatAddress(address) });
        expect([formatAddress(address), answer.realStatus]).toEqual([
          formatAddress(address),
          isInside ? 403 : 200,
        ]);
        asked += 1;
        if (!isInside) continue;
        const { steps } = await gate.decisionOf(answer);
        expect(steps.at(-1)).toMatchObject({
          step: "on-deny-list",
          detail: { entryId: entries.get(start) },
        });
      }
    }
    expect(asked).toBe(RANGES.length * 4 - 4);
    await takeStored();
  });
});
