// Writes what somebody sees who does not get a recording: sign-in page, refusal page or problem.

import type { IncomingMessage, ServerResponse } from "node:http";
import { Problem, toProblemDetails } from "../../platform/problem/problem.ts";
import { answerPrivately, answerPrivateRedirect } from "./answer-gate.ts";
import type { GateAnswer } from "./gate-answer.ts";
import { refusalBody } from "./refusal-page.ts";
import type { SignInAddress } from "./sign-in-address.ts";

export type RefusedRecording = {
  readonly answer: GateAnswer;
  readonly link: string;
  readonly accept: string | null;
};

/** INVARIANT: nothing but the status and the decision's id tells one refusal from another. */
export function answerRecordingRefusal(
  parts: { readonly signIn: SignInAddress; readonly publicUrl: string },
  refused: RefusedRecording,
  exchange: { readonly request: IncomingMessage; readonly response: ServerResponse },
): void {
  const { answer, link, accept } = refused;
  const { request, response } = exchange;
  if (response.destroyed || response.headersSent) return;
  // The body of a refused request is not waited for: the connection ends with the answer.
  if (hasBody(request)) response.shouldKeepAlive = false;
  if (answer.status === 302) {
    // Back to the page, also from the audio: there it plays by itself.
    const page = `${parts.publicUrl}/postern/recordings/${link}`;
    return answerPrivateRedirect(response, parts.signIn.leadingTo(page));
  }
  const body = answer.status === 401 ? SIGN_IN_NEEDED : refusalBody(answer, accept);
  answerPrivately(response, answer, body);
}

const SIGN_IN_NEEDED = {
  type: "application/problem+json",
  text: JSON.stringify(
    toProblemDetails(
      new Problem("sign-in-needed", 401, { detail: "Sign in to hear this recording." }),
    ),
  ),
} as const;

function hasBody({ headers }: IncomingMessage): boolean {
  const length = headers["content-length"] ?? "0";
  return headers["transfer-encoding"] !== undefined || length !== "0";
}
