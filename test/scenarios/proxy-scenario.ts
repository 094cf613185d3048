// The proxies scenario: what must hold behind each proxy, in the order it is tried.

import { FAILURE_CHECKS } from "./failure-checks.ts";
import { FORGERY_CHECKS } from "./forgery-checks.ts";
import { PASSING_CHECKS } from "./passing-checks.ts";
import { PATH_CHECKS } from "./path-checks.ts";
import type { ProxyCheck } from "./proxy-check.ts";
import { REFUSING_CHECKS } from "./refusing-checks.ts";
import { SMUGGLING_CHECKS } from "./smuggling-checks.ts";

export const PROXY_CHECKS: readonly ProxyCheck[] = [
  ...PASSING_CHECKS,
  ...REFUSING_CHECKS,
  ...FORGERY_CHECKS,
  ...PATH_CHECKS,
  ...SMUGGLING_CHECKS,
  ...FAILURE_CHECKS,
];
