// What travels when it is asked what a change would do, before it is made.
import { Type } from "typebox";
import type { Static } from "typebox";
import { IDENTITY_EFFECTS } from "../core/identity/identity-effect.ts";
import { AUDIO_EFFECTS } from "../core/recordings/audio-effect.ts";
import { LockoutSchema } from "./lockout-api.ts";
import { ModeSchema } from "./policy-api.ts";
import { ProposedChangeSchema } from "./proposed-change-api.ts";
import { IdSchema, strict, TimeSchema } from "./value-schemas.ts";

export const PREVIEW_PERIODS = ["24h", "7d"] as const;
export type PreviewPeriod = (typeof PREVIEW_PERIODS)[number];

/** What a subscribed list would do in another mode, which is set for itself. */
const SubscriptionModeSchema = Type.Object(
  {
    kind: Type.Literal("subscription-mode"),
    id: Type.Integer({ minimum: 1, description: "a subscription's id" }),
    mode: ModeSchema,
  },
  strict,
);

const PreviewedChangeSchema = Type.Union([ProposedChangeSchema, SubscriptionModeSchema]);
export type PreviewedChange = Static<typeof PreviewedChangeSchema>;

/** Undefined: of the platform. */
export function accountOfPreviewed(change: PreviewedChange): string | undefined {
  return change.kind === "subscription-mode" ? undefined : change.account;
}

export const PreviewBodySchema = Type.Object(
  {
    period: Type.Enum(PREVIEW_PERIODS),
    changes: Type.Array(PreviewedChangeSchema, { minItems: 1, maxItems: 50 }),
  },
  strict,
);

const count = Type.Integer({ minimum: 0 });
const counts = { requests: count, addresses: count };
const VerdictSchema = Type.Enum(["pass", "refuse", "monitor"]);

const PersonSchema = Type.Object(
  { id: IdSchema, name: Type.String(), email: Type.String() },
  strict,
);

const OutcomeSchema = Type.Object({ verdict: VerdictSchema, reason: Type.String() }, strict);

/**
 * Closed; the words for people are the console's. `limits-by-minute`: requests are known by the
 * minute and were spread over it evenly to judge limits. `visitors-not-recorded`: of a flood, that
 * are in no record of a visitor. `routes-not-recorded`: host and path are in no record, so that
 * other routes cannot be judged. `offences-not-replayed`: failed sign-ins are no visits; bans that
 * were made for them hold with and without the change. `plays-as-requests`: on audio, where each
 * request was taken for a play because records do not tell. `period-cut`: there were more records
 * than are looked at; `from` says since when they were. `rules-unconfirmed`: some of the rules that
 * it is judged by wait to be confirmed, and may go back.
 */
export const PREVIEW_NOTES = [
  "limits-by-minute",
  "visitors-not-recorded",
  "imported-visits",
  "routes-not-recorded",
  "offences-not-replayed",
  "plays-as-requests",
  "period-cut",
  "rules-unconfirmed",
] as const;
export type PreviewNote = (typeof PREVIEW_NOTES)[number];

/** What a change of sign-in or audio rules would do; closed, the words are the console's. */
export const PREVIEW_EFFECTS = [...IDENTITY_EFFECTS, ...AUDIO_EFFECTS] as const;
export type PreviewEffectCode = (typeof PREVIEW_EFFECTS)[number];

export const PreviewEffectSchema = Type.Object(
  {
    code: Type.Enum(PREVIEW_EFFECTS),
    account: Type.Union([Type.String(), Type.Null()], {
      description: "whose rules would do it; null: the platform's",
    }),
    count: Type.Integer({
      minimum: 0,
      description: "of what the code names: users, browsers, sessions, recordings or listeners",
    }),
    users: Type.Object(
      { count, names: Type.Array(PersonSchema, { description: "at most ten of them" }) },
      strict,
    ),
  },
  strict,
);
export type PreviewEffect = Static<typeof PreviewEffectSchema>;

export const PreviewAnswerSchema = Type.Object(
  {
    period: Type.Enum(PREVIEW_PERIODS),
    from: TimeSchema,
    until: TimeSchema,
    requests: Type.Integer({
      description: "that were looked at: of the platform, or of the accounts that are changed",
    }),
    addresses: Type.Integer(),
    notes: Type.Array(Type.Object({ code: Type.Enum(PREVIEW_NOTES), requests: count }, strict), {
      description: "what could not be predicted, and of how many requests",
    }),
    differences: Type.Object(
      {
        ...counts,
        users: Type.Integer({ minimum: 0, description: "who signed in from those addresses" }),
        verdicts: Type.Array(
          Type.Object({ before: VerdictSchema, after: VerdictSchema, ...counts }, strict),
        ),
        reasons: Type.Array(
          Type.Object({ before: Type.String(), after: Type.String(), ...counts }, strict),
          { description: "why they are decided as they are, and why otherwise then" },
        ),
        surfaces: Type.Array(Type.Object({ surface: Type.String(), ...counts }, strict)),
        accounts: Type.Array(
          Type.Object({ account: Type.Union([Type.String(), Type.Null()]), ...counts }, strict),
        ),
        countries: Type.Array(Type.Object({ country: Type.String(), ...counts }, strict)),
        examples: Type.Array(
          Type.Object(
            {
              address: Type.String(),
              country: Type.String(),
              surface: Type.String(),
              account: Type.Union([Type.String(), Type.Null()]),
              requests: count,
              lastAt: TimeSchema,
              users: Type.Array(PersonSchema),
              before: OutcomeSchema,
              after: OutcomeSchema,
            },
            strict,
          ),
          { description: "at most twenty, those with most requests first" },
        ),
      },
      {
        ...strict,
        description:
          "whoever would get another verdict; nobody who gets the same for another reason",
      },
    ),
    effects: Type.Array(PreviewEffectSchema),
    lockout: Type.Union([LockoutSchema, Type.Null()], {
      description:
        "whom the changes would lock out, for which saving them is refused (409) unless it is " +
        "overridden; null: nobody",
    }),
  },
  strict,
);
export type PreviewAnswer = Static<typeof PreviewAnswerSchema>;
