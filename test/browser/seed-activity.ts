// Fills a portal's journal: refusals of several rules, a ban, and visitors who send markup.

import type { GateAnswer } from "../attacks/start-gate.ts";
import type { BrowserPortal } from "./start-browser-portal.ts";

/** Runs where a page takes it for markup; says so in the window's name. */
export const MARKUP = '"><img src=x onerror="window.name=1"><script>window.name=2</script>';

/** The recorder writes the first of each at once, the rest within a second. */
export type SeededActivity = {
  /** Of a visitor on a deny entry. */
  readonly denied: GateAnswer;
  /** Of a visitor over the rate limit of acme's audio. */
  readonly limited: GateAnswer;
  readonly bannedAddress: string;
};

const AUDIO_HOST = "audio.acme.example.com";
const BANNED = "133.11.0.99";

const seeded = new WeakMap<BrowserPortal, Promise<SeededActivity>>();

/** Once for each portal. */
export function activityOf(portal: BrowserPortal): Promise<SeededActivity> {
  const known = seeded.get(portal) ?? seedActivity(portal);
  seeded.set(portal, known);
  return known;
}

async function seedActivity(portal: BrowserPortal): Promise<SeededActivity> {
  const routes = [{ host: AUDIO_HOST, pathPrefix: "/", surface: "audio", account: "acme" }];
  await portal.must("PUT", "/api/v1/policy/routes", { value: { routes } });
  const deny = { range: "133.11.7.0/24", action: "deny", note: `Scanners ${MARKUP}` };
  await portal.must("POST", "/api/v1/entries", deny);
  const denied = await portal.ask("caddy", {
    clientAddress: "133.11.7.20",
    uri: `/wp-login.php/${encodeURIComponent(MARKUP)}?token=secret`,
    headers: { "User-Agent": `curl/8.5 ${MARKUP}` },
  });
  let limited = denied;
  for (let request = 1; request <= 54; request += 1) {
    const visit = { clientAddress: "81.2.69.201", host: AUDIO_HOST, uri: `/plays/${request}.mp3` };
    limited = await portal.ask("caddy", visit);
  }
  for (let attempt = 1; attempt <= 11; attempt += 1) {
    const report = { address: BANNED, source: "pbx", fingerprint: `attempt-${attempt}` };
    await portal.must("POST", "/api/v1/reports", report);
  }
  await portal.ask("caddy", { clientAddress: BANNED });
  return { denied, limited, bannedAddress: BANNED };
}
