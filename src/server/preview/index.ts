// The front door of the preview domain: what a change would mean, before it is saved.
export { createPreviewer } from "./create-previewer.ts";
export { createConfirmJudge } from "./lockout/judge-confirming.ts";
export { createLockoutFinder } from "./lockout/find-lockout.ts";
export type { FindLockout } from "./lockout/find-lockout.ts";
export { createLockoutGuard } from "./lockout/guard-changes.ts";
export { createPreviewChanges } from "./preview-changes.ts";
export type { PreviewChanges } from "./preview-changes.ts";
export { registerPreviewRoutes } from "./preview-routes.ts";
export { createReadEffects } from "./read-effects.ts";
export { registerTrafficRoutes } from "./traffic/traffic-routes.ts";
export { registerTouchesRoutes } from "./touches-routes.ts";
