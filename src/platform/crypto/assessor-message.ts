// What the main thread and the thread that assesses passwords tell each other.
import type { PasswordAssessment } from "./assess-password.ts";

/** `words` null: only whether it is a common one. */
export type AssessorRequest = {
  readonly id: number;
  readonly password: string;
  readonly words: readonly string[] | null;
};

export type AssessorReply = { readonly id: number } & (
  | { readonly kind: "common"; readonly isCommon: boolean }
  | { readonly kind: "assessment"; readonly assessment: PasswordAssessment }
);
