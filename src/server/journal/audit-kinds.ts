// Which events are acts of administrators, and so are kept in the audit for good.
import type { EventKind } from "../../api/journal-api.ts";
import type { JournalEvent } from "./journal-event.ts";

/** `of-others`: only when somebody else did it than the user it happened to. */
type Audited = "always" | "of-others" | "never";

/** The compiler holds it complete: whoever adds a kind decides here. */
const AUDITED: Readonly<Record<EventKind, Audited>> = {
  decision: "never",
  ban: "never",
  "ban-changed": "always",
  release: "always",
  alarm: "never",
  offence: "never",
  "policy-changed": "always",
  "change-confirmed": "always",
  "entries-changed": "always",
  "account-created": "always",
  "account-changed": "always",
  "account-deleted": "always",
  "user-created": "always",
  "user-changed": "always",
  "user-deleted": "always",
  "membership-changed": "always",
  "tracking-number-changed": "always",
  "grant-changed": "always",
  "identity-policy-changed": "always",
  "setup-completed": "always",
  "sign-in": "never",
  "sign-in-refused": "never",
  "sign-out": "never",
  "session-ended": "of-others",
  lockout: "never",
  "lockout-released": "always",
  "password-changed": "of-others",
  "password-reset-sent": "of-others",
  "password-reset": "of-others",
  "browser-forgotten": "of-others",
  "sign-in-begun": "never",
  "second-factor-refused": "never",
  "second-factor-locked": "never",
  "second-factor-changed": "of-others",
  "browser-trusted": "never",
  "browser-distrusted": "of-others",
  "provider-created": "always",
  "provider-changed": "always",
  "provider-deleted": "always",
  "provider-failed": "never",
  "connection-made": "of-others",
  "connection-removed": "of-others",
  "password-removed": "of-others",
  "audio-policy-changed": "always",
  "recording-added": "never",
  "recording-deleted": "always",
  "recording-played": "never",
  "recording-damaged": "never",
  "key-rotated": "always",
  "mail-failed": "never",
  "webhook-created": "always",
  "webhook-changed": "always",
  "webhook-deleted": "always",
  "token-created": "always",
  "token-revoked": "always",
  "country-database-changed": "always",
  "subscription-changed": "always",
  "store-restored": "always",
  "traffic-imported": "always",
};

export function isAudited(event: Pick<JournalEvent, "kind" | "actor" | "userId">): boolean {
  const { kind, actor, userId } = event;
  const audited = AUDITED[kind];
  switch (audited) {
    case "always":
      return true;
    case "never":
      return false;
    case "of-others":
      return isManager(actor) && !actor.endsWith(`(${userId})`);
    default:
      return audited satisfies never;
  }
}

/** Who manages is written with the id in brackets; who acts for themselves by the address alone. */
function isManager(actor: string | null): actor is string {
  return actor === "host shell" || actor?.endsWith(")") === true;
}
