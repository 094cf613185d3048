// What people do with the browsers that are not asked for their second factor.
import type { TrustedBrowserAnswer } from "../../../api/two-factor-api.ts";
import { describeDevice } from "../../../core/identity/describe-device.ts";
import type { ApiRequest } from "../../accounts/index.ts";
import {
  distrustBrowser,
  distrustBrowsersOf,
  findTrustedBrowser,
  listTrustedBrowsers,
} from "../second-factor/trusted-browser-store.ts";
import { toTimeText } from "../sessions/session-route-parts.ts";
import { twoFactorProblem } from "./two-factor-problem.ts";
import type { TwoFactorParts } from "./two-factor-parts.ts";

type Parts = Pick<
  TwoFactorParts,
  "database" | "clock" | "cookies" | "accounts" | "placeOf" | "recordEvent"
>;

export async function listOwnTrustedBrowsers(
  parts: Parts,
  request: ApiRequest,
): Promise<TrustedBrowserAnswer[]> {
  const { kysely } = parts.database;
  const { userId } = parts.accounts.userOf(request);
  const reading = parts.cookies.read(request.raw.rawHeaders, "trust");
  const current =
    reading.kind === "token" ? await findTrustedBrowser(kysely, reading.token, userId) : null;
  const browsers = await listTrustedBrowsers(kysely, userId, parts.clock.nowMs());
  return browsers.map((browser) => ({
    id: browser.id,
    isCurrent: browser.id === current?.id,
    address: browser.address,
    country: browser.country,
    device: describeDevice(browser.userAgent),
    createdAt: toTimeText(browser.createdAtMs),
    lastUsedAt: toTimeText(browser.lastUsedAtMs),
    expiresAt: toTimeText(browser.expiresAtMs),
  }));
}

/**
 * One of them, or all; gives how many there were. Needs no proof: it only makes the factor asked
 * for again. Throws `trusted-browser-not-found` (404), also for another user's.
 */
export async function distrustOwnBrowsers(
  parts: Parts,
  request: ApiRequest,
  browserId: string | null,
): Promise<number> {
  const { userId, email: actor } = parts.accounts.userOf(request);
  const place = parts.placeOf(request.raw);
  const atMs = parts.clock.nowMs();
  return parts.database.transaction(async (trx) => {
    const browsers =
      browserId === null
        ? await distrustBrowsersOf(trx, userId)
        : Number(await distrustBrowser(trx, { id: browserId, userId }));
    if (browsers === 0 && browserId !== null) throw twoFactorProblem("trusted-browser-not-found");
    if (browsers > 0) {
      const detail = { browsers };
      const by = { atMs, userId, actor, place, reason: "by-user", detail };
      await parts.recordEvent(trx, { kind: "browser-distrusted", ...by });
    }
    return browsers;
  });
}
