// Mails on their way: servers of every temper, the outbox, operators' eyes, and kill -9.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { simpleParser } from "mailparser";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { SCOPES } from "../../src/api/scopes.ts";
import { parseSmtpUrl } from "../../src/platform/config-parsers.ts";
import { createMailer } from "../../src/platform/mail/create-mailer.ts";
import type { MailMessage } from "../../src/platform/mail/mail-message.ts";
import { CLAIM_MS } from "../../src/server/identity/mail/mail-store.ts";
import { queueMail } from "../../src/server/identity/mail/queue-mail.ts";
import type { Schema } from "../../src/server/migrations/schema.ts";
import { useEngine } from "../contracts/engines.ts";
import { createStandingClock, openStore } from "../contracts/open-store.ts";
import { addUser } from "../mail/add-user.ts";
import { startMailApi } from "../mail/start-mail-api.ts";
import type { RunningMailApi } from "../mail/start-mail-api.ts";
import { startMailServer, tokenIn, tokenInRaw } from "../mail/start-mail-server.ts";
import type { MailServer } from "../mail/start-mail-server.ts";
import { startMails } from "../mail/start-mails.ts";

const harness = useEngine("sqlite");

const MESSAGE: MailMessage = {
  id: "abcdefghijklmnopqrst",
  to: "ada@example.com",
  subject: "Überall — a test",
  text: "Grüße\n.\nfrom here\n",
  html: "<p>Grüße</p>",
  atMs: Date.UTC(2027, 2, 14, 9, 5),
};

const FROM = { name: "Example, Portal", address: "postern@example.com" };

function mailerFor(url: string | null, dataDir = "/nowhere") {
  const smtp = url === null ? { ok: true as const, value: null } : parseSmtpUrl(url);
  if (!smtp.ok) throw new Error(url ?? "");
  return createMailer({ smtp: smtp.value, from: FROM, dataDir });
}

describe("by SMTP", () => {
  let server: MailServer;
  beforeAll(async () => {
    server = await startMailServer();
  });
  afterAll(() => server.close());

  it("a mail arrives as it was written, for one recipient", async () => {
    expect(await mailerFor(server.url).send(MESSAGE)).toEqual({ kind: "sent" });
    const [mail] = server.taken;
    expect([mail?.from, mail?.to]).toEqual(["postern@example.com", ["ada@example.com"]]);
    expect(mail?.parsed).toMatchObject({ subject: MESSAGE.subject, html: MESSAGE.html });
    expect(mail?.parsed.text?.trimEnd()).toBe(MESSAGE.text.trimEnd());
    expect(mail?.parsed.date?.getTime()).toBe(MESSAGE.atMs);
    expect(mail?.parsed.from?.value).toEqual([{ name: FROM.name, address: FROM.address }]);
    expect(mail?.parsed.headers.get("auto-submitted")).toBe("auto-generated");
  });

  it.each([
    ["recipient", 550, "permanent-failure"],
    ["recipient", 450, "temporary-failure"],
    ["recipient", 421, "temporary-failure"],
    ["text", 554, "permanent-failure"],
    ["text", 451, "temporary-failure"],
    ["text", 421, "temporary-failure"],
    // About whom mails are from: an operator can put it right.
    ["sender", 553, "temporary-failure"],
  ] as const)("a %s answered with %i is a %s", async (at, code, kind) => {
    server.behave({ refuse: { at, code, words: "as the server says" } });
    const outcome = await mailerFor(server.url).send(MESSAGE);
    server.behave({});
    expect(outcome.kind).toBe(kind);
    if (code !== 421)
      expect(outcome).toMatchObject({ error: expect.stringContaining(String(code)) });
  });

  it("what a server repeats is told without secrets, in one short line (row 78)", async () => {
    const token = "Ab-_".repeat(10) + "xyz";
    const words = `rejected https://x/postern/reset-password#token=${token} ${"long ".repeat(100)}`;
    server.behave({ refuse: { at: "text", code: 554, words } });
    const outcome = await mailerFor(server.url).send(MESSAGE);
    server.behave({});
    const error = outcome.kind === "sent" ? "" : outcome.error;
    expect(error).toContain("rejected https://x/postern/reset-password#[secret]");
    expect(error).not.toContain(token);
    expect(error).not.toMatch(/[\r\n]/);
    expect(error.length).toBeLessThanOrEqual(201);
  });

  it("a server that is down or cannot be found is a temporary failure", async () => {
    const down = await startMailServer();
    await down.close();
    for (const url of [down.url, "smtp://mail.invalid:25"]) {
      expect(await mailerFor(url).send(MESSAGE)).toMatchObject({ kind: "temporary-failure" });
    }
  });

  it("a server that never greets is given up when told to stop", async () => {
    const silent = createServer(() => undefined).listen(0, "127.0.0.1");
    await once(silent, "listening");
    const { port } = silent.address() as { port: number };
    const stop = AbortSignal.timeout(300);
    const outcome = await mailerFor(`smtp://127.0.0.1:${port}`).send(MESSAGE, stop);
    expect(outcome).toEqual({
      kind: "temporary-failure",
      error: "the mail was not sent in time and was cut off",
    });
    silent.close();
  });

  it("a wrong password is a temporary failure and is not told (row 78)", async () => {
    const strict = await startMailServer({
      authOptional: false,
      allowInsecureAuth: true,
      onAuth: ({ username, password }, _session, done) => {
        if (password === "right-passw0rd") return done(null, { user: username });
        done(Object.assign(new Error(`no: ${password}`), { responseCode: 535 }));
      },
    });
    const at = (password: string) => mailerFor(`smtp://ada:${password}@127.0.0.1:${strict.port}`);
    const wrong = await at("s3cr3t").send(MESSAGE);
    expect(wrong.kind).toBe("temporary-failure");
    expect(JSON.stringify(wrong)).not.toContain("s3cr3t");
    expect(await at("right-passw0rd").send(MESSAGE)).toEqual({ kind: "sent" });
    await strict.close();
  });

  it("smtps is never plain, and a certificate nobody vouches for is refused", async () => {
    const plain = await mailerFor(server.url.replace("smtp:", "smtps:")).send(MESSAGE);
    expect(plain.kind).toBe("temporary-failure");
    const secure = await startMailServer({ secure: true });
    const before = secure.offered.length;
    const outcome = await mailerFor(`smtps://127.0.0.1:${secure.port}`).send(MESSAGE);
    expect(outcome.kind).toBe("temporary-failure");
    expect(secure.offered).toHaveLength(before);
    await secure.close();
  });

  it.each([
    { ...MESSAGE, to: "ada@example.com\r\nRCPT TO:<eve@example.com>" },
    { ...MESSAGE, to: "ada@example.com\n" },
    { ...MESSAGE, to: "eve@example.com,ada@example.com" },
    { ...MESSAGE, to: "Eve <eve@example.com>" },
    { ...MESSAGE, to: '"a b"@example.com' },
    { ...MESSAGE, to: "ada@" },
    { ...MESSAGE, subject: "hello\r\nBcc: eve@example.com" },
    { ...MESSAGE, subject: "hello\u2028Bcc: eve@example.com" },
  ])("more than one line or recipient is a mistake of ours (row 126): %j", async (message) => {
    const before = server.offered.length;
    await expect(mailerFor(server.url).send(message)).rejects.toThrow(/^a mail('s|) /);
    expect(server.offered).toHaveLength(before);
  });
});

describe("into the outbox", () => {
  const directory = mkdtempSync(join(tmpdir(), "postern-"));
  afterAll(() => rmSync(directory, { recursive: true, force: true }));
  const path = join(directory, "outbox", `${MESSAGE.id}.eml`);
  const textPath = join(directory, "outbox", `${MESSAGE.id}.txt`);

  it("a mail is a complete file that only this user reads", async () => {
    const mailer = mailerFor(null, directory);
    expect([mailer.transport, mailer.outboxDirectory]).toEqual([
      "outbox",
      join(directory, "outbox"),
    ]);
    expect(await mailer.send(MESSAGE)).toEqual({ kind: "sent" });
    const names = [`${MESSAGE.id}.eml`, `${MESSAGE.id}.txt`];
    expect(readdirSync(join(directory, "outbox")).toSorted()).toEqual(names);
    for (const file of [path, textPath]) expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(statSync(join(directory, "outbox")).mode & 0o777).toBe(0o700);
    const parsed = await simpleParser(readFileSync(path));
    expect(parsed).toMatchObject({ subject: MESSAGE.subject, html: MESSAGE.html });
    expect(parsed.text?.trimEnd()).toBe(MESSAGE.text.trimEnd());
  });

  it("beside it lies the text as it is, with links that can be copied", async () => {
    const link = `https://portal.example.com/postern/reset-password#token=${"a=".repeat(60)}`;
    const text = `Grüße!\n\n${link}\n`;
    await mailerFor(null, directory).send({ ...MESSAGE, text });
    expect(readFileSync(path, "utf8"), "cut into lines, with = as =3D").not.toContain(link);
    expect(readFileSync(textPath, "utf8")).toBe(
      `To: ${MESSAGE.to}\nSubject: ${MESSAGE.subject}\n\n${text}`,
    );
  });

  it("a mail that is sent again takes the place of its files", async () => {
    await mailerFor(null, directory).send({ ...MESSAGE, text: "again" });
    expect(readdirSync(join(directory, "outbox"))).toHaveLength(2);
    expect(readFileSync(textPath, "utf8")).toMatch(/\n\nagain$/);
    expect((await simpleParser(readFileSync(path))).text?.trim()).toBe("again");
  });

  it("that cannot be written is a temporary failure", async () => {
    const file = join(directory, "a-file");
    writeFileSync(file, "");
    const outcome = await mailerFor(null, file).send(MESSAGE);
    expect(outcome).toEqual({
      kind: "temporary-failure",
      error: "the outbox cannot be written: ENOTDIR",
    });
  });
});

describe("a mail that cannot be composed", () => {
  it("fails at once and is told, in place of being tried for ever", async () => {
    const node = await startMails(harness);
    const to = "eve@example.com,ada@example.com";
    const id = await node.queue({ kind: "test", userId: null, to, data: { askedBy: "test" } });
    await node.mails.flush();
    const row = await node.rowOf(id);
    expect([row.failed_at, row.last_error]).toEqual([
      node.clock.nowMs(),
      "the mail could not be composed",
    ]);
    expect(node.errors).toEqual(["composing a mail: Error: a mail has one recipient"]);
    expect(node.server.offered).toEqual([]);
  });
});

describe("a server that takes a text and never answers", () => {
  it("does not hold up other mails, and is cut off when the program ends", async () => {
    const node = await startMails(harness);
    const ada = await addUser(node.database, "ada@example.com");
    node.server.behave({ isSilent: true });
    const id = await node.queueReset(ada);
    node.mails.wake();
    await expect.poll(node.server.held, { timeout: 10_000 }).toBe(1);
    node.server.behave({});
    const grace = await addUser(node.database, "grace@example.com");
    await node.queueReset(grace);
    node.mails.wake();
    await expect.poll(() => node.server.taken.length, { timeout: 10_000 }).toBe(1);
    const startedAtMs = performance.now();
    await node.mails.close();
    expect(performance.now() - startedAtMs).toBeLessThan(10_000);
    // It may have arrived: it goes once more, with a link of its own.
    const row = await node.rowOf(id);
    expect(row).toMatchObject({ sent_at: null, failed_at: null, attempts: 1 });
    expect(row.next_attempt_at).toBe(node.clock.nowMs() + 10_000);
  });
});

describe("kill -9 while a mail is being sent", () => {
  it("loses nothing: it is sent after the claim, with another token (row 122)", async () => {
    const place = await harness.place();
    const server = await startMailServer();
    const store = await openStore({ ...harness, open: () => harness.open(place) });
    const ada = await addUser(store, "ada@example.com");
    const queuedAtMs = Date.now();
    const data = { askedAtMs: queuedAtMs, place: null };
    const mail = { kind: "password-reset", userId: ada.id, to: ada.email, data } as const;
    await store.transaction((trx) => queueMail(trx, { ...mail, nowMs: queuedAtMs }));
    await store.close();

    server.behave({ isSilent: true });
    const script = new URL("../mail/send-until-killed.ts", import.meta.url).pathname;
    const command = ["--import", "tsx", script, place.dataDirectory, server.url];
    const child = spawn(process.execPath, command, { stdio: ["ignore", "inherit", "inherit"] });
    await expect.poll(server.held, { timeout: 30_000 }).toBe(1);
    child.kill("SIGKILL");
    await once(child, "exit");
    server.behave({});

    const clock = createStandingClock(Date.now());
    const database = await harness.open<Schema>(place);
    const node = await startMails(harness, { database, clock, server });
    const [dead] = server.offered.map(tokenInRaw);
    expect(await node.isLive(dead!), "the killed one had made its link").toBe(true);
    await node.mails.flush();
    expect(server.taken, "the claim still holds").toHaveLength(0);
    clock.advance(CLAIM_MS);
    await node.mails.flush();
    expect(server.taken).toHaveLength(1);
    const token = tokenIn(server.taken[0]?.parsed.text ?? "");
    expect(token).not.toBe(dead);
    expect([await node.isLive(dead!), await node.isLive(token)]).toEqual([false, true]);
    expect(node.errors).toEqual([]);
  });
});

describe("operators", () => {
  const shell = { as: "host shell" } as const;
  let api: RunningMailApi;
  beforeAll(async () => {
    api = await startMailApi(harness);
  });

  it("see how mails are sent, and which wait or failed", async () => {
    const ada = await addUser(api.database, "ada@example.com");
    api.server.behave({ refuse: { at: "recipient", code: 550, words: "no such mailbox" } });
    const id = await api.queueReset(ada);
    await api.mails.flush();
    api.server.behave({});
    const at = new Date(api.clock.nowMs()).toISOString();
    const { status, json } = await api.ask("GET", "/api/v1/mails", shell);
    expect(status).toBe(200);
    expect(json).toEqual({
      transport: "smtp",
      outboxDirectory: null,
      from: "Example Portal <postern@portal.example.com>",
      waiting: 0,
      failed: 1,
      mails: [
        {
          id,
          kind: "password-reset",
          to: "ada@example.com",
          state: "failed",
          createdAt: at,
          sentAt: null,
          nextAttemptAt: null,
          attempts: 1,
          lastError: expect.stringContaining("550 no such mailbox"),
        },
      ],
    });
    const retried = await api.ask("POST", `/api/v1/mails/${id}/retry`, shell);
    expect([retried.status, retried.json.failed]).toEqual([200, 0]);
    await expect.poll(() => api.server.taken.length).toBe(1);
    await api.mails.flush();
    const again = await api.ask("POST", `/api/v1/mails/${id}/retry`, shell);
    expect([again.status, again.json.code]).toEqual([409, "mail-sent-before"]);
    const unknown = await api.ask("POST", `/api/v1/mails/${"a".repeat(20)}/retry`, shell);
    expect([unknown.status, unknown.json.code]).toEqual([404, "mail-not-found"]);
  });

  it("send a test and are told at once what became of it", async () => {
    const body = { to: "Grace@Example.com" };
    const sent = await api.ask("POST", "/api/v1/mails/test", { ...shell, body });
    expect(sent.status).toBe(200);
    expect(sent.json).toMatchObject({ kind: "test", state: "sent", to: "Grace@example.com" });
    expect(api.server.taken.at(-1)?.parsed.text).toContain("asked for by host shell");
    api.server.behave({ refuse: { at: "text", code: 451, words: "busy" } });
    const failed = await api.ask("POST", "/api/v1/mails/test", { ...shell, body });
    api.server.behave({});
    // Who asked is waiting: nothing is tried again behind their back.
    expect(failed.json).toMatchObject({ state: "failed", nextAttemptAt: null });
    expect(failed.json.lastError).toContain("451 busy");
    expect(api.events.filter(({ kind }) => kind === "mail-failed")).toHaveLength(1);
  });

  it.each([
    [{}, "recipient-required"],
    [{ to: "ada@example.com\r\nBcc: eve@example.com" }, "email-refused"],
    [{ to: "not an address" }, "email-refused"],
  ])("are told what a test needs: %j", async (body, code) => {
    const answer = await api.ask("POST", "/api/v1/mails/test", { ...shell, body });
    expect([answer.status, answer.json.code]).toEqual([400, code]);
    expect(answer.json.detail).toContain("ada@example.com");
  });

  it.each([
    ["GET", "/api/v1/mails", "policy:read", undefined],
    ["POST", "/api/v1/mails/test", "policy:write", { to: "ada@example.com" }],
    ["POST", `/api/v1/mails/${"a".repeat(20)}/retry`, "policy:write", undefined],
  ] as const)("%s %s needs the scope %s", async (method, path, scope, body) => {
    expect((await api.ask(method, path, { body })).status).toBe(401);
    const others = SCOPES.filter((one) => one !== scope);
    const refused = await api.ask(method, path, { as: await api.tokenFor(...others), body });
    expect([refused.status, refused.json.code]).toEqual([403, "scope-missing"]);
    const { status } = await api.ask(method, path, { as: await api.tokenFor(scope), body });
    expect([200, 404]).toContain(status);
  });
});
