// Single sign-on from end to end, in the order in which an operator and people meet it.

import { CONNECTION_CHECKS } from "./sso-connection-checks.ts";
import { PROVIDER_CHECKS } from "./sso-provider-checks.ts";
import type { SsoWorld } from "./sso-world.ts";

/** Each begins where the one before it left off. */
export type SsoCheck = {
  readonly name: string;
  /** Says what was seen; throws when it is not what must be. */
  readonly run: (world: SsoWorld) => Promise<string>;
};

export const SSO_CHECKS: readonly SsoCheck[] = [...PROVIDER_CHECKS, ...CONNECTION_CHECKS];
