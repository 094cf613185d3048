// What mails about missed calls promise on every engine: to whom they go, and with what.
import { expect, it } from "vitest";
import { queueMissedCallMails } from "../../src/server/identity/index.ts";
import { addUser } from "../mail/add-user.ts";
import type { AddedUser } from "../mail/add-user.ts";
import { PUBLIC_URL, startMails } from "../mail/start-mails.ts";
import type { StartedMails } from "../mail/start-mails.ts";
import { describeEachEngine } from "./engines.ts";

const URL = `${PUBLIC_URL}/postern/recordings/3kqYV0bBv2wJ9n4hXr8ZsQ`;
const RECORDING = {
  number: "+61255501234",
  label: "Sales",
  caller: "+61491570156",
  recordedAtMs: Date.UTC(2027, 2, 14, 9, 5),
  durationMs: 42_300,
  url: URL,
};

function queueFor(node: StartedMails, users: readonly AddedUser[]): Promise<readonly string[]> {
  const call = {
    recording: RECORDING,
    users: users.map(({ id, email }) => ({ userId: id, email })),
    nowMs: node.clock.nowMs(),
  };
  return node.database.transaction((trx) => queueMissedCallMails(trx, call));
}

describeEachEngine("mails about a missed call", (harness) => {
  it("go to each user once, with the link and without audio", async () => {
    const node = await startMails(harness);
    const ada = await addUser(node.database, "ada@example.com");
    const grace = await addUser(node.database, "grace@example.com");
    expect(await queueFor(node, [ada, grace])).toHaveLength(2);
    await node.mails.flush();
    const to = node.server.taken.map((mail) => mail.to.join());
    expect(to.toSorted()).toEqual(["ada@example.com", "grace@example.com"]);
    const { parsed } = node.server.taken[0]!;
    expect(parsed.subject).toBe("Missed call on +61255501234");
    expect(parsed.text).toContain(`Listen to the recording:\n${URL}\n`);
    expect(parsed.text).toContain("Caller: +61491570156\nRecorded: 14 March 2027, 09:05 UTC");
    expect(parsed.attachments).toEqual([]);
  });

  it("go to nobody who is disabled, or is no user any more", async () => {
    const node = await startMails(harness);
    const ada = await addUser(node.database, "ada@example.com");
    const grace = await addUser(node.database, "grace@example.com", { isDisabled: true });
    const ids = await queueFor(node, [{ id: "gone", email: "gone@example.com" }, grace, ada]);
    expect(ids).toHaveLength(1);
    await node.mails.flush();
    expect(node.server.taken.map(({ to }) => to)).toEqual([["ada@example.com"]]);
    expect(node.server.offered).toHaveLength(1);
  });

  it.each([
    ["is disabled", { is_disabled: 1 }, "the user is disabled"],
    ["has another address", { email: "new@example.com" }, "another e-mail address"],
  ])("go to nobody who %s before they are sent", async (_title, change, words) => {
    const node = await startMails(harness);
    const ada = await addUser(node.database, "ada@example.com");
    const [id] = await queueFor(node, [ada]);
    await node.database.transaction((trx) =>
      trx.updateTable("accounts_user").set(change).execute(),
    );
    await node.mails.flush();
    expect(node.server.offered).toEqual([]);
    expect((await node.rowOf(id!))?.last_error).toContain(words);
  });

  it("are kept with the recording or not at all", async () => {
    const node = await startMails(harness);
    const ada = await addUser(node.database, "ada@example.com");
    const call = { recording: RECORDING, users: [{ userId: ada.id, email: ada.email }], nowMs: 0 };
    const overtaken = node.database.transaction(async (trx) => {
      await queueMissedCallMails(trx, call);
      throw new Error("the recording was not kept");
    });
    await expect(overtaken).rejects.toThrow("not kept");
    await node.mails.flush();
    expect(node.server.offered).toEqual([]);
  });

  it("leave a link to choose a password that waits alone", async () => {
    const node = await startMails(harness);
    const ada = await addUser(node.database, "ada@example.com");
    await node.queueReset(ada);
    await queueFor(node, [ada]);
    await node.mails.flush();
    const subjects = new Set(node.server.taken.map(({ parsed }) => parsed.subject));
    expect(subjects).toEqual(
      new Set(["Choose a new password for Example Portal", "Missed call on +61255501234"]),
    );
  });
});
