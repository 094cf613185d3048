// Starts e-mailed codes on a store, with users, sessions and a real SMTP server behind the queue.
import { sql } from "kysely";
import type { EmailCodePurpose } from "../../src/core/identity/second-factor.ts";
import type { Problem } from "../../src/platform/problem/problem.ts";
import { askForEmailCode } from "../../src/server/identity/email-codes/ask-for-email-code.ts";
import {
  isEmailCodeRight,
  judgeEmailCode,
  readEmailCodeState,
} from "../../src/server/identity/email-codes/email-code-store.ts";
import { openSession } from "../../src/server/identity/sessions/session-store.ts";
import { insertSignIn } from "../../src/server/identity/sign-in/sign-in-store.ts";
import type { EngineHarness } from "../contracts/engines.ts";
import { addUser } from "./add-user.ts";
import type { AddedUser } from "./add-user.ts";
import { placeAt, startMails } from "./start-mails.ts";

/** A user in a session, and what the code is for. */
export type CodeAsker = AddedUser & {
  readonly sessionId: string;
  readonly purpose: EmailCodePurpose;
};

export type EmailCodes = Awaited<ReturnType<typeof startEmailCodes>>;

export async function startEmailCodes(harness: EngineHarness) {
  const node = await startMails(harness);
  const { database, clock, keyRing, server } = node;

  async function addSession(user: AddedUser): Promise<string> {
    const opened = await database.transaction(async (trx) => {
      await insertSignIn(trx, user.id, clock.nowMs());
      return openSession(trx, {
        userId: user.id,
        stage: "second-factor",
        browserId: null,
        place: placeAt("203.0.113.9"),
        method: "password",
        nowMs: clock.nowMs(),
      });
    });
    return opened.id;
  }

  async function addAsker(
    email: string,
    purpose: EmailCodePurpose = "sign-in",
  ): Promise<CodeAsker> {
    const user = await addUser(database, email);
    return { ...user, purpose, sessionId: await addSession(user) };
  }

  /** Seconds to wait; null when it was accepted. */
  async function ask(asker: CodeAsker, address = "203.0.113.9"): Promise<number | null> {
    const { id: userId, email: to, purpose, sessionId } = asker;
    const wanted = { userId, to, purpose, sessionId, place: placeAt(address) };
    try {
      await database.transaction((trx) =>
        askForEmailCode(trx, { ...wanted, nowMs: clock.nowMs() }),
      );
      return null;
    } catch (error) {
      const problem = error as Problem;
      if (problem.code !== "email-code-too-often") throw error;
      return problem.extra.retryAfterSeconds ?? Number.NaN;
    }
  }

  /** Asks, has the mail sent, and reads the code in it. */
  async function receive(asker: CodeAsker): Promise<string> {
    const before = server.taken.length;
    const waitSeconds = await ask(asker);
    if (waitSeconds !== null) throw new Error(`the code was refused for ${waitSeconds} s`);
    await node.mails.flush();
    if (server.taken.length !== before + 1) throw new Error("no mail arrived");
    return codeIn(server.taken.at(-1)!.parsed.text ?? "");
  }

  const judge = (asker: Omit<CodeAsker, "email">, code: string) =>
    database.transaction((trx) => {
      const { id: userId, purpose, sessionId } = asker;
      return judgeEmailCode(trx, {
        userId,
        purpose,
        sessionId,
        code,
        nowMs: clock.nowMs(),
        keyRing,
      });
    });

  const isRight = ({ id: userId, purpose, sessionId }: Omit<CodeAsker, "email">, code: string) =>
    isEmailCodeRight(database.kysely, {
      userId,
      purpose,
      sessionId,
      code,
      nowMs: clock.nowMs(),
      keyRing,
    });

  const stateOf = ({ id: userId, purpose, sessionId }: CodeAsker) =>
    readEmailCodeState(database.kysely, { userId, purpose, sessionId, nowMs: clock.nowMs() });

  /** Every text of every table, as a dump has it. */
  async function dump(): Promise<string> {
    const names =
      database.engine === "sqlite"
        ? sql<{ name: string }>`select name from sqlite_master where type = 'table'`
        : sql<{
            name: string;
          }>`select tablename as name from pg_tables where schemaname = 'public'`;
    const { rows: tables } = await names.execute(database.kysely);
    const parts: string[] = [];
    for (const { name } of tables) {
      const { rows } = await sql`select * from ${sql.table(name)}`.execute(database.kysely);
      parts.push(`${name} ${JSON.stringify(rows)}`);
    }
    return parts.join("\n");
  }

  return { ...node, addAsker, addSession, ask, receive, judge, isRight, stateOf, dump };
}

/** The code that stands alone on a line of a mail; throws when there is not exactly one. */
export function codeIn(text: string): string {
  const codes = text.split(/\r?\n/).filter((line) => /^[0-9]{6}$/.test(line));
  const [code] = codes;
  if (codes.length !== 1 || code === undefined) throw new Error(`no code in: ${text}`);
  return code;
}

/** One of another number in its last digit. */
export function wrongOne(code: string): string {
  return code.slice(0, 5) + String((Number(code.slice(5)) + 1) % 10);
}
