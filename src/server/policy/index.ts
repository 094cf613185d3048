// The front door of the policy domain: changes of rules of several domains in one step.
export { createGoBack } from "./go-back.ts";
export type { GoBackParts } from "./go-back.ts";
export { registerPolicyFileRoutes } from "./policy-file-routes.ts";
export { registerRevisionRoutes } from "./revision-routes.ts";
