// What every engine of the store promises: transactions, values, errors, bulk inserts.
import { sql } from "kysely";
import type { Kysely, Transaction } from "kysely";
import { beforeAll, expect, it } from "vitest";
import type { Database } from "../../src/platform/database/database.ts";
import { describeStoreError } from "../../src/platform/database/describe-store-error.ts";
import { insertMany } from "../../src/platform/database/insert-many.ts";
import { describeEachEngine } from "./engines.ts";
import { BOOK_COLUMNS, fillSample } from "./sample-store.ts";
import type { SampleSchema } from "./sample-store.ts";

async function failureOf(work: Promise<unknown>): Promise<unknown> {
  return await work.then(
    () => expect.unreachable("it should have failed"),
    (error: unknown) => error,
  );
}

describeEachEngine("the store", (harness) => {
  let database: Database<SampleSchema>;
  beforeAll(async () => {
    database = await harness.open<SampleSchema>();
    await fillSample(database);
  });

  function book(
    title: string,
    pages: number | null = 1,
  ): { shelf_code: string; title: string; pages: number | null } {
    return { shelf_code: "a", title, pages };
  }
  async function titles(prefix: string): Promise<readonly string[]> {
    const query = database.kysely.selectFrom("book").select("title").orderBy("title");
    return (await query.where("title", "like", `${prefix}%`).execute()).map((row) => row.title);
  }

  it("keeps what a transaction committed and nothing of one that failed", async () => {
    await database.transaction((trx) => trx.insertInto("book").values(book("tx 1")).execute());
    const failing = database.transaction(async (trx) => {
      await trx.insertInto("book").values(book("tx 2")).execute();
      throw new Error("changed my mind");
    });
    await expect(failing).rejects.toThrow("changed my mind");
    expect(await titles("tx")).toEqual(["tx 1"]);
  });

  it("does not show a reader what is not committed", async () => {
    await database.transaction(async (trx) => {
      await trx.insertInto("book").values(book("unseen")).execute();
      expect(await titles("unseen")).toEqual([]);
    });
    expect(await titles("unseen")).toEqual(["unseen"]);
  });

  it("loses no increment of fifty writers at once", async () => {
    await database.transaction((trx) => trx.insertInto("book").values(book("count", 0)).execute());
    const raise = (): Promise<unknown> =>
      database.transaction((trx) =>
        trx
          .updateTable("book")
          .set((eb) => ({ pages: eb("pages", "+", 1) }))
          .where("title", "=", "count")
          .execute(),
      );
    await Promise.all(Array.from({ length: 50 }, raise));
    const query = database.kysely.selectFrom("book").select("pages").where("title", "=", "count");
    expect(await query.executeTakeFirstOrThrow()).toEqual({ pages: 50 });
  });

  it("lets exactly one of many conditional writes win, told by the row count", async () => {
    await database.transaction((trx) => trx.insertInto("book").values(book("once")).execute());
    const take = (): Promise<number> =>
      database.transaction(async (trx) => {
        const query = trx.updateTable("book").set({ is_lent: 1 }).where("title", "=", "once");
        return Number((await query.where("is_lent", "=", 0).executeTakeFirst()).numUpdatedRows);
      });
    const counts = await Promise.all(Array.from({ length: 20 }, take));
    expect(counts.filter((count) => count === 1)).toHaveLength(1);
    expect(counts.filter((count) => count === 0)).toHaveLength(19);
  });

  it("accepts nothing but a rollback after an error inside a transaction", async () => {
    const work = database.transaction(async (trx) => {
      await trx.insertInto("book").values(book("poisoned")).execute();
      await failureOf(
        trx
          .insertInto("shelf")
          .values(book("no such column") as never)
          .execute(),
      );
      await trx.insertInto("book").values(book("poisoned too")).execute();
    });
    await expect(work).rejects.toThrow(/transaction/);
    const swallowed = database.transaction(async (trx) => {
      await trx.insertInto("book").values(book("poisoned")).execute();
      await failureOf(trx.insertInto("book").values(book("poisoned")).execute());
    });
    await expect(swallowed).rejects.toThrow(/transaction/);
    expect(await titles("poisoned")).toEqual([]);
  });

  it("refuses a transaction inside a transaction instead of waiting for itself", async () => {
    const nested = database.transaction(() => database.transaction(() => Promise.resolve()));
    await expect(nested).rejects.toThrow("inside a transaction");
  });

  it("does not write through the handle that reads", async () => {
    const db = database.kysely as Kysely<SampleSchema>;
    const error = await failureOf(db.insertInto("book").values(book("through reader")).execute());
    expect(describeStoreError(error)).toEqual({ kind: "read-only" });
  });

  it("shows one moment to all reads of a snapshot", async () => {
    await database.snapshot(async (read) => {
      const count = (): Promise<unknown> =>
        read
          .selectFrom("book")
          .select((eb) => eb.fn.countAll().as("n"))
          .executeTakeFirst();
      const before = await count();
      await database.transaction((trx) => trx.insertInto("book").values(book("later")).execute());
      expect(await count()).toEqual(before);
    });
    expect(await titles("later")).toEqual(["later"]);
  });

  it("gives numbers, texts, bytes and truth back as they were stored", async () => {
    const row = {
      ...book("values é \u2028 😀", Number.MAX_SAFE_INTEGER),
      weight: 0.1,
      cover: Uint8Array.of(0, 1, 255),
      is_lent: 1,
    };
    await database.transaction((trx) => trx.insertInto("book").values(row).execute());
    const query = database.kysely.selectFrom("book").where("title", "=", row.title);
    const stored = await query
      .select(["title", "pages", "weight", "cover", "is_lent"])
      .select((eb) => [
        eb.fn.countAll().over().as("count"),
        eb.fn.sum("is_lent").over().as("sum"),
        sql<number>`is_lent = 1`.as("is_equal"),
        sql<number>`is_lent + ${3} / 2`.as("half"),
      ])
      .executeTakeFirstOrThrow();
    expect({ ...stored, cover: [...(stored.cover ?? [])] }).toEqual({
      title: row.title,
      pages: row.pages,
      weight: 0.1,
      cover: [0, 1, 255],
      is_lent: 1,
      count: 1,
      sum: 1,
      is_equal: 1,
      half: 2,
    });
  });

  it("refuses what the other engine could not store", async () => {
    const nul = database.transaction((trx) =>
      trx.insertInto("book").values(book("a\0b")).execute(),
    );
    await expect(nul).rejects.toThrow(/U\+0000|invalid byte sequence/);
    const truth = { ...book("truth"), is_lent: true as unknown as number };
    const work = database.transaction((trx) => trx.insertInto("book").values(truth).execute());
    await expect(work).rejects.toThrow(/truth value|invalid input syntax/);
  });

  it("orders texts by their bytes", async () => {
    const names = ["b", "B", "a", "é", "Z", "_", "0", "ä"].map((name) => `order ${name}`);
    const rows = names.map((name) => ["a", name, null]);
    const input = { table: "book", columns: BOOK_COLUMNS, rows };
    expect(await database.transaction((trx) => insertMany(trx, input))).toBe(8);
    const byBytes = names.toSorted((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
    expect(await titles("order")).toEqual(byBytes);
  });

  it("inserts and streams 20,000 rows", async () => {
    const rows = Array.from({ length: 20_000 }, (_, index) => ["a", `many ${index}`, index]);
    await database.transaction(async (trx) => {
      for (let start = 0; start < rows.length; start += 1999) {
        const batch = rows.slice(start, start + 1999);
        const input = { table: "book", columns: BOOK_COLUMNS, rows: batch };
        expect(await insertMany(trx, input)).toBe(batch.length);
      }
    });
    const query = database.kysely.selectFrom("book").select(["title", "pages"]).orderBy("id");
    let index = 0;
    for await (const row of query.where("title", "like", "many%").stream(777)) {
      expect(row).toEqual({ title: `many ${index}`, pages: index });
      index += 1;
    }
    expect(index).toBe(20_000);
  });

  it("counts the rows a bulk insert left out, and fails whole when it may not", async () => {
    const rows = [
      ["a", "twice", 1],
      ["a", "twice", 2],
      ["a", "thrice", 3],
    ];
    const input = { table: "book", columns: BOOK_COLUMNS, rows };
    const failed = await failureOf(database.transaction((trx) => insertMany(trx, input)));
    expect(describeStoreError(failed).kind).toBe("unique-violation");
    expect(await titles("t")).not.toContain("thrice");
    const ignoring = { ...input, onConflict: "ignore" } as const;
    expect(await database.transaction((trx) => insertMany(trx, ignoring))).toBe(2);
  });

  it("names what a unique violation was about", async () => {
    await database.transaction((trx) => trx.insertInto("book").values(book("same")).execute());
    const error = await failureOf(
      database.transaction((trx) => trx.insertInto("book").values(book("same")).execute()),
    );
    expect(describeStoreError(error)).toMatchObject({
      kind: "unique-violation",
      table: "book",
      columns: ["shelf_code", "title"],
    });
  });

  it("enforces references and checks", async () => {
    const orphan = { ...book("orphan"), shelf_code: "nowhere" };
    const odd = { ...book("odd"), is_lent: 2 };
    for (const row of [orphan, odd]) {
      const work = database.transaction((trx) => trx.insertInto("book").values(row).execute());
      expect(describeStoreError(await failureOf(work))).toEqual({ kind: "constraint-violation" });
    }
  });

  it("does a transaction again that was ended because of a deadlock", async () => {
    const names = ["deadlock 1", "deadlock 2"] as const;
    for (const name of names) {
      await database.transaction((trx) => trx.insertInto("book").values(book(name, 0)).execute());
    }
    let arrived = 0;
    let open: () => void = () => undefined;
    const bothHold = new Promise<void>((resolve) => (open = resolve));
    const raise = (trx: Transaction<SampleSchema>, title: string) =>
      trx
        .updateTable("book")
        .set((set) => ({ pages: set("pages", "+", 1) }))
        .where("title", "=", title)
        .execute();
    const inOrder = (first: string, second: string): Promise<unknown> =>
      database.transaction(async (trx) => {
        await raise(trx, first);
        arrived += 1;
        // SQLite lets one writer in at a time, which never waits for another.
        if (arrived >= 2 || database.engine === "sqlite") open();
        await bothHold;
        await raise(trx, second);
      });
    const [one, two] = names;
    await Promise.all([inOrder(one, two), inOrder(two, one)]);
    const rows = database.kysely.selectFrom("book").select("pages").where("title", "in", names);
    expect(await rows.execute()).toEqual([{ pages: 2 }, { pages: 2 }]);
    // Whoever was ended begins again, and may meet the other once more before that one is through.
    const arrivedMin = database.engine === "sqlite" ? 2 : 3;
    expect(arrived).toBeGreaterThanOrEqual(arrivedMin);
  });

  it("does a serializable transaction again until it fits", async () => {
    const add = (): Promise<unknown> =>
      database.transaction(
        async (trx) => {
          const query = trx.selectFrom("book").select((eb) => eb.fn.max("pages").as("top"));
          const { top } = await query.where("title", "like", "chain%").executeTakeFirstOrThrow();
          const next = (top ?? 0) + 1;
          await trx
            .insertInto("book")
            .values(book(`chain ${next}`, next))
            .execute();
        },
        { isolation: "serializable" },
      );
    await Promise.all(Array.from({ length: 4 }, add));
    expect(await titles("chain")).toEqual(["chain 1", "chain 2", "chain 3", "chain 4"]);
  });
});
