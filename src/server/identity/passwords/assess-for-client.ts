// Says how hard a password is to guess, to anybody, and keeps one client from asking for all.
import type { Static } from "typebox";
import type { AssessmentAnswer, AssessmentBodySchema } from "../../../api/passwords-api.ts";
import type { PasswordJudge } from "../../../platform/crypto/password-judge.ts";
import { preparePassword } from "../../../platform/crypto/prepare-password.ts";
import type { PersonPlace } from "../identity-parts.ts";
import { networkOf } from "../sign-in/network-of.ts";
import { signInProblem } from "../sign-in/sign-in-problem.ts";

export type AssessForClient = (
  place: PersonPlace,
  body: Static<typeof AssessmentBodySchema>,
) => Promise<AssessmentAnswer>;

/** A page asks again before the last answer is there, but not more often. */
const QUESTIONS_OPEN_MAX = 2;
const RETRY_AFTER_SECONDS = 2;

/** INVARIANT: of one client at most so many questions wait, so that it fills no queue alone. */
export function createAssessForClient(judge: Pick<PasswordJudge, "assess">): AssessForClient {
  const openCounts = new Map<string, number>();

  return async function assessForClient(place, body) {
    const client = networkOf(place);
    const openCount = openCounts.get(client) ?? 0;
    if (openCount >= QUESTIONS_OPEN_MAX) {
      throw signInProblem("assessment-busy", { retryAfterSeconds: RETRY_AFTER_SECONDS });
    }
    openCounts.set(client, openCount + 1);
    try {
      const prepared = preparePassword(body.password);
      const text = prepared.ok ? prepared.text : body.password;
      const { suggestions, ...assessed } = await judge.assess(text, body.words ?? []);
      return { ...assessed, suggestions: [...suggestions] };
    } finally {
      const left = (openCounts.get(client) ?? 1) - 1;
      if (left === 0) openCounts.delete(client);
      else openCounts.set(client, left);
    }
  };
}
