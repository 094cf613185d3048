// The front door of the journal domain.
export { registerAuditRoutes } from "./audit-routes.ts";
export { ANCHORS_FILE, setAnchorsAside } from "./audit-anchors.ts";
export { changeBy } from "./change-context.ts";
export type {
  ChangeContext,
  ChangeMaker,
  ChangeRequest,
  GuardChanges,
  GuardedChange,
  ListedAs,
  PreparedChange,
} from "./change-context.ts";
export { createPolicyChanges } from "./policy-changes.ts";
export type { PolicyChanges } from "./policy-changes.ts";
export {
  findRevision,
  listRevisedEntries,
  listRevisions,
  readEntriesBefore,
} from "./revision-store.ts";
export type { StoredRevision } from "./revision-store.ts";
export { recordRevisedEntries, recordRevision, REVISED_ENTRIES_MAX } from "./record-revision.ts";
export type { RevisedEntry } from "./record-revision.ts";
export { registerUnconfirmedRoutes } from "./unconfirmed/unconfirmed-routes.ts";
export type { GoBack, MemoryOfChange } from "./unconfirmed/hold-waiting.ts";
export type { JudgeConfirming } from "./unconfirmed/unconfirmed-changes.ts";
export type { WaitingChange } from "./unconfirmed/unconfirmed-store.ts";
export { changeWaits } from "./unconfirmed/waiting-about.ts";
export type { RuleSubject, WaitingAbout } from "./unconfirmed/waiting-about.ts";
export { createJournal } from "./create-journal.ts";
export type { Journal } from "./create-journal.ts";
export { createSending } from "./sending/create-sending.ts";
export type { Sending } from "./sending/create-sending.ts";
export { registerWebhookRoutes } from "./sending/webhook-routes.ts";
export { webhookSecretRow } from "./sending/webhook-store.ts";
export type { EventFilter } from "./event-filter.ts";
export { createVisitStaging, dropStagedVisits, takeStagedVisits } from "./import-visits.ts";
export type { ImportedVisit, ImportedVisits } from "./import-visits.ts";
export type { JournalEvent } from "./journal-event.ts";
export { registerJournalRoutes } from "./register-journal-routes.ts";
export { recordRestore } from "./record-restore.ts";
export type { DecisionInput } from "./open-row.ts";
export type { TrafficInput } from "./traffic-minute.ts";
