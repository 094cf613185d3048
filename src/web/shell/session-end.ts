// Ends the session in this tab: keeps drafts, forgets answers, tells other tabs, shows the reason.
import { forgetAnswers } from "../api/query-client.ts";
import type { EndReason } from "./end-reasons.ts";
import { dropDrafts } from "./form-draft.ts";
import { tellTabs } from "./session-channel.ts";
import { forgetSignedInUser, readSessionState } from "./session-state.ts";

const draftKeepers = new Set<() => void>();

/** Forms that are open say here how they keep what was typed. */
export function onSessionEnd(keepDraft: () => void): () => void {
  draftKeepers.add(keepDraft);
  return () => {
    draftKeepers.delete(keepDraft);
  };
}

type EndOptions = { readonly why: EndReason; readonly isToldByOtherTab?: boolean };

/** Leads to the page that says why; `goTo` is the router's, which this file need not know. */
export function endSession(
  { why, isToldByOtherTab = false }: EndOptions,
  goTo: () => Promise<void>,
): void {
  const { userId } = readSessionState();
  if (why === "signed-out") dropDrafts(null);
  else for (const keep of draftKeepers) keep();
  if (!isToldByOtherTab && userId !== null) tellTabs({ kind: "signed-out", userId, why });
  forgetSignedInUser();
  // After the page has gone: what it shows must not ask again and flicker into errors.
  void goTo().finally(() => forgetAnswers());
}
