// What the library promises on every engine: who sees what, what is found, what deleting leaves.
import { expect, it } from "vitest";
import type { RecordingQuery } from "../../src/api/recordings-api.ts";
import type { Principal } from "../../src/server/accounts/index.ts";
import { readSample } from "../audio/audio-samples.ts";
import { describeEachEngine } from "./engines.ts";
import { BETA_NUMBER, NUMBER, OTHER_NUMBER, SHELL, startRecordings } from "./start-recordings.ts";
import type { StartedRecordings } from "./start-recordings.ts";

const BETA = { account: "beta", number: BETA_NUMBER };
const ABSENT = { code: "recording-not-found", status: 404 };

/** Four of acme on two numbers, a day apart, and one of beta. */
async function fill({ upload }: StartedRecordings) {
  const pcm = readSample("pcm");
  const at = (day: number): string => `2026-03-0${day}T10:00:00.000Z`;
  const add = async (...given: Parameters<typeof upload>) => (await upload(...given)).answer;
  return {
    one: await add(pcm, { name: "Order 100% off", caller: "+49301234567", recordedAt: at(1) }),
    two: await add(pcm, { name: "ÄRGER mit Łódź", caller: "Anonymous", recordedAt: at(2) }),
    three: await add(readSample("minute"), {
      name: "x_y",
      number: OTHER_NUMBER,
      recordedAt: at(3),
    }),
    four: await add(pcm, { name: "x1y", recordedAt: at(4) }),
    beta: await add(pcm, { ...BETA, name: "Order", recordedAt: at(5) }),
  };
}

async function namesOf(
  { library }: StartedRecordings,
  query: RecordingQuery,
  by: Principal = SHELL,
) {
  return (await library.list(by, query)).recordings.map(({ name }) => name);
}

describeEachEngine("the library of recordings", (harness) => {
  it("shows managers what is their accounts', agents what is granted, others nothing", async () => {
    const started = await startRecordings(harness);
    const { one, beta } = await fill(started);
    const { numbers, signIn, library } = started;
    expect(await namesOf(started, {})).toEqual([
      "Order",
      "x1y",
      "x_y",
      "ÄRGER mit Łódź",
      "Order 100% off",
    ]);
    const admin = await signIn("admin", "admin");
    expect(await namesOf(started, {}, admin)).not.toContain("Order");
    const agent = await signIn("agent", "agent", { grants: [numbers.second.id] });
    expect(await namesOf(started, {}, agent)).toEqual(["x_y"]);
    const nobody = await signIn("nobody", "agent");
    expect(await namesOf(started, {}, nobody)).toEqual([]);
    // A grant of somebody who is no member any more gives nothing, whatever is left of it.
    expect(await namesOf(started, {}, { ...agent, memberships: [] })).toEqual([]);

    expect(await library.get(admin, one.id)).toEqual(one);
    const refusals = await Promise.all(
      [
        library.get(admin, beta.id),
        library.get(agent, one.id),
        library.get(nobody, one.id),
        library.get(SHELL, "a".repeat(20)),
        library.findManaged(agent, one.id),
        library.remove(admin, beta.id),
      ].map((attempt) => attempt.catch((error: unknown) => error)),
    );
    for (const refusal of refusals) {
      expect(refusal).toMatchObject(ABSENT);
      expect(refusal).toEqual(refusals[0]);
    }
    const elsewhere = library.list(admin, { account: "beta" });
    await expect(elsewhere).rejects.toMatchObject({ code: "account-not-found", status: 404 });
    expect(await namesOf(started, { account: "acme" }, agent)).toEqual(["x_y"]);
  });

  it("finds by part of number, label, caller or name, whatever the case", async () => {
    const started = await startRecordings(harness);
    await fill(started);
    const found = (query: RecordingQuery) => namesOf(started, query);
    expect(await found({ search: "ärger" })).toEqual(["ÄRGER mit Łódź"]);
    expect(await found({ search: "ŁÓDŹ" })).toEqual(["ÄRGER mit Łódź"]);
    expect(await found({ search: "sALES", account: "acme" })).toHaveLength(3);
    expect(await found({ search: "5550 5678" })).toEqual(["x_y"]);
    expect(await found({ search: "+49 30 12" })).toEqual(["Order", "Order 100% off"]);
    expect(await found({ search: "ANONYM" })).toEqual(["ÄRGER mit Łódź"]);
    // What LIKE would take for a pattern stands for itself.
    expect(await found({ search: "x_y" })).toEqual(["x_y"]);
    expect(await found({ search: "0%" })).toEqual(["Order 100% off"]);
    expect(await found({ search: "\\" })).toEqual([]);
    expect(await found({ search: "\u0000" })).toEqual([]);
    expect(await found({ number: "5678" })).toEqual(["x_y"]);
    expect(await found({ number: "1234567" })).toEqual([]);
    expect(await found({ caller: "30 1234" })).toEqual(["Order 100% off"]);
    expect(await found({ caller: "order" })).toEqual([]);
  });

  it("finds by time and length, both ends included", async () => {
    const started = await startRecordings(harness);
    await fill(started);
    const found = (query: RecordingQuery) => namesOf(started, query);
    const [since, until] = ["2026-03-02T10:00:00Z", "2026-03-03T10:00:00Z"];
    expect(await found({ since, until })).toEqual(["x_y", "ÄRGER mit Łódź"]);
    expect(await found({ since: "2026-03-02T11:00:00+01:00", until })).toHaveLength(2);
    expect(await found({ secondsMin: 60 })).toEqual(["x_y"]);
    expect(await found({ secondsMax: 3, account: "beta" })).toEqual(["Order"]);
    expect(await found({ secondsMin: 4, secondsMax: 59 })).toEqual([]);
  });

  it("goes on page by page, also where several were recorded at one moment", async () => {
    const started = await startRecordings(harness);
    const recordedAt = "2026-03-01T10:00:00Z";
    for (const name of ["a", "b", "c", "d", "e"]) {
      await started.upload(readSample("pcm"), { name, recordedAt });
    }
    const seen: string[] = [];
    let after: string | null = null;
    let pages = 0;
    do {
      const query: RecordingQuery = { limit: 2, ...(after === null ? {} : { after }) };
      const page = await started.library.list(SHELL, query);
      seen.push(...page.recordings.map(({ name }) => name));
      after = page.next;
      pages += 1;
      // What comes meanwhile is newer, and moves nothing.
      if (pages === 1) await started.upload(readSample("pcm"), { name: "new" });
    } while (after !== null);
    expect(pages).toBe(3);
    expect(seen.toSorted()).toEqual(["a", "b", "c", "d", "e"]);
    for (const wrong of ["nonsense", Buffer.from("1 x").toString("base64url")]) {
      const refused = started.library.list(SHELL, { after: wrong });
      await expect(refused).rejects.toMatchObject({ code: "cursor-malformed", status: 400 });
    }
  });

  it("deletes row and blob, and lets nobody in by the link from then on", async () => {
    const started = await startRecordings(harness);
    const { one } = await fill(started);
    const { library, links, journal, signIn } = started;
    expect(await links.find(one.link)).toMatchObject({ id: one.id });
    expect(links.findNow(one.link)).toMatchObject({ id: one.id });
    const admin = await signIn("admin", "admin");
    await library.remove(admin, one.id);
    expect(links.findNow(one.link)).toBeNull();
    expect(await links.find(one.link)).toBeNull();
    await expect(library.get(SHELL, one.id)).rejects.toMatchObject(ABSENT);
    await expect(library.remove(admin, one.id)).rejects.toMatchObject(ABSENT);
    expect(started.blobFiles().filter((key) => key.includes(one.id))).toEqual([]);
    expect(started.blobFiles()).toHaveLength(4);
    const { events } = await journal.listEvents(
      { kind: "recording-deleted" },
      { after: null, limit: 10 },
    );
    expect(events).toHaveLength(1);
    expect(events[0]).toMatchObject({
      account: "acme",
      actor: `admin@example.com (${admin.userId})`,
      detail: { recordingId: one.id, number: NUMBER, sha256: one.sha256 },
    });
  });

  it("forgets in memory what changed, and what was read before it did", async () => {
    const started = await startRecordings(harness);
    const { one } = await fill(started);
    const { accounts, links, numbers } = started;
    expect(await links.find(one.link)).toMatchObject({ isNumberShareable: false });
    const patch = { label: "Support", isShareable: true };
    await accounts.trackingNumbers.change(SHELL, { id: numbers.first.id, patch });
    expect(await links.find(one.link)).toMatchObject({
      isNumberShareable: true,
      numberLabel: "Support",
    });
    links.forget({ link: one.link });
    const reading = links.find(one.link);
    links.forget({ link: one.link });
    expect(await reading).toMatchObject({ id: one.id });
    expect(links.findNow(one.link)).toBeNull();
  });
});

describeEachEngine("recordings whose account goes", (harness) => {
  it("go with it, which says how many; a number that has some stays", async () => {
    const started = await startRecordings(harness);
    const { one, two, four, beta } = await fill(started);
    const { accounts, library, links, numbers } = started;
    const removal = accounts.trackingNumbers.remove(SHELL, numbers.first.id);
    await expect(removal).rejects.toMatchObject({
      code: "number-has-recordings",
      status: 409,
      extra: { members: { recordings: 3 } },
    });
    for (const { id } of [one, two, four]) await library.remove(SHELL, id);
    await accounts.trackingNumbers.remove(SHELL, numbers.first.id);
    expect(await links.find(beta.link)).toMatchObject({ accountCode: "beta" });

    const asked = accounts.deleteAccount({ code: "beta", confirm: undefined, actor: "x" });
    await expect(asked).rejects.toMatchObject({ extra: { members: { recordings: 1 } } });
    await expect(asked).rejects.toThrow("recordings with their files: 1");
    await accounts.deleteAccount({ code: "beta", confirm: "beta", actor: "x" });
    expect(links.findNow(beta.link)).toBeNull();
    expect(await links.find(beta.link)).toBeNull();
    await expect(library.get(SHELL, beta.id)).rejects.toMatchObject(ABSENT);
    await started.sweep.sweep();
    expect(started.blobFiles()).toHaveLength(1);
    expect(await namesOf(started, {})).toEqual(["x_y"]);
  });
});
