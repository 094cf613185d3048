// The thread that decides recorded visits twice, so that the gate never waits for a preview.

import { parentPort, workerData } from "node:worker_threads";
import { beginPreview } from "../../core/preview/preview-findings.ts";
import { lowerThreadPriority } from "../../platform/lower-thread-priority.ts";
import type { PreviewOrderMessage, PreviewReply, PreviewThreadData } from "./preview-message.ts";

/** A third of what another thread gets where all want the processors at once. */
const NICENESS = 5;

lowerThreadPriority(NICENESS);
const work = beginPreview(workerData as PreviewThreadData);
let rows = 0;

function follow(order: PreviewOrderMessage): PreviewReply {
  switch (order.kind) {
    case "visits":
      rows = work.takeVisits(order.page);
      return { kind: "taken", rows };
    case "people":
      work.takePeople(order.page);
      return { kind: "taken", rows };
    case "find":
      return { kind: "found", findings: work.find() };
    default:
      return order satisfies never;
  }
}

parentPort?.on("message", (order: PreviewOrderMessage) => {
  parentPort?.postMessage(follow(order));
});
