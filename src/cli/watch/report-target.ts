// Sends the reports of `postern watch` to this host's server, or another by its API and a token.
import { requestJson } from "../../platform/http/http-client.ts";
import type { HttpAnswer } from "../../platform/http/http-client.ts";
import { targetOf } from "../api-target.ts";
import type { TargetOptions } from "../api-target.ts";
import type { CliContext } from "../cli-context.ts";
import type { ReportsAnswer, SendReports } from "./report-queue.ts";

const SILENCE_MS = 10_000;

export function createSender(context: CliContext, options: TargetOptions): SendReports {
  const target = targetOf(context, options);
  return async (reports) => {
    const call = {
      method: "POST",
      path: "/api/v1/reports",
      body: { reports },
      silenceMs: SILENCE_MS,
    } as const;
    const answer = await requestJson(target, call);
    if (!answer.ok || isReportsAnswer(answer.body)) return answer as HttpAnswer<ReportsAnswer>;
    const detail = "what answered is no Postern";
    return { ok: false, kind: "unreachable", errorCode: "UNKNOWN", detail };
  };
}

function isReportsAnswer(body: unknown): body is ReportsAnswer {
  return Array.isArray((body as Partial<ReportsAnswer> | null)?.banned);
}
