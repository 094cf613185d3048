// What a change of sign-in or audio rules would do to people, as sentences.
import type { PreviewEffect, PreviewEffectCode } from "../../api/preview-api.ts";

/** `loss`: somebody can do less than before; `gain`: more; `note`: something to know. */
export type EffectTone = "loss" | "gain" | "note";

type Told = Pick<PreviewEffect, "count"> & { readonly users: number };

type EffectWords = { readonly tone: EffectTone; readonly tell: (told: Told) => string };

const EFFECT_WORDS: Readonly<Record<PreviewEffectCode, EffectWords>> = {
  "users-locked-by-wrong-passwords": {
    tone: "loss",
    tell: ({ count }) =>
      `${users(count)} would be locked out for wrong passwords, also with the right one.`,
  },
  "users-no-longer-locked": {
    tone: "gain",
    tell: ({ count }) =>
      `${users(count)} who ${be(count)} locked out for wrong passwords could sign in again.`,
  },
  "users-locked-as-dormant": {
    tone: "loss",
    tell: ({ count }) =>
      `${users(count)} would be locked at once, for having stayed away too long.`,
  },
  "users-no-longer-dormant": {
    tone: "gain",
    tell: ({ count }) => `${users(count)} who stayed away too long until now could sign in again.`,
  },
  "users-must-change-password": {
    tone: "loss",
    tell: ({ count }) => `${users(count)} would have to choose a new password at the next sign-in.`,
  },
  "users-keep-password": {
    tone: "gain",
    tell: ({ count }) => `${users(count)} would not have to choose a new password any more.`,
  },
  "users-set-up-second-factor": {
    tone: "loss",
    tell: ({ count }) =>
      `${users(count)} would have to set up a second factor at the next sign-in.`,
  },
  "users-spared-set-up": {
    tone: "gain",
    tell: ({ count }) => `${users(count)} would not have to set up a second factor any more.`,
  },
  "users-asked-second-factor": {
    tone: "loss",
    tell: ({ count }) =>
      `${users(count)} would be asked for the second factor where they are not asked now.`,
  },
  "users-not-asked-second-factor": {
    tone: "gain",
    tell: ({ count }) =>
      `${users(count)} would not be asked for the second factor where they are asked now.`,
  },
  "users-depend-on-provider": {
    tone: "note",
    tell: ({ count }) =>
      `For ${users(count)} it depends on whether their provider says that it asked for a second ` +
      "factor itself.",
  },
  "browsers-distrusted": {
    tone: "loss",
    tell: ({ count, users: of }) =>
      `${plural(count, "trusted browser")} of ${users(of)} would be asked for the second factor ` +
      "again.",
  },
  "sessions-end": {
    tone: "loss",
    tell: ({ count, users: of }) => `${sessions(count)} of ${users(of)} would end at once.`,
  },
  "sessions-limited": {
    tone: "loss",
    tell: ({ count, users: of }) =>
      `${sessions(count)} of ${users(of)} would open nothing but the change of the password.`,
  },
  "sessions-open-again": {
    tone: "gain",
    tell: ({ count, users: of }) => `${sessions(count)} of ${users(of)} would open more than now.`,
  },
  "passwords-not-told": {
    tone: "note",
    tell: ({ count }) =>
      `${users(count)} keep their password until they change it: whether it fits the new rule ` +
      "cannot be told, because only its hash is kept.",
  },
  "recordings-unheard": {
    tone: "loss",
    tell: ({ count, users: of }) => `${recordings(count)} would become unheard by ${users(of)}.`,
  },
  "recordings-opened": {
    tone: "gain",
    tell: ({ count, users: of }) =>
      `${recordings(count)} could be heard by ${users(of)} who cannot hear them now.`,
  },
  "recordings-open-to-anyone": {
    tone: "gain",
    tell: ({ count }) => `${recordings(count)} would be open to anyone who has the link.`,
  },
  "recordings-closed-to-anyone": {
    tone: "loss",
    tell: ({ count }) =>
      `${recordings(count)} would not be open to everyone with the link any more.`,
  },
  "recordings-open-by-address": {
    tone: "gain",
    tell: ({ count }) =>
      `${recordings(count)} would be open without a sign-in to addresses on the whitelist.`,
  },
  "recordings-closed-by-address": {
    tone: "loss",
    tell: ({ count }) =>
      `${recordings(count)} would not be open to addresses on the whitelist without a sign-in ` +
      "any more.",
  },
  "listeners-refused": {
    tone: "loss",
    tell: ({ count }) => `${listeners(count)} would be refused.`,
  },
  "listeners-asked-to-sign-in": {
    tone: "loss",
    tell: ({ count }) => `${listeners(count)} would be asked to sign in first.`,
  },
  "listeners-may-sign-in": {
    tone: "gain",
    tell: ({ count }) =>
      `${listeners(count)} would be asked to sign in, and ${be(count)} refused now.`,
  },
  "listeners-let-in": {
    tone: "gain",
    tell: ({ count }) => `${listeners(count)} would hear what they do not hear now.`,
  },
  "listeners-depend-on-address": {
    tone: "note",
    tell: ({ count }) =>
      `For ${users(count)} it depends on the address they ask from, which is not known.`,
  },
  "listeners-not-recorded": {
    tone: "note",
    tell: ({ count }) =>
      `${plural(count, "request")} for recordings came from more people than are recorded.`,
  },
};

export function toneOfEffect({ code }: Pick<PreviewEffect, "code">): EffectTone {
  return EFFECT_WORDS[code].tone;
}

/** One sentence; who it is stands beside it. */
export function tellEffect({ code, count, users: { count: people } }: PreviewEffect): string {
  return EFFECT_WORDS[code].tell({ count, users: people });
}

function users(count: number): string {
  return plural(count, "user");
}

function sessions(count: number): string {
  return plural(count, "open session");
}

function recordings(count: number): string {
  return plural(count, "recording");
}

function listeners(count: number): string {
  return plural(count, "recent listener");
}

function plural(count: number, noun: string): string {
  return `${count.toLocaleString("en")} ${noun}${count === 1 ? "" : "s"}`;
}

function be(count: number): string {
  return count === 1 ? "is" : "are";
}
