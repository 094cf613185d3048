// Lists what went back by itself of late, for whoever made it and was not there to see it.
import { WENT_BACK_MAX } from "../../../api/unconfirmed-api.ts";
import type { WentBack } from "../../../api/unconfirmed-api.ts";
import type { ReadDatabase } from "../../../platform/database/database.ts";
import type { Principal } from "../../accounts/index.ts";
import type { Schema } from "../../migrations/schema.ts";
import { readRevisionsOf } from "../revision-store.ts";
import { describeRevisions } from "./describe-waiting.ts";
import { isWithinReach } from "./unconfirmed-store.ts";

type Read = ReadDatabase<Schema>;

const LOOKED_BACK_MS = 86_400_000;

/** It is asked every few seconds, so only the newest of the history are looked at. */
const REVISIONS_LOOKED_AT = 2_000;

export async function listWentBack(
  read: Read,
  asked: { readonly principal: Principal; readonly nowMs: number },
): Promise<readonly WentBack[]> {
  const { principal, nowMs } = asked;
  const undone = await readUndone(read, nowMs - LOOKED_BACK_MS);
  const told: WentBack[] = [];
  const lookedAt = new Set<string>();
  for (const row of undone) {
    if (told.length === WENT_BACK_MAX) break;
    const { changeId, actor } = row;
    if (lookedAt.has(changeId) || !isMadeBy(actor, principal)) continue;
    lookedAt.add(changeId);
    const revisions = await readRevisionsOf(read, changeId);
    if (!isWithinReach({ revisions }, principal)) continue;
    // What could not be as it was before has stayed.
    const wentBack = new Set(undone.filter((one) => one.changeId === changeId).map(partOf));
    told.push({
      changeId,
      madeAt: new Date(row.madeAtMs).toISOString(),
      wentBackAt: new Date(row.wentBackAtMs).toISOString(),
      actor,
      parts: describeRevisions(revisions.filter((part) => wentBack.has(partOf(part)))),
    });
  }
  return told;
}

function partOf({ owner, subject }: { readonly owner: string; readonly subject: string }): string {
  return `${subject} of ${owner}`;
}

/** A row for each part that went back, the latest first. */
async function readUndone(read: Read, sinceMs: number) {
  const newest = await read
    .selectFrom("journal_revision")
    .select("number")
    .orderBy("number", "desc")
    .limit(1)
    .executeTakeFirst();
  return read
    .selectFrom("journal_revision as back")
    .innerJoin("journal_revision as made", "made.number", "back.restores")
    .select([
      "made.change_id as changeId",
      "made.actor as actor",
      "made.at as madeAtMs",
      "back.at as wentBackAtMs",
      "back.owner as owner",
      "back.subject as subject",
    ])
    .where("back.number", ">", (newest?.number ?? 0) - REVISIONS_LOOKED_AT)
    .where("back.way", "=", "went-back")
    .where("back.at", ">=", sinceMs)
    .orderBy("back.number", "desc")
    .execute();
}

/** People and tokens change their names, and keep their ids; the host's shell is everybody's. */
function isMadeBy(actor: string, principal: Principal): boolean {
  switch (principal.kind) {
    case "host-shell":
      return true;
    case "token":
      return actor.startsWith("token ") && actor.endsWith(`(${principal.id})`);
    case "user":
      return actor.endsWith(`(${principal.userId})`);
    default:
      return principal satisfies never;
  }
}
