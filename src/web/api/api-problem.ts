// What a refused request leaves behind: the server's own words, code and the fields they are about.

/** `line`: from 1, where the path leads to a list of lines. */
export type FieldProblem = {
  readonly path?: string;
  readonly line?: number;
  readonly message: string;
};

/** Not an answer of the server at all: status 0. */
export const UNREACHABLE = "unreachable";

export class ApiProblem extends Error {
  readonly code: string;
  readonly status: number;
  readonly errors: readonly FieldProblem[];
  readonly retryAfterSeconds: number | null;
  /** Of what the gate refused, for who runs the portal. Null: nothing was written down. */
  readonly decisionId: string | null;
  /** Everything that was told, such as the entry that is there now (RFC 9457 3.2). */
  readonly members: Readonly<Record<string, unknown>>;

  constructor(given: {
    readonly code: string;
    readonly status: number;
    readonly message: string;
    readonly errors?: readonly FieldProblem[];
    readonly retryAfterSeconds?: number | null;
    readonly decisionId?: string | null;
    readonly members?: Readonly<Record<string, unknown>>;
  }) {
    super(given.message);
    this.name = "ApiProblem";
    this.code = given.code;
    this.status = given.status;
    this.errors = given.errors ?? [];
    this.retryAfterSeconds = given.retryAfterSeconds ?? null;
    this.decisionId = given.decisionId ?? null;
    this.members = given.members ?? {};
  }
}

type ProblemBody = {
  readonly code?: unknown;
  readonly title?: unknown;
  readonly detail?: unknown;
  readonly errors?: unknown;
  readonly retryAfterSeconds?: unknown;
  readonly decision?: unknown;
};

/** A proxy in between may answer with a page of its own, which says nothing to anybody. */
const WORDS_BY_STATUS: Readonly<Record<number, string>> = {
  403: "Access is not possible.",
  404: "There is nothing at this address.",
  429: "There were too many requests. Wait a little and try again.",
  502: "The server does not answer at the moment. Try again in a minute.",
  503: "The server is busy or not ready. Try again in a moment.",
  504: "The server took too long to answer. Try again in a minute.",
};

/** @param body the parsed problem details (RFC 9457), or whatever else was answered */
export function toApiProblem(status: number, body: unknown): ApiProblem {
  const told = (typeof body === "object" && body !== null ? body : {}) as ProblemBody;
  const words = [told.detail, told.title].find((text) => typeof text === "string" && text !== "");
  return new ApiProblem({
    code: typeof told.code === "string" ? told.code : `http-${status}`,
    status,
    message:
      typeof words === "string"
        ? words
        : (WORDS_BY_STATUS[status] ?? "The server could not answer this. Try again in a moment."),
    errors: Array.isArray(told.errors) ? told.errors.filter(isFieldProblem) : [],
    retryAfterSeconds: typeof told.retryAfterSeconds === "number" ? told.retryAfterSeconds : null,
    decisionId: typeof told.decision === "string" && told.decision !== "" ? told.decision : null,
    members: told,
  });
}

function isFieldProblem(value: unknown): value is FieldProblem {
  return typeof value === "object" && value !== null && "message" in value;
}

export function unreachableProblem(): ApiProblem {
  return new ApiProblem({
    code: UNREACHABLE,
    status: 0,
    message: "The server cannot be reached. Check your connection and try again.",
  });
}

/** Anything that was thrown, as something that can be shown. */
export function asApiProblem(error: unknown): ApiProblem {
  if (error instanceof ApiProblem) return error;
  return new ApiProblem({
    code: "page-failed",
    status: 0,
    message: "Something went wrong in this page. Load it again, and tell us if it stays so.",
  });
}
