// A revision of the rules, as people read it.
import type { ChangeWay, RevisionAnswer } from "../../api/revision-api.ts";
import { countOf } from "../accounts/user-words.ts";
import { countryTitle } from "../journal/country-marks.ts";
import { actorName, HOST_SHELL } from "../shell/actor-name.ts";

const SUBJECTS: Readonly<Record<string, string>> = {
  "address-lists": "Address lists",
  entries: "Address list entries",
  country: "Allowed countries",
  "failed-authentication": "Failed authentication protection",
  "webchat-requests": "Web chat requests protection",
  ban: "Blacklist time interval",
  "hard-limit": "Hard limit",
  "rate-limits": "Rate limits",
  routes: "Surfaces of hosts and paths",
  "user-authentication": "User authentication",
  "two-factor": "2FA authentication",
  "single-sign-on": "Single sign-on",
  "log-out": "Log-out policy",
  "audio-download": "Audio download",
};

/** What stands in the navigation for it; what is not known stands as it is. */
export function subjectName(subject: string): string {
  return SUBJECTS[subject] ?? subject;
}

/** Of an event's list of sections; empty where there is none. */
export function subjectNames(subjects: unknown): string {
  if (!Array.isArray(subjects)) return "";
  return [...new Set(subjects.map((subject) => subjectName(String(subject))))].join(", ");
}

export const WAY_WORDS: Readonly<Record<ChangeWay, string>> = {
  console: "in the console",
  token: "by an API token",
  "host-shell": "on the host’s shell",
  restore: "by going back",
  "policy-file": "by a policy file",
  subscription: "by a subscribed list",
  "went-back": "by itself, as nobody confirmed it",
  system: "by Postern itself",
};

const OF_COUNTRY = /^countries\.([A-Z]{2})$/;

/** Where a value stands in a section: "minimum length › characters", a country by its name. */
export function pathText(path: string): string {
  const [, country] = OF_COUNTRY.exec(path) ?? [];
  if (country !== undefined) return countryTitle(country);
  return path
    .split(".")
    .map((name) => name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`))
    .join(" › ");
}

/** Who made it and by which way; of the host's shell both are the same. */
export function makerText({ actor, way }: Pick<RevisionAnswer, "actor" | "way">): {
  readonly name: string;
  readonly way: string;
} {
  if (way === "host-shell" && actor === HOST_SHELL)
    return { name: "somebody", way: WAY_WORDS[way] };
  return { name: actorName(actor), way: WAY_WORDS[way] };
}

/** Such as "Allowed countries of acme"; of the platform's rules nobody is named. */
export function revisionTitle({
  subject,
  account,
  entries,
}: Pick<RevisionAnswer, "subject" | "account" | "entries">): string {
  const what =
    subject === "entries" ? countOf(entries, "address list entry", "address list entries") : null;
  const name = what ?? subjectName(subject);
  return account === null ? name : `${name} of ${account}`;
}

/** A value in a difference: switches and what is not there in words. */
export function valueText(value: string | number | boolean | null): string {
  if (value === null) return "not set";
  if (typeof value === "boolean") return value ? "on" : "off";
  return typeof value === "number" ? value.toLocaleString("en") : value;
}
