// Says in plain words why a recording cannot be heard, or cannot be heard any further.
import type { RecordingFormat } from "../../core/recordings/recording-format.ts";
import { ApiProblem, asApiProblem, toApiProblem, unreachableProblem } from "../api/api-problem.ts";
import { sendSessionSignal } from "../api/session-signals.ts";
import { describeCountdown } from "../shell/describe-time.ts";

export type PlayFault = {
  readonly title: string;
  readonly words: string;
  /** Trying again may help; without a change elsewhere, a refusal stays one. */
  readonly canRetry: boolean;
  /** The audio is there, only this browser makes nothing of it. */
  readonly canDownload: boolean;
  /** Of a refusal that was written down. Null: nobody can be asked about it by a number. */
  readonly decisionId: string | null;
};

type Said = Pick<PlayFault, "title" | "words"> & Partial<PlayFault>;

function faultOf(said: Said): PlayFault {
  return { canRetry: false, canDownload: false, decisionId: null, ...said };
}

/** @param problem what the server said, to the page or to the audio */
export function faultOfProblem(problem: ApiProblem): PlayFault {
  if (problem.code === "recording-damaged") {
    return faultOf({
      title: "The file of this recording is damaged",
      words: `${problem.message} Tell whoever looks after the portal.`,
    });
  }
  const said = SAID_BY_STATUS[problem.status];
  if (said !== undefined) return faultOf({ ...said(problem), decisionId: problem.decisionId });
  return faultOf({
    title: "The audio has stopped",
    words: problem.message,
    canRetry: true,
    decisionId: problem.decisionId,
  });
}

const SAID_BY_STATUS: Readonly<Record<number, (problem: ApiProblem) => Said>> = {
  401: () => ({
    title: "Sign in to listen",
    words: "You are not signed in any more. Sign in, and you come back to this recording.",
  }),
  403: ({ message }) => ({ title: "This recording cannot be heard from here", words: message }),
  404: () => ({
    title: "You cannot hear this recording",
    words:
      "It was deleted, or you have not been granted its number, or not any more. " +
      "An admin of the account can grant it to you.",
  }),
  429: ({ message, retryAfterSeconds }) => ({
    title: "There were too many requests from your network",
    words:
      retryAfterSeconds === null
        ? message
        : `Listening is possible again in ${describeCountdown(retryAfterSeconds)}.`,
  }),
};

/** The server gives the audio, and still the browser does not play it. */
export function faultOfBrowser(isUnreadable: boolean, format: RecordingFormat): PlayFault {
  if (!isUnreadable) {
    return faultOf({
      title: "The audio has stopped",
      words: "The connection broke off. Go on from where it stopped.",
      canRetry: true,
    });
  }
  return faultOf({
    title: "This browser cannot play the file",
    words: `It makes nothing of this ${format.toUpperCase()} file. Download it to hear it.`,
    canDownload: true,
  });
}

/**
 * A media element keeps the server's answer to itself: asks for the first byte once more. Null:
 * the server gives it. Whoever is not signed in any more is led to the sign-in by the page.
 */
export async function askWhyStopped(audioUrl: string): Promise<ApiProblem | null> {
  try {
    const answer = await fetch(audioUrl, {
      credentials: "same-origin",
      headers: { accept: "application/problem+json", range: "bytes=0-0" },
    });
    if (answer.ok) {
      await answer.body?.cancel();
      return null;
    }
    const problem = toApiProblem(answer.status, await answer.json().catch(() => null));
    const { code, message } = problem;
    if (problem.status === 401) sendSessionSignal({ kind: "ended", code, message });
    return problem;
  } catch (error) {
    return error instanceof ApiProblem ? asApiProblem(error) : unreachableProblem();
  }
}
