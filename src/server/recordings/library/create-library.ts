// The library: which recordings somebody may see, listed, found and deleted.
import type {
  RecordingAnswer,
  RecordingListAnswer,
  RecordingQuery,
} from "../../../api/recordings-api.ts";
import { canReach } from "../../../core/accounts/reach.ts";
import { accountsProblem, cutPage, reachOf, readPage, readSearches } from "../../accounts/index.ts";
import type { Principal } from "../../accounts/index.ts";
import { recordingsProblem } from "../recordings-problem.ts";
import type { RecordingsParts } from "../recordings-parts.ts";
import { deleteRecording } from "./delete-recording.ts";
import { findRecordingWithin, listRecordings } from "./list-recordings.ts";
import type { ListedRecording, RecordingFilter, RecordingPlace } from "./list-recordings.ts";
import { toRecordingAnswer } from "./recording-answer.ts";
import type { RecordingLinks } from "./recording-links.ts";
import { managedBy, seenBy } from "./recording-reach.ts";

/** Each throws the Problem to answer with; recordings out of reach are not found. */
export type Library = {
  /** Agents see those of the numbers granted to them. */
  readonly list: (principal: Principal, query: RecordingQuery) => Promise<RecordingListAnswer>;
  readonly get: (principal: Principal, id: string) => Promise<RecordingAnswer>;
  /** One of an account that the principal manages. */
  readonly findManaged: (principal: Principal, id: string) => Promise<ListedRecording>;
  readonly remove: (principal: Principal, id: string) => Promise<void>;
};

export type LibraryParts = RecordingsParts & { readonly links: RecordingLinks };

export function createLibrary(parts: LibraryParts): Library {
  const { database, publicUrl } = parts;

  async function list(principal: Principal, query: RecordingQuery): Promise<RecordingListAnswer> {
    const { afterKey, limit } = readPage(query);
    const accountId =
      query.account === undefined
        ? null
        : await findSeenAccount(parts, { principal, code: query.account });
    const rows = await listRecordings(
      database.kysely,
      { ...readFilter(query), reach: seenBy(principal), accountId },
      // One more than is shown, to know whether there is more.
      { after: afterKey === null ? null : readPlace(afterKey), limit: limit + 1 },
    );
    const shown = cutPage(rows, limit, ({ recordedAtMs, id }) => `${recordedAtMs} ${id}`);
    return {
      recordings: shown.rows.map((row) => toRecordingAnswer(row, publicUrl)),
      next: shown.next,
    };
  }

  async function get(principal: Principal, id: string): Promise<RecordingAnswer> {
    const found = await findRecordingWithin(database.kysely, id, seenBy(principal));
    if (found === null) throw recordingsProblem("recording-not-found");
    return toRecordingAnswer(found, publicUrl);
  }

  async function findManaged(principal: Principal, id: string): Promise<ListedRecording> {
    const found = await findRecordingWithin(database.kysely, id, managedBy(principal));
    if (found === null) throw recordingsProblem("recording-not-found");
    return found;
  }

  return {
    list,
    get,
    findManaged,
    remove: (principal, id) => deleteRecording(parts, principal, id),
  };
}

/** Members may narrow the list to an account of theirs, also where they manage nothing. */
async function findSeenAccount(
  { accounts }: Pick<RecordingsParts, "accounts">,
  { principal, code }: { readonly principal: Principal; readonly code: string },
): Promise<string> {
  const own = principal.kind === "user" ? principal.memberships : [];
  const membership = own.find((one) => one.code === code);
  if (membership !== undefined) return membership.accountId;
  const account = await accounts.findAccount(code);
  if (account === null || !canReach(reachOf(principal), account.id)) {
    throw accountsProblem("account-not-found");
  }
  return account.id;
}

function readFilter(query: RecordingQuery): Omit<RecordingFilter, "reach" | "accountId"> {
  const { search, number, caller, since, until, secondsMin, secondsMax } = query;
  const readTime = (text: string | undefined): number | null =>
    text === undefined ? null : Date.parse(text);
  const readParts = (text: string | undefined): readonly string[] | null =>
    text === undefined || text === "" ? null : readSearches(text);
  return {
    searches: readParts(search),
    numbers: readParts(number),
    callers: readParts(caller),
    sinceMs: readTime(since),
    untilMs: readTime(until),
    durationMsMin: secondsMin === undefined ? null : secondsMin * 1000,
    // Lengths are shown in whole seconds: what is shown as 10 is at most 10.
    durationMsMax: secondsMax === undefined ? null : secondsMax * 1000 + 999,
  };
}

function readPlace(key: string): RecordingPlace {
  const match = /^(-?\d{1,15}) ([a-z2-7]{20})$/.exec(key);
  if (match === null) throw accountsProblem("cursor-malformed");
  return { recordedAtMs: Number(match[1]), id: match[2]! };
}
