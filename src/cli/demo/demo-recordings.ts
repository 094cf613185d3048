// What the demo's accounts have recorded, and who may hear it: callers and voicemails are invented.
import type { AudioPolicyValue } from "../../api/audio-download-api.ts";
import type { CountryCode } from "../../core/network/iso-3166.ts";

export type DemoNumber = {
  readonly account: string;
  readonly number: string;
  readonly label: string;
  readonly isShareable: boolean;
};

export const NUMBERS = {
  desk: { account: "acme", number: "+61255501001", label: "Front desk", isShareable: false },
  repairs: { account: "acme", number: "+61255501002", label: "Repairs", isShareable: false },
  boats: { account: "harbour", number: "+442079460101", label: "Boat trips", isShareable: true },
  cafe: { account: "harbour", number: "+442079460102", label: "Café", isShareable: false },
} as const satisfies Readonly<Record<string, DemoNumber>>;

export type DemoNumberName = keyof typeof NUMBERS;

export const SECOND_ACCOUNT = { code: "harbour", name: "Harbour Tours" } as const;

/** Agents, but for the administrator of the second account. */
export const PEOPLE = [
  { email: "grace@example.com", name: "Grace", account: "acme", role: "agent", hears: ["desk"] },
  { email: "lin@example.com", name: "Lin", account: "acme", role: "agent", hears: ["repairs"] },
  { email: "noor@example.com", name: "Noor", account: "harbour", role: "admin", hears: [] },
  { email: "tom@example.com", name: "Tom", account: "harbour", role: "agent", hears: ["boats"] },
] as const;

export type DemoPersonEmail = (typeof PEOPLE)[number]["email"];

/** This machine is on the whitelist: whoever looks at the demo hears one without signing in. */
export const AUDIO_POLICIES = {
  acme: { mode: "user-authentication", whitelist: [], onlyShareable: false },
  harbour: {
    mode: "whitelist-or-user",
    whitelist: ["127.0.0.1", "::1", "203.0.113.0/28"],
    onlyShareable: true,
  },
} as const satisfies Readonly<
  Record<string, { readonly [Key in keyof AudioPolicyValue]: unknown }>
>;

/** Of docs/demo: spoken by a machine, about nothing that there is. */
export const VOICEMAILS = {
  trip: "boat-trip.mp3",
  delivery: "late-delivery.ogg",
  hours: "opening-hours.m4a",
  back: "call-back.wav",
} as const;

export type DemoRecording = {
  readonly number: DemoNumberName;
  readonly audio: keyof typeof VOICEMAILS;
  /** Before the demo began. */
  readonly hoursAgo: number;
  /** Numbers that are kept for films and tests; empty: withheld. */
  readonly caller: string;
};

export const RECORDINGS: readonly DemoRecording[] = [
  { number: "desk", audio: "delivery", hoursAgo: 2, caller: "+61255509871" },
  { number: "repairs", audio: "hours", hoursAgo: 5, caller: "+61491570156" },
  { number: "boats", audio: "trip", hoursAgo: 7, caller: "+442079460950" },
  { number: "desk", audio: "back", hoursAgo: 23, caller: "" },
  { number: "cafe", audio: "hours", hoursAgo: 26, caller: "+447700900123" },
  { number: "repairs", audio: "back", hoursAgo: 29, caller: "+61491570157" },
  { number: "boats", audio: "back", hoursAgo: 31, caller: "+447700900456" },
  { number: "desk", audio: "hours", hoursAgo: 50, caller: "+61255509872" },
  { number: "boats", audio: "trip", hoursAgo: 54, caller: "+442079460951" },
  { number: "cafe", audio: "delivery", hoursAgo: 75, caller: "" },
  { number: "repairs", audio: "delivery", hoursAgo: 98, caller: "+61491570158" },
  { number: "boats", audio: "hours", hoursAgo: 122, caller: "+447700900789" },
];

export type DemoListening = {
  /** Whom of PEOPLE; null: somebody who has only the link. */
  readonly by: DemoPersonEmail | null;
  /** Where from; `office` is on the second account's whitelist. */
  readonly from: CountryCode | "office";
  /** Their places in RECORDINGS. */
  readonly to: readonly number[];
};

export const LISTENINGS: readonly DemoListening[] = [
  { by: "grace@example.com", from: "AU", to: [0, 3] },
  { by: "lin@example.com", from: "AU", to: [1] },
  { by: "noor@example.com", from: "GB", to: [2, 4, 9] },
  { by: "tom@example.com", from: "IE", to: [2] },
  { by: null, from: "office", to: [2, 6] },
  { by: null, from: "US", to: [0] },
];

/** The first is heard at once on this machine; for the second one signs in. */
export const SHOWN = { open: 2, closed: 0 } as const;
