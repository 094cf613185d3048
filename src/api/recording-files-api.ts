// What travels about the files of recordings: where each is, and what it must contain.
import { Type } from "typebox";
import type { Static } from "typebox";
import { AccountCodeSchema, IdSchema, NextSchema, strict } from "./value-schemas.ts";

export const RecordingFilesSchema = Type.Object(
  {
    files: Type.Array(
      Type.Object(
        {
          recordingId: IdSchema,
          account: AccountCodeSchema,
          key: Type.String({ description: "in the blob store" }),
          sizeBytes: Type.Integer(),
          sha256: Type.String({ description: "lower-case hex" }),
        },
        strict,
      ),
    ),
    next: NextSchema,
  },
  strict,
);
export type RecordingFilesAnswer = Static<typeof RecordingFilesSchema>;

export const RecordingFilesQuerySchema = Type.Object(
  {
    after: Type.Optional(IdSchema),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000, default: 1000 })),
  },
  strict,
);
export type RecordingFilesQuery = Static<typeof RecordingFilesQuerySchema>;
