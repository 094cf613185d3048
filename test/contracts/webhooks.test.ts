// What webhooks promise on every engine: signed, in order, again with the same id, none unbounded.
import { expect, it } from "vitest";
import { sql } from "kysely";
import type { EventGroup } from "../../src/api/journal-api.ts";
import { WEBHOOK_BOUNDS } from "../../src/api/webhook-api.ts";
import { createKeyRing } from "../../src/platform/crypto/key-ring.ts";
import { newMasterKey, readMasterKey } from "../../src/platform/crypto/master-key-text.ts";
import { resealSecret, SEALED_TABLE_LIST } from "../../src/server/identity/keys/sealed-rows.ts";
import { webhookSecretRow } from "../../src/server/journal/index.ts";
import { claimDeliveries, CLAIM_MS } from "../../src/server/journal/sending/delivery-store.ts";
import { createEventQueue } from "../../src/server/journal/sending/event-queue.ts";
import { completeEvent } from "../../src/server/journal/record-event.ts";
import type { NewEvent } from "../../src/server/journal/record-event.ts";
import { TEST_MASTER_KEY } from "../identity/test-key-ring.ts";
import { signatureOf, startReceiver } from "../sending/start-receiver.ts";
import { HOST_SHELL, startSending } from "../sending/start-sending.ts";
import { describeEachEngine } from "./engines.ts";
import type { EngineHarness } from "./engines.ts";
import { createStandingClock, openStore } from "./open-store.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

async function setUp(harness: EngineHarness, groups: readonly EventGroup[] = ["bans", "alarms"]) {
  const node = startSending(await openStore(harness));
  const receiver = await startReceiver();
  const body = { name: "SIEM", url: receiver.url, groups: [...groups] };
  const { id, secret } = await node.sending.create(HOST_SHELL, body);
  await node.flush();

  async function happen(...reasons: readonly string[]): Promise<readonly string[]> {
    const ids: string[] = [];
    for (const reason of reasons) {
      node.clock.advance(1);
      const event = { kind: "ban", atMs: node.clock.nowMs(), reason } as const;
      ids.push(await node.journal.recordEventAlone(event));
    }
    return ids;
  }

  const reasons = () => receiver.got.map(({ json }) => json.data["reason"]);
  return {
    ...node,
    receiver,
    id,
    secret,
    happen,
    reasons,
    read: () => node.sending.read(HOST_SHELL, id),
  };
}

describeEachEngine("webhooks", (harness) => {
  it("get the events of their groups, each once, in order and signed", async () => {
    const node = await setUp(harness);
    const ids = await node.happen("first", "second", "third");
    await node.journal.recordEventAlone({ kind: "sign-out", atMs: node.clock.nowMs() });
    await node.flush();
    await node.flush();
    const { got } = node.receiver;
    expect(got.map(({ id }) => id)).toEqual(ids);
    expect(node.reasons()).toEqual(["first", "second", "third"]);
    const [message] = got;
    expect(message).toMatchObject({
      contentType: "application/json",
      atSeconds: Math.floor(node.clock.nowMs() / 1000),
      json: {
        type: "bans.ban",
        timestamp: new Date(node.clock.nowMs() - 2).toISOString(),
        data: { id: ids[0], kind: "ban", owner: "platform", count: 1, address: null },
      },
    });
    expect(got.map(({ signature }) => signature)).toEqual(
      got.map((one) => signatureOf(node.secret, one)),
    );
    const state = { state: "sending", waiting: 0, lost: 0, failures: 0, fault: null };
    expect(await node.read()).toMatchObject(state);
    expect(node.errors).toEqual([]);
  });

  it("hear of a decision once, however far it is counted", async () => {
    const node = await setUp(harness, ["refusals"]);
    function refuse(): string {
      return node.journal.recordDecision({
        atMs: node.clock.nowMs(),
        client: { family: 4, w0: 0, w1: 0, w2: 0xffff, w3: 0xcb007107 },
        surface: "portal",
        account: "acme",
        country: "NL",
        verdict: "refuse",
        status: 403,
        reason: "on-deny-list",
        owner: "platform",
        ruleId: 7,
        describe: () => ({ address: "203.0.113.7", steps: [], detail: {} }),
      });
    }
    const id = refuse();
    refuse();
    await node.flush();
    node.clock.advance(11_000);
    refuse();
    await node.flush();
    expect(node.receiver.got.map(({ id: of, json }) => [of, json.data["count"]])).toEqual([
      [id, 2],
    ]);
    expect(node.receiver.got[0]?.json.type).toBe("refusals.decision");
  });

  it("that fail are tried again with pauses, with the same id and in the same order", async () => {
    const node = await setUp(harness);
    node.receiver.answers(() => 500);
    const ids = await node.happen("first", "second");
    await node.flush();
    await node.flush();
    const failedAtMs = node.clock.nowMs();
    expect(node.receiver.got.map(({ id }) => id)).toEqual([ids[0]]);
    expect(await node.read()).toMatchObject({
      state: "paused",
      waiting: 2,
      failures: 1,
      fault: "the receiver answered with status 500",
      failingSince: new Date(failedAtMs).toISOString(),
      nextAttemptAt: new Date(failedAtMs + 10_000).toISOString(),
    });
    expect(await node.sending.judge()).toMatchObject({ failing: ["SIEM"], off: [], waiting: 2 });
    // Whoever looked before it failed, on this node or another, gets none of them either.
    const claim = { webhookId: node.id, nowMs: failedAtMs, limit: 20 };
    const claimed = node.database.transaction((trx) => claimDeliveries(trx, claim));
    expect(await claimed).toEqual([]);
    node.receiver.answers(() => 200);
    node.clock.advance(9_999);
    await node.flush();
    expect(node.receiver.got).toHaveLength(1);
    node.clock.advance(1);
    await node.flush();
    expect(node.receiver.got.map(({ id }) => id)).toEqual([ids[0], ...ids]);
    const [first, again] = node.receiver.got;
    expect(again?.text).toBe(first?.text);
    expect(again?.signature).toBe(signatureOf(node.secret, again!));
    expect(again?.signature).not.toBe(first?.signature);
    expect(await node.read()).toMatchObject({ state: "sending", waiting: 0, failures: 0, lost: 0 });
  });

  it("do not wait for ever for one message that is never taken", async () => {
    const node = await setUp(harness);
    node.receiver.answers(({ json }) => (json.data["reason"] === "poison" ? 400 : 204));
    await node.happen("poison", "other");
    for (let turn = 0; turn < 12; turn += 1) {
      await node.flush();
      node.clock.advance(5 * MINUTE_MS);
    }
    const { got } = node.receiver;
    expect(got.filter(({ json }) => json.data["reason"] === "other")).toHaveLength(1);
    expect(await node.read()).toMatchObject({ waiting: 1 });
  });

  it("give a message up after a day, and are switched off after three, with an alarm", async () => {
    const node = await setUp(harness);
    node.receiver.answers(() => 503);
    await node.happen("first");
    for (const hours of [8, 8, 7, 1]) {
      await node.flush();
      expect(await node.read()).toMatchObject({ waiting: 1, lost: 0 });
      node.clock.advance(hours * HOUR_MS);
    }
    await node.flush();
    expect(await node.read()).toMatchObject({ state: "paused", waiting: 0, lost: 1 });
    for (const hours of [24, 24]) {
      expect(await node.read()).toMatchObject({ state: "paused" });
      node.clock.advance(hours * HOUR_MS);
      await node.happen("later");
      await node.flush();
    }
    const off = await node.read();
    expect(off).toMatchObject({ state: "off", isOn: false, waiting: 0 });
    expect(off.fault).toBe(
      "switched off, as it has failed for three days: the receiver answered with status 503",
    );
    expect(node.alarms()).toBe(1);
    const { events } = await node.journal.listEvents({ kind: "alarm" }, { after: null, limit: 9 });
    expect(events).toMatchObject([
      { reason: "webhook-switched-off", detail: { webhook: node.id } },
    ]);
    expect(await node.sending.judge()).toMatchObject({ off: ["SIEM"], failing: [] });
    node.receiver.answers(() => 200);
    await node.sending.change(HOST_SHELL, node.id, { isOn: true });
    await node.happen("at last");
    await node.flush();
    expect(node.reasons().at(-1)).toBe("at last");
  });

  it.each([
    ["wants no more", 410, "off", /^switched off, as the receiver said .*410/],
    ["leads elsewhere", 302, "paused", /redirect, and none is followed/],
  ])("whose receiver %s are told so", async (_words, status, state, fault) => {
    const node = await setUp(harness);
    node.receiver.answers(() => status);
    await node.happen("first");
    await node.flush();
    const told = await node.read();
    expect([told.state, told.fault]).toEqual([state, expect.stringMatching(fault)]);
    expect(node.receiver.got).toHaveLength(1);
  });

  it("are asked once for each event when two nodes share the store", async () => {
    const clock = createStandingClock();
    const database = await openStore(harness);
    const [one, other] = [startSending(database, { clock }), startSending(database, { clock })];
    const receiver = await startReceiver();
    const body = { name: "SIEM", url: receiver.url, groups: ["bans" as const] };
    await one.sending.create(HOST_SHELL, body);
    const ids: string[] = [];
    for (let count = 0; count < 30; count += 1) {
      const event = { kind: "ban", atMs: clock.nowMs() + count } as const;
      ids.push(await (count % 2 === 0 ? one : other).journal.recordEventAlone(event));
    }
    await Promise.all([one.journal.flush(), other.journal.flush()]);
    for (let turn = 0; turn < 3; turn += 1) {
      await Promise.all([one.sending.flush(), other.sending.flush()]);
    }
    expect(receiver.got.map(({ id }) => id).toSorted()).toEqual(ids.toSorted());
    expect([...one.errors, ...other.errors]).toEqual([]);
  });

  it("get what a node has claimed that died, after its claim", async () => {
    const node = await setUp(harness);
    node.receiver.answers(() => 500);
    const [id] = await node.happen("first");
    await node.flush();
    node.clock.advance(10_000);
    node.receiver.answers(() => 200);
    const claim = { webhookId: node.id, nowMs: node.clock.nowMs(), limit: 20 };
    const claimed = await node.database.transaction((trx) => claimDeliveries(trx, claim));
    expect(claimed).toMatchObject([{ messageId: id, attempts: 2 }]);
    node.clock.advance(CLAIM_MS - 1);
    await node.flush();
    expect(node.receiver.got).toHaveLength(1);
    node.clock.advance(1);
    await node.flush();
    expect(node.receiver.got.map((message) => message.id)).toEqual([id, id]);
  });

  it("have a bounded number of events waiting, and count the rest", async () => {
    const node = await setUp(harness);
    node.receiver.answers(() => 500);
    await node.happen("first");
    await node.flush();
    const queue = createEventQueue(node.database);
    const event: NewEvent = { kind: "ban", atMs: node.clock.nowMs() };
    const many = Array.from({ length: WEBHOOK_BOUNDS.waiting }, () => completeEvent(event));
    queue.add([...many, completeEvent(event)]);
    expect(queue.lost(), "held in memory").toBe(1);
    await queue.store();
    expect(await node.read()).toMatchObject({ waiting: WEBHOOK_BOUNDS.waiting, lost: 1 });
    const off = await node.sending.change(HOST_SHELL, node.id, { isOn: false });
    expect(off).toMatchObject({ state: "off", waiting: 0, lost: WEBHOOK_BOUNDS.waiting + 1 });
    await node.happen("while it is off");
    await node.flush();
    expect(await node.read()).toMatchObject({ waiting: 0, lost: WEBHOOK_BOUNDS.waiting + 1 });
  });

  it("have a secret that no table has in clear, and lose it for a new one", async () => {
    const node = await setUp(harness);
    const { rows } = await sql`select * from journal_webhook`.execute(node.database.kysely);
    expect(JSON.stringify(rows)).not.toContain(node.secret.slice(6, 40));
    expect(node.secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
    const sealed = String((rows[0] as Readonly<Record<string, unknown>>)["sealed_secret"]);
    const table = SEALED_TABLE_LIST.find(({ name }) => name === "journal_webhook")!;
    const rotated = createKeyRing([newMasterKey(), readMasterKey(TEST_MASTER_KEY)!]);
    const held = await node.database.transaction(async (trx) => {
      const outcome = await resealSecret(trx, rotated, { table, rowId: node.id, sealed });
      return { outcome, opened: rotated.open(sealed, webhookSecretRow(node.id)) };
    });
    expect(held).toEqual({
      outcome: "resealed",
      opened: { ok: true, plain: Buffer.from(node.secret) },
    });
    expect(await node.sending.test(node.id)).toMatchObject({
      isGood: false,
      fault: expect.stringContaining("sealed with a master key that is not here"),
    });
    const { secret } = await node.sending.renewSecret(HOST_SHELL, node.id);
    expect(secret).not.toBe(node.secret);
    expect(await node.sending.test(node.id)).toMatchObject({ isGood: true, status: 204 });
    expect(node.receiver.got).toHaveLength(1);
    const [message] = node.receiver.got;
    expect(message?.json).toMatchObject({ type: "test", data: { webhook: "SIEM" } });
    expect(message?.signature).toBe(signatureOf(secret, message!));
  });
});
