// The front door of the journal domain.
export { createJournal } from "./create-journal.ts";
export type { Journal } from "./create-journal.ts";
export type { EventFilter } from "./event-filter.ts";
export type { JournalEvent } from "./journal-event.ts";
export { registerJournalRoutes } from "./journal-routes.ts";
export type { DecisionInput } from "./open-row.ts";
export type { TrafficInput } from "./traffic-minute.ts";
