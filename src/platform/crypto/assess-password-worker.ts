// The thread that assesses passwords, so that a long one never delays a decision.
import { parentPort } from "node:worker_threads";
import { createPasswordAssessor } from "./assess-password.ts";
import type { AssessorReply, AssessorRequest } from "./assessor-message.ts";

const assessor = createPasswordAssessor();

parentPort?.on("message", ({ id, password, words }: AssessorRequest) => {
  const value =
    words === null
      ? { kind: "common" as const, isCommon: assessor.isCommon(password) }
      : { kind: "assessment" as const, assessment: assessor.assess(password, words) };
  parentPort?.postMessage({ id, ...value } satisfies AssessorReply);
});
