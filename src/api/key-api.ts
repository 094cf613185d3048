// What travels about master keys: their fingerprints and what they seal, never a key.
import { Type } from "typebox";
import type { Static } from "typebox";
import { NullableTimeSchema, strict } from "./value-schemas.ts";

const KEY_STATES = ["active", "opens-only", "missing"] as const;
const KEY_SOURCES = ["environment", "file"] as const;

const KeyIdSchema = Type.String({ description: "the fingerprint of a key" });

const KeySchema = Type.Object(
  {
    id: KeyIdSchema,
    state: Type.Enum(KEY_STATES, {
      description: "missing: secrets are sealed with it, and nobody here has it",
    }),
    source: Type.Union([Type.Enum(KEY_SOURCES), Type.Null()], {
      description: "MASTER_KEY or MASTER_KEY_PREVIOUS, or the file in DATA_DIR",
    }),
    createdAt: NullableTimeSchema,
    seals: Type.Integer({ minimum: 0, description: "how many secrets are sealed with it" }),
  },
  strict,
);

export const KeyStatusSchema = Type.Object(
  {
    activeKeyId: KeyIdSchema,
    source: Type.Enum(KEY_SOURCES, { description: "of the active key" }),
    filePath: Type.Union([Type.String(), Type.Null()], {
      description: "where the active key is; null: in MASTER_KEY",
    }),
    isRotating: Type.Boolean({ description: "a rotation was begun and has not ended" }),
    keys: Type.Array(KeySchema, { description: "the active key first" }),
  },
  strict,
);
export type KeyStatusAnswer = Static<typeof KeyStatusSchema>;

export const KeyRotationSchema = Type.Object(
  {
    isKeyNew: Type.Boolean({
      description: "false: MASTER_KEY is set, or an earlier rotation was finished",
    }),
    resealed: Type.Integer({ description: "secrets that are sealed with the active key now" }),
    unopened: Type.Integer({
      description: "secrets that no key here opens; they stay as they are",
    }),
    status: KeyStatusSchema,
  },
  strict,
);
export type KeyRotationAnswer = Static<typeof KeyRotationSchema>;
