// Decides who may hear a recording: by the account's access mode, then by its tracking number.
import type { Role } from "../accounts/role.ts";
import { isAtLeast } from "../accounts/role-towards.ts";
import type { Decision, StepResult } from "../decision.ts";
import { decideInOrder, resultOfRule } from "../identity/ordered-rules.ts";
import type { OrderedRule } from "../identity/ordered-rules.ts";
import type { AccessMode } from "./audio-policy.ts";

/** Whoever asks. A session that has ended is nobody's. */
export type Listener =
  | { readonly kind: "nobody" }
  /** A sign-in that still asks for something. */
  | { readonly kind: "unfinished" }
  | {
      readonly kind: "user";
      /** Towards the recording's account; null: not a member. */
      readonly role: Role | null;
      /** Granted the recording's tracking number. */
      readonly hasGrant: boolean;
    };

export type RecordingFacts = {
  /** Null: no recording has the link. */
  readonly recording: { readonly isNumberShareable: boolean } | null;
  readonly mode: AccessMode;
  readonly onlyShareable: boolean;
  /** The listener's address is on the account's whitelist. */
  readonly isWhitelisted: boolean;
  readonly listener: Listener;
};

/** `absent`: answered as if there were no such recording. */
export const RECORDING_VERDICTS = ["play", "sign-in", "refuse", "absent"] as const;
export type RecordingVerdict = (typeof RECORDING_VERDICTS)[number];

export type RecordingRule =
  | "access-unrestricted"
  | "address-not-whitelisted"
  | "sign-in-unfinished"
  | "session-missing"
  | "number-not-shareable"
  | "recording-unknown"
  | "account-not-theirs"
  | "number-not-granted";

export type RecordingReason = RecordingRule | "address-whitelisted" | "number-open-to-user";

/**
 * Asked after the gate. Guide "Audio Download": the mode first, then, but for "No Security
 * Restrictions", the number-level security of "Audio Security" for every known user.
 */
export function decideRecording(
  facts: RecordingFacts,
): Decision<RecordingVerdict, RecordingReason> {
  const { recording, listener } = facts;
  // Without a recording the answer is the one for a recording that one may not hear.
  const mode = recording === null ? "user-authentication" : facts.mode;
  const isUser = listener.kind === "user";
  const asksUser = mode !== "no-restrictions" && !isLetInByAddress(mode, facts.isWhitelisted);
  const isNarrowed = facts.onlyShareable && recording !== null && !recording.isNumberShareable;
  return decideInOrder<RecordingVerdict, RecordingReason>(
    [
      {
        step: "access-unrestricted",
        verdict: "play",
        result: resultOfRule(mode === "no-restrictions"),
        detail: { mode },
      },
      {
        step: "address-not-whitelisted",
        verdict: "refuse",
        result: whitelistRule(mode, facts.isWhitelisted),
      },
      {
        step: "sign-in-unfinished",
        verdict: "sign-in",
        result: asksUser ? resultOfRule(listener.kind === "unfinished") : "not-applicable",
      },
      {
        step: "session-missing",
        verdict: "sign-in",
        result: asksUser ? resultOfRule(!isUser) : "not-applicable",
      },
      {
        // Whoever signs in may still hear it: the whitelist alone does not open it.
        step: "number-not-shareable",
        verdict: "sign-in",
        result: isUser || asksUser ? "not-applicable" : resultOfRule(isNarrowed),
      },
      ...numberRules(facts),
    ],
    { verdict: "play", reason: isUser ? "number-open-to-user" : "address-whitelisted" },
  );
}

function isLetInByAddress(mode: AccessMode, isWhitelisted: boolean): boolean {
  return isWhitelisted && (mode === "ip-whitelist" || mode === "whitelist-or-user");
}

function whitelistRule(mode: AccessMode, isWhitelisted: boolean): StepResult {
  const isAsked = mode === "ip-whitelist" || mode === "whitelist-and-user";
  return isAsked ? resultOfRule(!isWhitelisted) : "not-applicable";
}

/** Nobody is not asked: then the address has let them in, and there is no user to check. */
function numberRules({
  recording,
  listener,
}: RecordingFacts): readonly OrderedRule<RecordingVerdict, RecordingReason>[] {
  const user = listener.kind === "user" ? listener : null;
  const ask = (applies: (user: KnownUser) => boolean): StepResult =>
    user === null ? "not-applicable" : resultOfRule(applies(user));
  return [
    {
      step: "recording-unknown",
      verdict: "absent",
      result: ask(() => recording === null),
    },
    {
      step: "account-not-theirs",
      verdict: "absent",
      result: ask(({ role }) => role === null),
    },
    {
      step: "number-not-granted",
      verdict: "absent",
      result: ask(({ role, hasGrant }) => !hasGrant && !isAtLeast(role, "admin")),
    },
  ];
}

type KnownUser = Extract<Listener, { kind: "user" }>;
