// Attacks on asking for a reset: whom it tells about, what it changes, whom it mails.
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { useEngine } from "../contracts/engines.ts";
import { addUser } from "../mail/add-user.ts";
import { startMailApi } from "../mail/start-mail-api.ts";
import type { MailApiAnswer, RunningMailApi } from "../mail/start-mail-api.ts";
import { tokenIn } from "../mail/start-mail-server.ts";
import { placeAt, startMails } from "../mail/start-mails.ts";

const PATH = "/api/v1/password-reset-requests";

const harness = useEngine("sqlite");
let api: RunningMailApi;
let clients = 0;
beforeAll(async () => {
  api = await startMailApi(harness);
});
beforeEach(async () => {
  await api.mails.flush();
  await api.database.transaction(async (trx) => {
    await trx.deleteFrom("accounts_user").execute();
    await trx.deleteFrom("identity_password").execute();
    await trx.deleteFrom("identity_mail").execute();
    await trx.deleteFrom("identity_reset").execute();
    await trx.deleteFrom("identity_reset_throttle").execute();
  });
  for (const list of [api.server.taken, api.server.offered, api.events, api.logLines]) {
    list.length = 0;
  }
});

/** Each from a client of its own, so that only what is tested bounds it. */
function askFor(email: unknown, headers: Record<string, string> = {}): Promise<MailApiAnswer> {
  clients += 1;
  const client = `198.51.${100 + (clients >> 8)}.${clients & 255}`;
  return api.ask("POST", PATH, { body: { email }, headers: { "x-client": client, ...headers } });
}

function shapeOf({ status, headers, text }: MailApiAnswer) {
  const { date: _date, ...others } = headers;
  return { status, text, others };
}

describe("row 67: asking for a reset tells nobody who has an account", () => {
  it("gives the same answer for users, locked, disabled and unknown ones", async () => {
    await addUser(api.database, "ada@example.com");
    await addUser(api.database, "grace@example.com", { isDisabled: true });
    await addUser(api.database, "new@example.com", { hasPassword: false });
    const known = shapeOf(await askFor("ada@example.com"));
    expect([known.status, known.text]).toEqual([202, '{"accepted":true}']);
    for (const email of ["grace@example.com", "new@example.com", "nobody@example.com"]) {
      expect(shapeOf(await askFor(email))).toEqual(known);
    }
  });

  it("asks the store the same for everybody: one row, and nothing about users", async () => {
    const node = await startMails(harness);
    await addUser(node.database, "ada@example.com");
    // Nobody works at the queue: what the request itself did is all there is.
    await node.mails.close();
    for (const emailKey of ["ada@example.com", "nobody@example.com"]) {
      await node.mails.askForReset({ emailKey, place: placeAt("203.0.113.9") });
    }
    const rows = await node.database.kysely
      .selectFrom("identity_reset_request")
      .select("email_key")
      .execute();
    expect(rows.map((row) => row.email_key).toSorted()).toEqual([
      "ada@example.com",
      "nobody@example.com",
    ]);
    const links = await node.database.kysely.selectFrom("identity_reset").selectAll().execute();
    expect([links, (await node.mails.list()).mails]).toEqual([[], []]);
  });
});

describe("row 78: tokens are nowhere but in the mail", () => {
  it("neither in the log nor in any answer", async () => {
    await addUser(api.database, "ada@example.com");
    const asked = await askFor("ada@example.com");
    await api.mails.flush();
    const token = tokenIn(api.server.taken[0]?.parsed.text ?? "");
    const listed = await api.ask("GET", "/api/v1/mails", { as: "host shell" });
    expect(listed.json.mails).toHaveLength(1);
    expect(api.events.map(({ kind }) => kind)).toEqual(["password-reset-sent"]);
    const told = [asked.text, listed.text, ...api.logLines].join("\n");
    expect(told).not.toContain(token);
    expect(JSON.stringify(api.events)).not.toContain(token);
  });
});

describe("row 86: another site cannot ask", () => {
  it.each([
    ["a foreign Origin", { origin: "https://evil.example.com" }],
    ["the Origin null", { origin: "null" }],
    ["Sec-Fetch-Site", { "sec-fetch-site": "cross-site" }],
    ["a cookie of ours and no word of where from", { cookie: "__Host-postern-session=x" }],
  ])("told by %s", async (_by, headers) => {
    await addUser(api.database, "ada@example.com");
    const answer = await askFor("ada@example.com", headers);
    expect([answer.status, answer.json.code]).toEqual([403, "cross-site-refused"]);
    await api.mails.flush();
    expect(api.server.offered).toEqual([]);
  });

  it("and a form's body is none", async () => {
    const rawBody = JSON.stringify({ email: "ada@example.com" });
    const headers = { "content-type": "text/plain" };
    const answer = await api.ask("POST", PATH, { rawBody, headers });
    expect(answer.status).toBe(415);
  });
});

describe("row 122: links lead where the configuration says", () => {
  it("whatever Host the request had (CWE-640)", async () => {
    await addUser(api.database, "ada@example.com");
    const forged = { host: "evil.example.com", "x-forwarded-host": "evil.example.com" };
    await askFor("ada@example.com", forged);
    await api.mails.flush();
    const { raw, parsed } = api.server.taken[0]!;
    expect(raw).not.toContain("evil");
    const html = parsed.html === false ? "" : parsed.html;
    const token = tokenIn(parsed.text ?? "");
    const url = `https://portal.example.com/postern/reset-password#token=${token}`;
    expect(parsed.text).toContain(url);
    expect(html).toContain(`href="${url}"`);
  });
});

describe("row 124: a hundred requests for a victim", () => {
  it("send five mails, whoever asks, and the newest link works", async () => {
    await addUser(api.database, "ada@example.com");
    const statuses = new Set<number>();
    for (let count = 0; count < 100; count += 1) {
      statuses.add((await askFor("ada@example.com")).status);
      await api.mails.flush();
    }
    expect([...statuses]).toEqual([202]);
    expect(api.server.taken).toHaveLength(5);
    const tokens = api.server.taken.map(({ parsed }) => tokenIn(parsed.text ?? ""));
    const live = await Promise.all(tokens.map(api.isLive));
    expect(live).toEqual([false, false, false, false, true]);
  });

  it("from one client are refused from the sixth on, and say when to come back", async () => {
    const headers = { "x-client": "2001:db8:9:9::1" };
    for (let count = 0; count < 5; count += 1) {
      expect((await askFor(`u${count}@example.com`, headers)).status).toBe(202);
    }
    api.clock.advance(60_000);
    const refused = await askFor("u5@example.com", { "x-client": "2001:db8:9:9:ffff::2" });
    expect(refused.status).toBe(429);
    expect(refused.headers["retry-after"]).toBe("540");
    expect(refused.json).toMatchObject({ code: "reset-too-often", retryAfterSeconds: 540 });
    expect(refused.json.detail).toContain("Five requests within ten minutes");
  });
});

describe("row 126: mail injection", () => {
  it.each([
    ["a second header", "ada@example.com\r\nBcc: eve@example.com"],
    ["a line feed alone", "ada@example.com\nBcc: eve@example.com"],
    ["NUL", "ada\u0000@example.com"],
    ["two addresses", "ada@example.com,eve@example.com"],
    ["two addresses with a space", "ada@example.com eve@example.com"],
    ["a name with an address", "Ada <ada@example.com>"],
    ["a quoted local part", '"ada\\r\\nBcc: eve"@example.com'],
    ["a comment", "ada(comment)@example.com"],
    ["an address literal", "ada@[127.0.0.1]"],
    ["two @", "ada@example.com@evil.example.com"],
    ["letters that fold to others (CVE-2019-19844)", "adı@example.com"],
    ["254 characters and more", `${"a".repeat(250)}@example.com`],
    ["10 KB", `${"a".repeat(10_240)}@example.com`],
    ["a list", ["ada@example.com", "eve@example.com"]],
    ["a document", { address: "ada@example.com" }],
    ["nothing", ""],
  ])("%s is refused with what is accepted", async (_what, email) => {
    await addUser(api.database, "ada@example.com");
    const answer = await askFor(email);
    expect(answer.status).toBe(400);
    expect(answer.json.errors[0].path).toBe("/email");
    expect(answer.json.errors[0].message).not.toBe("");
    await api.mails.flush();
    expect(api.server.offered).toEqual([]);
  });

  it.each([
    ["another case", "Ada@EXAMPLE.com", "ada@example.com", "ada@example.com"],
    ["plus and dots", "a.b+c@example.com", "a.b+c@example.com", "a.b+c@example.com"],
    ["an IDN", "ada@Bücher.example", "ada@bücher.example", "ada@xn--bcher-kva.example"],
    [
      "an IDN in ASCII",
      "ada@xn--bcher-kva.example",
      "ada@bücher.example",
      "ada@xn--bcher-kva.example",
    ],
    ["full-width letters", "ada@ｅxample.com", "ada@example.com", "ada@example.com"],
  ])("%s reaches the one recipient who is stored", async (...row) => {
    const [, asked, stored, sent] = row;
    await addUser(api.database, stored);
    expect((await askFor(asked)).status).toBe(202);
    await api.mails.flush();
    // The server of the test shows the envelope's domain as people read it.
    expect(api.server.taken.map(({ to }) => to)).toEqual([[stored]]);
    const { raw, parsed } = api.server.taken[0]!;
    expect(raw.match(/^(To|Cc|Bcc): .*$/gim)).toEqual([`To: ${sent}`]);
    expect([parsed.cc, parsed.bcc]).toEqual([undefined, undefined]);
    const header = Array.isArray(parsed.to) ? null : parsed.to?.value;
    expect(header).toHaveLength(1);
  });
});
