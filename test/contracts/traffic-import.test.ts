// What importing an access log promises on every engine: each visit once, never over our own count.
import { Readable } from "node:stream";
import { expect, it } from "vitest";
import { parseAddress } from "../../src/core/network/address.ts";
import { compileRoutes } from "../../src/core/network/surface-routes.ts";
import { createJournal } from "../../src/server/journal/index.ts";
import type { Network } from "../../src/server/network/index.ts";
import { importTraffic } from "../../src/server/preview/traffic/import-traffic.ts";
import type {
  TrafficOrder,
  TrafficOutcome,
} from "../../src/server/preview/traffic/import-traffic.ts";
import { describeEachEngine } from "./engines.ts";
import { addAccount, placeNodes } from "./start-network.ts";

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

const NEWEST = { after: null, limit: 10 } as const;

describeEachEngine("importing an access log", (harness) => {
  let started: ReturnType<typeof open> | null = null;
  /** One for the suite; each test empties the record of visitors. */
  async function start() {
    started ??= open();
    const running = await started;
    await running.database.transaction((trx) => trx.deleteFrom("journal_visit").execute());
    return running;
  }

  async function open() {
    const nodes = await placeNodes(harness);
    const { clock } = nodes;
    const node = await nodes.start();
    const { network, database } = node;
    const journal = createJournal({ database, clock, journalDays: 30, journalMaxMegabytes: 512 });
    await addAccount(node, "acme");
    let imports = 0;

    function take(
      lines: string | Readable,
      wanted: Partial<TrafficOrder> = {},
      parts: { readonly network: Network } = { network },
    ): Promise<TrafficOutcome> {
      imports += 1;
      const order: TrafficOrder = {
        importId: `import-${imports}`,
        format: "text",
        surface: null,
        account: null,
        host: null,
        offsetMinutes: null,
        actor: "host shell",
        nowMs: clock.nowMs(),
        ...wanted,
      };
      const body = typeof lines === "string" ? Readable.from([Buffer.from(lines)]) : lines;
      return importTraffic({ ...parts, journal }, body, order);
    }

    /** A line of the combined format, so many minutes ago. */
    function line(address: string, minutesAgo: number, path = "/"): string {
      const at = new Date(clock.nowMs() - minutesAgo * 60_000);
      const day = String(at.getUTCDate()).padStart(2, "0");
      const date = `${day}/${MONTHS[at.getUTCMonth()]}/${at.getUTCFullYear()}`;
      const time = `[${date}:${at.toISOString().slice(11, 19)} +0000]`;
      return `${address} - - ${time} "GET ${path} HTTP/1.1" 403 5 "-" "x"\n`;
    }

    async function visits(): Promise<readonly string[]> {
      const rows = await database.kysely.selectFrom("journal_visit").selectAll().execute();
      const nowMinute = Math.floor(clock.nowMs() / 60_000);
      const told = rows.map((row) => {
        const ago = `${row.address_start} ${nowMinute - row.minute} ago`;
        const place = `${row.surface}/${row.account || "-"} ${row.country}`;
        const counted = `${row.requests} of ${row.refused} refused`;
        return `${ago} ${place} ${counted}${row.imported === 1 ? " imported" : ""}`;
      });
      return told.toSorted();
    }

    async function staged(): Promise<number> {
      const query = database.kysely.selectFrom("journal_visit_import").selectAll();
      return (await query.execute()).length;
    }
    return { clock, database, journal, line, network, staged, take, visits };
  }

  it("counts each visitor by the minute, wherever the lines stand", async () => {
    const { journal, line, staged, take, visits } = await start();
    const lines = [
      line("5.9.0.1", 10),
      line("2001:db8::9", 9),
      line("5.9.0.1", 10, "/other"),
      "\n",
      line("5.9.0.1", 9),
      line("5.9.0.1", 10).replace("\n", "\r\n"),
      `5.9.0.1 - - [22/Nov/2026:04:22:20 +0000] "\\x16\\x03" 400 0 "-" "-"\n`,
      line("5.9.0.2", 8 * 24 * 60),
      line("5.9.0.2", -3),
      "nonsense\n",
      line("::ffff:5.9.0.1", 9).trimEnd(),
    ];
    const outcome = await take(lines.join(""));
    expect(outcome).toMatchObject({
      ok: true,
      visits: { requests: 6, added: 6, addresses: 2 },
      counts: { lines: 10, tooOld: 1, inFuture: 1, noRequests: 1, badLines: 1 },
    });
    expect(outcome.counts.firstBad).toEqual([
      { line: 10, message: expect.stringContaining("combined format") },
    ]);
    // What another server refused says nothing of what is refused here.
    expect(await visits()).toEqual([
      "05090001 10 ago portal/- DE 3 of 0 refused imported",
      "05090001 9 ago portal/- DE 2 of 0 refused imported",
      "20010db8000000000000000000000009 9 ago portal/- unknown 1 of 0 refused imported",
    ]);
    expect(await staged()).toBe(0);
    const { events } = await journal.listEvents({ kind: "traffic-imported" }, NEWEST);
    expect(events[0]).toMatchObject({
      actor: "host shell",
      detail: { lines: 10, requests: 6, added: 6 },
    });
  });

  it("adds nothing for what it knows, and only what is new of a log that has grown", async () => {
    const { journal, line, take, visits } = await start();
    const before = (await journal.listEvents({ kind: "traffic-imported" }, NEWEST)).events.length;
    const log = line("5.9.1.1", 10) + line("5.9.1.1", 10) + line("5.9.1.2", 10);
    expect(await take(log)).toMatchObject({ ok: true, visits: { requests: 3, added: 3 } });
    expect(await take(log)).toMatchObject({ ok: true, visits: { requests: 3, added: 0 } });
    // The beginning of the log alone takes nothing away.
    expect(await take(line("5.9.1.1", 10))).toMatchObject({ visits: { requests: 1, added: 0 } });
    const grown = log + line("5.9.1.1", 10) + line("5.9.1.3", 9);
    expect(await take(grown)).toMatchObject({ visits: { requests: 5, added: 2 } });
    expect(await visits()).toEqual([
      "05090101 10 ago portal/- DE 3 of 0 refused imported",
      "05090102 10 ago portal/- DE 1 of 0 refused imported",
      "05090103 9 ago portal/- DE 1 of 0 refused imported",
    ]);
    // What changed nothing is no act of anybody's.
    const { events } = await journal.listEvents({ kind: "traffic-imported" }, NEWEST);
    expect(events.length - before).toBe(2);
  });

  it("leaves alone what Postern counted itself, before the import and after", async () => {
    const { clock, journal, line, take, visits } = await start();
    const count = (text: string): void =>
      journal.countTraffic({
        atMs: clock.nowMs(),
        client: parseAddress(text),
        surface: "portal",
        account: null,
        country: "DE",
        verdict: "refuse",
        reason: "on-deny-list",
      });
    const later = line("5.9.2.2", 0).repeat(5);
    count("5.9.2.1");
    clock.advance(120_000);
    await journal.flush();
    const log = line("5.9.2.1", 2).repeat(4) + later;
    expect(await take(log)).toMatchObject({ ok: true, visits: { requests: 9, added: 5 } });
    expect(await visits()).toEqual([
      "05090201 2 ago portal/- DE 1 of 1 refused",
      "05090202 2 ago portal/- DE 5 of 0 refused imported",
    ]);
    // A minute that is written late, as after the store was away.
    clock.advance(-120_000);
    count("5.9.2.2");
    count("5.9.2.2");
    clock.advance(120_000);
    await journal.flush();
    expect((await visits())[1]).toBe("05090202 2 ago portal/- DE 2 of 2 refused");
  });

  it("tells surface and account by the routes, or as it is told", async () => {
    const { line, network, take, visits } = await start();
    const routes = compileRoutes([
      { host: "*", pathPrefix: "/api/", surface: "api", account: null },
      { host: "acme.example", pathPrefix: "/", surface: "webchat", account: "acme" },
    ]);
    const wide = { network: { ...network, routes: () => routes } };
    const log =
      line("5.9.3.1", 10, "/api/v1?x=1") +
      line("5.9.3.2", 10, "/%61pi/v1") +
      line("5.9.3.3", 10, "/") +
      line("5.9.3.4", 10, "http://other.example/api/");
    const json = JSON.stringify({
      address: "5.9.3.5",
      at: new Date(network.clock.nowMs() - 600_000).toISOString(),
      path: "/api/x",
      host: "ACME.example:443",
    });
    await take(log, {}, wide);
    await take(line("5.9.3.6", 10, "/api/"), { host: "acme.example" }, wide);
    await take(line("5.9.3.7", 10, "/api/"), { surface: "audio", account: "acme" }, wide);
    await take(`${json}\n`, { format: "ndjson" }, wide);
    expect((await visits()).map((visit) => visit.split(" ").slice(0, 4).join(" "))).toEqual([
      "05090301 10 ago api/-",
      "05090302 10 ago portal/-",
      "05090303 10 ago portal/-",
      "05090304 10 ago portal/-",
      "05090305 10 ago webchat/acme",
      "05090306 10 ago webchat/acme",
      "05090307 10 ago audio/acme",
    ]);
  });

  it.each([
    ["text", "one\ntwo\n", 2],
    ["ndjson", '{"address":"5.9.4.1"}\n[]\n{}', 3],
    ["text", `x\n${"y".repeat(20_000)}\n`, 2],
  ] as const)("stores nothing of what is no log of the format %s", async (format, body, bad) => {
    const { line, staged, take, visits } = await start();
    const good = format === "text" ? line("5.9.4.1", 10) : "";
    const outcome = await take(good + body, { format });
    expect(outcome).toMatchObject({ ok: false, why: "not-a-log", counts: { badLines: bad } });
    expect(outcome.counts.firstBad.map((row) => row.line)).toContain(good === "" ? 1 : 2);
    expect(await visits()).toEqual([]);
    expect(await staged()).toBe(0);
  });

  it("stores nothing of a body that breaks off", async () => {
    const { line, staged, take, visits } = await start();
    const whole = line("5.9.5.1", 10).repeat(3_000);
    const body = Readable.from(
      (async function* () {
        yield Buffer.from(whole);
        throw new Error("gone");
      })(),
    );
    await expect(take(body)).rejects.toThrow("gone");
    expect(await visits()).toEqual([]);
    expect(await staged()).toBe(0);
  });
});
