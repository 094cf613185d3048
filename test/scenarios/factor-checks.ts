// Second factors from end to end, in the order in which a person meets them.

import { CHANGE_CHECKS, SET_UP_CHECKS } from "./factor-change-checks.ts";
import { SIGN_IN_CHECKS } from "./factor-sign-in-checks.ts";
import type { FactorCheck } from "./factor-steps.ts";

export const FACTOR_CHECKS: readonly FactorCheck[] = [
  ...SET_UP_CHECKS,
  ...SIGN_IN_CHECKS,
  ...CHANGE_CHECKS,
];
