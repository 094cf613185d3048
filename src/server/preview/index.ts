// The front door of the preview domain: what a change would mean, before it is saved.
export { createPreviewer } from "./create-previewer.ts";
export type { Previewer, PreviewOrder } from "./create-previewer.ts";
export { createConfirmJudge } from "./lockout/judge-confirming.ts";
export { createLockoutGuard } from "./lockout/guard-changes.ts";
export { registerPreviewRoutes } from "./preview-routes.ts";
export { createReadEffects } from "./read-effects.ts";
export type { ReadEffects } from "./read-effects.ts";
export { registerTrafficRoutes } from "./traffic/traffic-routes.ts";
export { registerTouchesRoutes } from "./touches-routes.ts";
