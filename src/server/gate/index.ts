// The front door of the gate domain.

export { createClientReader } from "./client-of-request.ts";
export type { ClientReader } from "./client-of-request.ts";
export { createGate } from "./decide-live.ts";
export type { Gate } from "./decide-live.ts";
export { registerExplainRoutes } from "./explain-routes.ts";
export { createGateDoors } from "./gate-doors.ts";
export { createOwnDoor } from "./own-door.ts";
export { createSignInAddress } from "./sign-in-address.ts";
