// What travels about recordings: the library, uploads, who listened, and what a link leads to.
import { Type } from "typebox";
import type { Static } from "typebox";
import { RECORDING_FORMATS } from "../core/recordings/recording-format.ts";
import {
  AccountCodeSchema,
  IdSchema,
  NextSchema,
  NullableTimeSchema,
  pageQueryMembers,
  strict,
  TimeSchema,
} from "./value-schemas.ts";

export const RECORDING_NAME_LENGTH_MAX = 300;
export const CALLER_LENGTH_MAX = 64;

/** 128 random bits in base64url. */
const RecordingLinkSchema = Type.String({
  pattern: "^[A-Za-z0-9_-]{22}$",
  description: "what stands after /recordings/ in the link: 22 letters, digits, - and _",
});

const recordingMembers = {
  id: IdSchema,
  account: AccountCodeSchema,
  number: Type.String({ description: "the tracking number, E.164" }),
  numberLabel: Type.String(),
  caller: Type.String({ description: "E.164 as a rule; empty: withheld" }),
  name: Type.String({ description: "what the system that made it calls it; any text" }),
  recordedAt: TimeSchema,
  durationMs: Type.Integer(),
  format: Type.Enum(RECORDING_FORMATS),
};

export const RecordingSchema = Type.Object(
  {
    ...recordingMembers,
    trackingNumberId: IdSchema,
    /** The address to send to people. */
    url: Type.String({ description: "its page, for people; whoever may hear it hears it there" }),
    link: RecordingLinkSchema,
    codec: Type.String(),
    sizeBytes: Type.Integer(),
    sha256: Type.String({ description: "lower-case hex" }),
    createdAt: TimeSchema,
    createdBy: Type.String(),
    plays: Type.Integer({ description: "how often it was listened to" }),
    lastPlayedAt: NullableTimeSchema,
  },
  strict,
);
export type RecordingAnswer = Static<typeof RecordingSchema>;

export const RecordingListSchema = Type.Object(
  { recordings: Type.Array(RecordingSchema), next: NextSchema },
  strict,
);
export type RecordingListAnswer = Static<typeof RecordingListSchema>;

const secondsSchema = Type.Integer({ minimum: 0, maximum: 86_400 });

export const RecordingQuerySchema = Type.Object(
  {
    ...pageQueryMembers,
    account: Type.Optional(AccountCodeSchema),
    number: Type.Optional(
      Type.String({ minLength: 1, maxLength: 32, description: "part of the tracking number" }),
    ),
    caller: Type.Optional(
      Type.String({ minLength: 1, maxLength: CALLER_LENGTH_MAX, description: "part of it" }),
    ),
    since: Type.Optional(TimeSchema),
    until: Type.Optional(TimeSchema),
    secondsMin: Type.Optional(secondsSchema),
    secondsMax: Type.Optional(secondsSchema),
  },
  strict,
);
export type RecordingQuery = Static<typeof RecordingQuerySchema>;

export const RecordingParamsSchema = Type.Object({ id: IdSchema }, strict);

/** What is said of a new recording beside its audio. */
const newRecordingMembers = {
  account: AccountCodeSchema,
  number: Type.String({
    minLength: 3,
    maxLength: 32,
    description: "a tracking number of the account",
  }),
  caller: Type.Optional(
    Type.String({ maxLength: CALLER_LENGTH_MAX, pattern: "^[^\\u0000-\\u001f\\u007f]*$" }),
  ),
  name: Type.Optional(
    Type.String({
      maxLength: RECORDING_NAME_LENGTH_MAX,
      pattern: "^[^\\u0000-\\u001f\\u007f-\\u009f]*$",
      description: "one line; shown and never trusted",
    }),
  ),
  recordedAt: Type.Optional(TimeSchema),
  sha256: Type.Optional(
    Type.String({ pattern: "^[0-9a-f]{64}$", description: "of the audio; compared when it is in" }),
  ),
  missedCall: Type.Optional(
    Type.Boolean({ description: "mails its link to everybody granted the number" }),
  ),
};

/** Of an upload, whose body is the audio itself. */
export const NewRecordingQuerySchema = Type.Object(
  {
    ...newRecordingMembers,
    // What stands in an address is text.
    account: Type.Optional(AccountCodeSchema),
    number: Type.Optional(newRecordingMembers.number),
  },
  strict,
);
export type NewRecordingQuery = Static<typeof NewRecordingQuerySchema>;

/** Of an object that is in the blob store already: below `incoming/ACCOUNT_ID/` there. */
export const RecordingRegistrationSchema = Type.Object(
  {
    ...newRecordingMembers,
    object: Type.String({
      minLength: 1,
      maxLength: 512,
      description:
        "its key in the blob store: incoming/, the account's id (not its code), and more",
    }),
  },
  strict,
);
export type RecordingRegistration = Static<typeof RecordingRegistrationSchema>;

export const PlaySchema = Type.Object(
  {
    id: IdSchema,
    userId: Type.Union([IdSchema, Type.Null()], { description: "null: nobody was signed in" }),
    email: Type.Union([Type.String(), Type.Null()]),
    address: Type.String(),
    country: Type.String(),
    userAgent: Type.String(),
    reason: Type.String({ description: "why it was played: a reason of the decision" }),
    startedAt: TimeSchema,
    lastAt: TimeSchema,
    bytesSent: Type.Integer(),
    isCut: Type.Boolean({ description: "a fault of the file ended it before its end" }),
  },
  strict,
);
export type PlayAnswer = Static<typeof PlaySchema>;

export const PlayListSchema = Type.Object(
  { plays: Type.Array(PlaySchema), next: NextSchema },
  strict,
);
export type PlayListAnswer = Static<typeof PlayListSchema>;

export const PlayQuerySchema = Type.Object(
  { after: pageQueryMembers.after, limit: pageQueryMembers.limit },
  strict,
);

export const RecordingLinkParamsSchema = Type.Object({ link: RecordingLinkSchema }, strict);

/** What the player shows: to whoever may hear it, and to nobody else. */
export const LinkedRecordingSchema = Type.Object(
  {
    ...recordingMembers,
    sizeBytes: Type.Integer(),
    fileName: Type.String({ description: "under which it is saved" }),
    audioUrl: Type.String({ description: "path of the audio" }),
    reason: Type.String({ description: "why it may be heard" }),
    email: Type.Union([Type.String(), Type.Null()], { description: "who is signed in" }),
  },
  strict,
);
export type LinkedRecordingAnswer = Static<typeof LinkedRecordingSchema>;
