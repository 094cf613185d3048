// What the thread that previews is told, and what it tells.

import type { PreviewFindings, PreviewTask } from "../../core/preview/preview-findings.ts";

/** What the thread begins with. */
export type PreviewThreadData = PreviewTask;

export type PreviewOrderMessage =
  | { readonly kind: "visits"; readonly page: string }
  | { readonly kind: "people"; readonly page: string }
  /** Nothing more comes. */
  | { readonly kind: "find" };

export type PreviewReply =
  /** Of what came last; so many rows of visits there are by now. */
  | { readonly kind: "taken"; readonly rows: number }
  | { readonly kind: "found"; readonly findings: PreviewFindings };
