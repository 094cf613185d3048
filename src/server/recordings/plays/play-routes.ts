// The API's route that tells who listened to a recording.
import { problemResponses } from "../../../api/problem-api.ts";
import {
  PlayListSchema,
  PlayQuerySchema,
  RecordingParamsSchema,
} from "../../../api/recordings-api.ts";
import type { PlayAnswer } from "../../../api/recordings-api.ts";
import type { FastifyApp } from "../../../platform/http/create-fastify.ts";
import type { ReadDatabase } from "../../../platform/database/database.ts";
import { accountsProblem, cutPage, readPage, reachOf } from "../../accounts/index.ts";
import type { Accounts, Principal } from "../../accounts/index.ts";
import type { RecordingPlayTable } from "../../migrations/recordings-tables.ts";
import type { Schema } from "../../migrations/schema.ts";
import type { PlayTracker } from "../recordings-at-work.ts";
import { listForeigners, listPlays } from "./play-store.ts";
import type { PlayCursor } from "./play-store.ts";

export type PlayRouteParts = {
  readonly read: ReadDatabase<Schema>;
  readonly accounts: Pick<Accounts, "requireManager" | "principalOf">;
  /** Throws `recording-not-found` for those that the principal does not manage. */
  readonly findManaged: (principal: Principal, id: string) => Promise<unknown>;
  readonly plays: Pick<PlayTracker, "flush">;
};

export function registerPlayRoutes(app: FastifyApp, parts: PlayRouteParts): void {
  const { accounts, read } = parts;
  app.get(
    "/api/v1/recordings/:id/plays",
    {
      onRequest: accounts.requireManager("recordings:read"),
      schema: {
        tags: ["recordings"],
        summary: "List who listened to a recording, newest first",
        params: RecordingParamsSchema,
        querystring: PlayQuerySchema,
        response: { 200: PlayListSchema, ...problemResponses(400, 401, 403, 404) },
      },
    },
    async (request) => {
      const principal = accounts.principalOf(request);
      const { id } = request.params;
      const { afterKey, limit } = readPage(request.query);
      await parts.findManaged(principal, id);
      // Whoever asks sees the plays of this very moment.
      if (afterKey === null) await parts.plays.flush();
      const after = afterKey === null ? null : readPlace(afterKey);
      const rows = await listPlays(read, id, { after, limit });
      const shown = cutPage(rows, limit, (row) => `${row.started_at} ${row.id}`);
      const hidden = await findHidden(read, principal, shown.rows);
      return { plays: shown.rows.map((row) => toAnswer(row, hidden)), next: shown.next };
    },
  );
}

function readPlace(key: string): PlayCursor {
  const match = /^(\d{1,15}) ([a-z2-7]{20})$/.exec(key);
  if (match === null) throw accountsProblem("cursor-malformed");
  return { startedAtMs: Number(match[1]), id: match[2]! };
}

/**
 * Where anyone may listen, so may users of other accounts; who they are is not for this account's
 * admins to know (attack row 141).
 */
async function findHidden(
  read: ReadDatabase<Schema>,
  principal: Principal,
  rows: readonly RecordingPlayTable[],
): Promise<ReadonlySet<string>> {
  if (reachOf(principal).kind === "platform") return new Set();
  const open = rows.filter(({ reason }) => reason === "access-unrestricted");
  const ids = [...new Set(open.flatMap(({ user_id: id }) => (id === null ? [] : [id])))];
  const accountId = rows[0]?.account_id;
  if (accountId === undefined || ids.length === 0) return new Set();
  const foreigners = await listForeigners(read, accountId, ids);
  return new Set(
    open.flatMap((row) => (row.user_id !== null && foreigners.has(row.user_id) ? [row.id] : [])),
  );
}

function toAnswer(row: RecordingPlayTable, hidden: ReadonlySet<string>): PlayAnswer {
  const isHidden = hidden.has(row.id);
  return {
    id: row.id,
    userId: isHidden ? null : row.user_id,
    email: isHidden ? null : row.email,
    address: row.address,
    country: row.country,
    userAgent: row.user_agent,
    reason: row.reason,
    startedAt: new Date(row.started_at).toISOString(),
    lastAt: new Date(row.last_at).toISOString(),
    bytesSent: row.bytes_sent,
    isCut: row.is_cut === 1,
  };
}
