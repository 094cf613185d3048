// Takes in, piece by piece, what a preview is made of, and gives what it finds.

import type { CandidateChange } from "./candidate.ts";
import { previewVisits } from "./preview-visits.ts";
import type { PreviewRun } from "./preview-visits.ts";
import { createRecordedVisits, readVisitPage } from "./read-visit-page.ts";
import type { RecordedVisits } from "./read-visit-page.ts";
import type { RecordedBan } from "./standing-bans.ts";
import { stateOfImage } from "./state-image.ts";
import type { StateImage } from "./state-image.ts";
import { createDifferenceSum } from "./sum-differences.ts";
import type { Differences } from "./sum-differences.ts";
import type { VisitScope } from "./visit-places.ts";

export type PreviewTask = {
  readonly image: StateImage;
  readonly changes: readonly CandidateChange[];
  readonly scope: VisitScope;
  readonly fromMs: number;
  /** Made within the period, in force within it, or remembered in it. */
  readonly bans: readonly RecordedBan[];
  readonly seed: number;
};

export type PreviewFindings = PreviewRun & {
  /** Of the scope: what was looked at. */
  readonly requests: number;
  readonly addresses: number;
  /** Of everybody, for whom there is no row to look at. */
  readonly notRecorded: number;
  readonly imported: number;
  readonly differences: Differences;
};

export type PreviewWork = {
  /** A page of `packVisit`; throws on anything else. Returns how many rows there are by now. */
  readonly takeVisits: (page: string) => number;
  /** `key:userId` with commas between them. */
  readonly takePeople: (page: string) => void;
  readonly find: () => PreviewFindings;
};

export function beginPreview(task: PreviewTask): PreviewWork {
  const { changes, seed, scope, bans, fromMs } = task;
  const state = stateOfImage(task.image, seed);
  const visits = createRecordedVisits(scope);
  const people = new Map<string, string[]>();

  function takePeople(page: string): void {
    for (const pair of page.split(",")) {
      const [key = "", userId = ""] = pair.split(":");
      const known = people.get(key);
      if (known === undefined) people.set(key, [userId]);
      else if (!known.includes(userId)) known.push(userId);
    }
  }

  function find(): PreviewFindings {
    const { places, notRecorded, imported } = visits;
    const { countries } = state;
    const sum = createDifferenceSum({ places: places.list, countries, people });
    const run = previewVisits({ visits, state, changes, bans, fromMs, seed }, sum.take);
    return { ...run, ...sum.looked(), notRecorded, imported, differences: sum.differences() };
  }

  return {
    takeVisits: (page) => {
      readVisitPage(visits, page);
      return rowCount(visits);
    },
    takePeople,
    find,
  };
}

function rowCount({ ipv4, ipv6 }: RecordedVisits): number {
  return ipv4.count + ipv6.count;
}
