// A refusal to a client, and its form on the wire (RFC 9457).

/** One thing that is wrong with the input: `path` is a JSON pointer or a parameter's name. */
export type InputError = { readonly path: string; readonly message: string };

/** One bad line of what was uploaded; lines and columns count from 1. */
export type LineError = {
  readonly line: number;
  readonly column?: number;
  readonly message: string;
};

type JsonValue =
  | string
  | number
  | boolean
  | null
  | readonly JsonValue[]
  | { readonly [name: string]: JsonValue | undefined };

/** Members beside the standard ones. `retryAfterSeconds` also becomes the Retry-After header. */
export type ProblemExtra = {
  readonly title?: string;
  readonly errors?: readonly (InputError | LineError)[];
  readonly retryAfterSeconds?: number;
  /** Further response headers, such as Allow; never part of the body. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Further members of the body; they cannot replace the standard ones. */
  readonly members?: Readonly<Record<string, JsonValue>>;
};

export type ProblemOptions = { readonly detail?: string } & ProblemExtra;

/** Thrown where a request cannot be fulfilled as asked; one handler turns it into the answer. */
export class Problem extends Error {
  readonly code: string;
  readonly status: number;
  readonly detail: string;
  readonly extra: ProblemExtra;

  /** `code` is kebab-case and never reused; `detail` is a sentence that says what is accepted. */
  constructor(code: string, status: number, options: ProblemOptions = {}) {
    const { detail = "", ...extra } = options;
    super(detail === "" ? code : detail);
    this.name = "Problem";
    this.code = code;
    this.status = status;
    this.detail = detail;
    this.extra = extra;
  }
}

export type ProblemDetails = {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly code: string;
  readonly detail?: string;
  readonly errors?: readonly (InputError | LineError)[];
  readonly retryAfterSeconds?: number;
  readonly [member: string]: unknown;
};

/** The body of an `application/problem+json` answer. */
export function toProblemDetails(problem: Problem): ProblemDetails {
  const { title, errors, retryAfterSeconds, members } = problem.extra;
  return {
    ...members,
    type: `urn:postern:problem:${problem.code}`,
    title: title ?? titleOf(problem.code),
    status: problem.status,
    code: problem.code,
    ...(problem.detail === "" ? {} : { detail: problem.detail }),
    ...(errors === undefined ? {} : { errors }),
    ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
  };
}

/** The headers that go with the body, names in lower case. */
export function problemHeaders(problem: Problem): Record<string, string> {
  const { retryAfterSeconds, headers } = problem.extra;
  return {
    ...headers,
    "content-type": "application/problem+json",
    "cache-control": "no-store",
    ...(retryAfterSeconds === undefined
      ? {}
      : { "retry-after": String(Math.max(1, Math.ceil(retryAfterSeconds))) }),
  };
}

function titleOf(code: string): string {
  const words = code.replaceAll("-", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}
