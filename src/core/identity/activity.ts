// Decides which requests are something a person did, and so keep a session from becoming idle.
import type { Surface } from "../network/surface.ts";

/** `console`: Postern's own pages and API; the others are asked about at the gate. */
export type ActivityPlace = Surface | "console";

export type ActivityFacts = {
  readonly surface: ActivityPlace;
  readonly method: string;
  /** Sec-Fetch-Mode, null where the browser sends none. */
  readonly fetchMode: string | null;
  readonly accept: string | null;
  /** The page says so itself: X-Postern-Background: 1. */
  readonly isBackground: boolean;
};

const CHANGING_METHODS: ReadonlySet<string> = new Set(["POST", "PUT", "PATCH", "DELETE"]);

/**
 * The console marks what it asks by itself. Portals do not: there only pages that are opened and
 * requests that change something count; polling, event streams, static files and audio do not
 * (OWASP Session Management, "Automatic Session Expiration").
 */
export function isActivity(facts: ActivityFacts): boolean {
  const { surface, method } = facts;
  if (facts.isBackground || surface === "audio") return false;
  // A browser opens an event stream again and again by itself, and cannot mark it.
  if (surface === "console") return !isEventStream(facts);
  return CHANGING_METHODS.has(method) || isNavigation(facts);
}

function isEventStream({ method, accept }: ActivityFacts): boolean {
  return method === "GET" && accept === "text/event-stream";
}

function isNavigation({ method, fetchMode, accept }: ActivityFacts): boolean {
  if (method !== "GET") return false;
  if (fetchMode !== null) return fetchMode === "navigate";
  return /(?:^|[\s,])text\/html(?:$|[\s,;])/i.test(accept ?? "");
}
