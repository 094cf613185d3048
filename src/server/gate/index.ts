// The front door of the gate domain.

export { createClientReader } from "./client-of-request.ts";
export type { ClientReader } from "./client-of-request.ts";
export { createGate } from "./decide-live.ts";
export type { Gate } from "./decide-live.ts";
export { createRecordingGate } from "./decide-recording-live.ts";
export { registerExplainRoutes } from "./explain-routes.ts";
export { createGateDoors } from "./gate-doors.ts";
export { createOwnDoor } from "./own-door.ts";
export { createRecordingDoor } from "./recording-door.ts";
export type { RecordingDoor } from "./recording-door.ts";
export { registerRecordingLinkRoutes } from "./recording-link-routes.ts";
export { createSignInAddress } from "./sign-in-address.ts";
