// The one way to the API: typed by its description, with refusals as `ApiProblem`.
import createClient from "openapi-fetch";
import type { Middleware } from "openapi-fetch";
import { ApiProblem, toApiProblem, unreachableProblem } from "./api-problem.ts";
import type { paths } from "./api-schema.ts";
import { isByPerson } from "./page-touch.ts";
import { sendSessionSignal } from "./session-signals.ts";

/** Everything that people see lives below this, their API calls too. */
const BASE = "/postern";

const IDLE_HEADER = "x-postern-idle-ends-at";
const BACKGROUND_HEADER = "X-Postern-Background";

/** 401 for another reason than a session that is not there any more. */
const NOT_OF_THE_SESSION = new Set(["sign-in-refused"]);

const watchSession: Middleware = {
  onRequest: ({ request }) => {
    if (!isByPerson()) request.headers.set(BACKGROUND_HEADER, "1");
    return request;
  },
  onResponse: async ({ response }) => {
    const idleEndsAt = response.headers.get(IDLE_HEADER);
    if (idleEndsAt !== null) sendSessionSignal({ kind: "idle-end", idleEndsAt });
    if (response.status === 401 || response.status === 403) await tellOfSession(response.clone());
  },
};

async function tellOfSession(response: Response): Promise<void> {
  const problem = toApiProblem(response.status, await readBody(response));
  const { status, code, message } = problem;
  if (status === 403) sendSessionSignal({ kind: "unfinished", code });
  else if (!NOT_OF_THE_SESSION.has(code)) {
    sendSessionSignal({ kind: "ended", code, message });
  }
}

async function readBody(response: Response): Promise<unknown> {
  try {
    return await response.json();
  } catch {
    return null;
  }
}

/** `await answerOf(api.GET("/api/v1/me"))` */
export const api = createClient<paths>({ baseUrl: BASE, credentials: "same-origin" });
api.use(watchSession);

type Answer<Data> = { readonly data?: Data; readonly error?: unknown; readonly response: Response };

/** The data of a good answer; anything else is thrown as an `ApiProblem`. */
export async function answerOf<Data>(call: Promise<Answer<Data>>): Promise<Data> {
  const answer = await call.catch((error: unknown) => {
    throw error instanceof ApiProblem ? error : unreachableProblem();
  });
  if (answer.response.ok) return answer.data as Data;
  throw toApiProblem(answer.response.status, answer.error);
}
