// The front door of the journal domain.
export type { ClientAddress } from "./client-network.ts";
export { createJournal } from "./create-journal.ts";
export type { CreateJournalInput, Journal, JournalCounts } from "./create-journal.ts";
export type { EventFilter } from "./event-filter.ts";
export type { EventWithSteps } from "./event-store.ts";
export { toEventAnswer } from "./journal-event.ts";
export type { EventDetail, JournalEvent } from "./journal-event.ts";
export { registerJournalRoutes } from "./journal-routes.ts";
export type { TailListener } from "./live-tail.ts";
export type { DecisionDescription, DecisionInput } from "./open-row.ts";
export type { NewEvent } from "./record-event.ts";
export type { TrafficInput } from "./traffic-minute.ts";
