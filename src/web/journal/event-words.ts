// What each kind of event is called, and what one of them says in a line.
import type { EventAnswer, EventKind } from "../../api/journal-api.ts";
import { countOf } from "../accounts/user-words.ts";
import { describeSignIn } from "../identity/settings/sign-in-reason-words.ts";
import { subjectName, subjectNames } from "../policy/revision-words.ts";
import { actorName } from "../shell/actor-name.ts";
import type { StatusTone } from "../shell/status-tone.ts";
import { causeName } from "./ban-words.ts";
import { readableCode, reasonName } from "./reason-words.ts";
import { surfaceName } from "./surface-words.ts";

type KindWords = { readonly name: string; readonly tone: StatusTone };

export const KIND_WORDS: Readonly<Record<EventKind, KindWords>> = {
  decision: { name: "Refusal", tone: "bad" },
  ban: { name: "Ban", tone: "bad" },
  "ban-changed": { name: "Ban changed", tone: "quiet" },
  release: { name: "Release of a ban", tone: "good" },
  alarm: { name: "Alarm", tone: "warn" },
  offence: { name: "Offence", tone: "warn" },
  "policy-changed": { name: "Network rules changed", tone: "quiet" },
  "change-confirmed": { name: "Change confirmed", tone: "quiet" },
  "entries-changed": { name: "Address list changed", tone: "quiet" },
  "account-created": { name: "Account added", tone: "quiet" },
  "account-changed": { name: "Account changed", tone: "quiet" },
  "account-deleted": { name: "Account deleted", tone: "quiet" },
  "user-created": { name: "User added", tone: "quiet" },
  "user-changed": { name: "User changed", tone: "quiet" },
  "user-deleted": { name: "User deleted", tone: "quiet" },
  "membership-changed": { name: "Membership changed", tone: "quiet" },
  "tracking-number-changed": { name: "Tracking number changed", tone: "quiet" },
  "grant-changed": { name: "Grant changed", tone: "quiet" },
  "identity-policy-changed": { name: "Sign-in rules changed", tone: "quiet" },
  "setup-completed": { name: "Set up", tone: "quiet" },
  "sign-in": { name: "Signed in", tone: "good" },
  "sign-in-refused": { name: "Sign-in refused", tone: "warn" },
  "sign-out": { name: "Signed out", tone: "quiet" },
  "session-ended": { name: "Session ended", tone: "quiet" },
  lockout: { name: "User locked out", tone: "bad" },
  "lockout-released": { name: "Lockout released", tone: "good" },
  "password-changed": { name: "Password changed", tone: "quiet" },
  "password-reset-sent": { name: "Password link sent", tone: "quiet" },
  "password-reset": { name: "Password chosen by link", tone: "quiet" },
  "browser-forgotten": { name: "Browser forgotten", tone: "quiet" },
  "sign-in-begun": { name: "Sign-in begun", tone: "quiet" },
  "second-factor-refused": { name: "Code refused", tone: "warn" },
  "second-factor-locked": { name: "Codes locked", tone: "bad" },
  "second-factor-changed": { name: "Second factor changed", tone: "quiet" },
  "browser-trusted": { name: "Browser trusted", tone: "quiet" },
  "browser-distrusted": { name: "Browser no longer trusted", tone: "quiet" },
  "provider-created": { name: "Provider added", tone: "quiet" },
  "provider-changed": { name: "Provider changed", tone: "quiet" },
  "provider-deleted": { name: "Provider deleted", tone: "quiet" },
  "provider-failed": { name: "Provider failed", tone: "warn" },
  "connection-made": { name: "Sign-in connected", tone: "quiet" },
  "connection-removed": { name: "Sign-in disconnected", tone: "quiet" },
  "password-removed": { name: "Password removed", tone: "quiet" },
  "audio-policy-changed": { name: "Audio download changed", tone: "quiet" },
  "recording-added": { name: "Recording added", tone: "quiet" },
  "recording-deleted": { name: "Recording deleted", tone: "quiet" },
  "recording-played": { name: "Recording played", tone: "quiet" },
  "recording-damaged": { name: "Recording damaged", tone: "warn" },
  "key-rotated": { name: "Master key rotated", tone: "quiet" },
  "mail-failed": { name: "Mail not delivered", tone: "warn" },
  "webhook-created": { name: "Webhook added", tone: "quiet" },
  "webhook-changed": { name: "Webhook changed", tone: "quiet" },
  "webhook-deleted": { name: "Webhook deleted", tone: "quiet" },
  "token-created": { name: "API token made", tone: "quiet" },
  "token-revoked": { name: "API token revoked", tone: "quiet" },
  "country-database-changed": { name: "Country database changed", tone: "quiet" },
  "subscription-changed": { name: "Subscribed list changed", tone: "quiet" },
  "store-restored": { name: "Store restored from a backup", tone: "quiet" },
  "traffic-imported": { name: "Traffic imported from a log", tone: "quiet" },
};

export type EventLine = {
  readonly tone: StatusTone;
  /** What happened: "Banned". */
  readonly title: string;
  /** Why, what about, or by whom; empty where the title says it all. */
  readonly about: string;
};

/** Of a kind of a later version: its code. */
export function kindWords(kind: string): KindWords {
  const known: Readonly<Record<string, KindWords | undefined>> = KIND_WORDS;
  return known[kind] ?? { name: readableCode(kind), tone: "quiet" };
}

/** Of any kind of event; words that other people wrote stand in it as they are. */
export function describeEvent(event: EventAnswer): EventLine {
  const { kind } = event;
  const words = kindWords(kind);
  if (kind === "decision") return describeRefusal(event);
  const said = SAID[kind]?.(event) ?? {};
  const { title = words.name, about = otherwiseAbout(event), tone = words.tone } = said;
  return { tone, title, about };
}

function describeRefusal({ verdict, reason, surface, detail }: EventAnswer): EventLine {
  const where = surface === null ? "" : surfaceName(surface);
  const many = detail["addressesAbout"];
  const crowd =
    typeof many === "number" ? `about ${countOf(many, "address", "addresses")} together` : "";
  const about = [where, crowd].filter((text) => text !== "").join(" · ");
  const name = reasonName(reason ?? "");
  const why = `${name.charAt(0).toLowerCase()}${name.slice(1)}`;
  if (verdict === "monitor") return { tone: "warn", title: `Would be refused: ${why}`, about };
  return { tone: "bad", title: `Refused: ${why}`, about };
}

type Said = Partial<EventLine>;

/** Kinds of which more is known than their name. */
const SAID: Readonly<Partial<Record<EventKind, (event: EventAnswer) => Said>>> = {
  ban: ({ reason }) => ({ title: "Address banned", about: causeName(reason) }),
  "ban-changed": ({ reason, actor, detail }) => ({
    about: joined(causeName(reason), textOf(detail, "note"), byWhom(actor)),
  }),
  release: ({ reason, actor }) => ({
    title: "Ban released",
    about: joined(causeName(reason), byWhom(actor)),
  }),
  alarm: ({ reason, detail }) => ({
    about: joined(causeName(reason), textOf(detail, "meaning")),
  }),
  offence: ({ reason, verdict }) => ({
    title: verdict === "monitor" ? "Would be banned" : "Offence",
    about: causeName(reason),
  }),
  "change-confirmed": ({ actor, detail }) => ({
    about: joined(subjectNames(detail["subjects"]), byWhom(actor)),
  }),
  "entries-changed": ({ reason, actor, detail }) => ({
    title: entryChange(detail),
    about: joined(listed(reason, detail), textOf(detail, "note"), byWhom(actor)),
  }),
  "policy-changed": ofSection,
  "identity-policy-changed": ofSection,
  "sign-in": ({ actor, detail }) => ({ about: joined(whoOf(actor, detail)) }),
  "sign-in-refused": ({ reason, actor, detail }) => ({
    ...titleOfRefusal(reason),
    about: whoOf(actor, detail),
  }),
  "second-factor-refused": ({ reason, actor, detail }) => ({
    ...titleOfRefusal(reason),
    about: whoOf(actor, detail),
  }),
  "recording-played": ({ actor, detail }) => ({
    about: joined(textOf(detail, "number"), actor === null ? "nobody signed in" : actorName(actor)),
  }),
  "mail-failed": ({ reason, detail }) => ({
    about: joined(textOf(detail, "to"), readableCode(reason ?? "")),
  }),
  "account-created": ({ account, actor }) => ({ about: joined(account, byWhom(actor)) }),
  "account-changed": ({ account, actor }) => ({ about: joined(account, byWhom(actor)) }),
  "account-deleted": ({ account, actor }) => ({ about: joined(account, byWhom(actor)) }),
};

/** The section by the name that History has for it. */
function ofSection({ reason, actor }: EventAnswer): Said {
  return { about: joined(subjectName(reason ?? ""), byWhom(actor)) };
}

function titleOfRefusal(reason: string | null): Said {
  if (reason === null) return {};
  return { title: describeSignIn({ outcome: "refused", reason, provider: null }).words };
}

const ENTRY_CHANGES: Readonly<Record<string, string>> = {
  added: "Entry added",
  changed: "Entry changed",
  removed: "Entry deleted",
  imported: "Entries imported",
};

function entryChange(detail: EventAnswer["detail"]): string {
  const change = textOf(detail, "change");
  if (change === "removed" && typeof detail["count"] === "number") return "Entries deleted";
  return ENTRY_CHANGES[change] ?? "Address list changed";
}

function listed(action: string | null, detail: EventAnswer["detail"]): string {
  const range = textOf(detail, "range");
  const many = detail["added"] ?? detail["count"];
  const what = typeof many === "number" ? countOf(many, "entry", "entries") : range;
  if (action === "allow") return `${what} allowed`;
  return action === "deny" ? `${what} denied` : what;
}

function otherwiseAbout({ actor, detail, reason }: EventAnswer): string {
  const named = ["email", "name", "number", "range", "meaning"].map((key) => textOf(detail, key));
  const what = named.find((text) => text !== "") ?? "";
  const why = reason === null ? "" : readableCode(reason);
  return joined(what, why, actor === null ? "" : actorName(actor) === what ? "" : byWhom(actor));
}

function whoOf(actor: string | null, detail: EventAnswer["detail"]): string {
  const email = textOf(detail, "email");
  return email !== "" ? email : actor === null ? "" : actorName(actor);
}

function byWhom(actor: string | null): string {
  return actor === null ? "" : `by ${actorName(actor)}`;
}

function textOf(detail: EventAnswer["detail"], name: string): string {
  const value = detail[name];
  return typeof value === "string" ? value : "";
}

function joined(...parts: readonly (string | null)[]): string {
  return parts.filter((part) => part !== null && part !== "").join(" · ");
}
