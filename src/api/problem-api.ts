// What travels when a request is refused: problem details (RFC 9457).
import { Type } from "typebox";
import type { TSchema } from "typebox";

const InputErrorSchema = Type.Object({
  path: Type.Optional(Type.String({ description: "JSON pointer, or a parameter's name" })),
  line: Type.Optional(Type.Integer({ description: "Line of an uploaded list, from 1" })),
  column: Type.Optional(Type.Integer({ description: "Where in that line, from 1" })),
  message: Type.String(),
});

const ProblemSchema = Type.Object(
  {
    type: Type.String({ description: "urn:postern:problem:CODE" }),
    title: Type.String(),
    status: Type.Integer(),
    code: Type.String({ description: "Never reused for another meaning" }),
    detail: Type.Optional(Type.String({ description: "Says what is accepted" })),
    errors: Type.Optional(Type.Array(InputErrorSchema)),
    retryAfterSeconds: Type.Optional(Type.Integer()),
  },
  { description: "Problem details, sent as application/problem+json" },
);

const REFUSALS = {
  400: "The input is not as it should be; `errors` says where",
  401: "A token is missing or not accepted",
  403: "The token's scopes do not cover this",
  404: "There is no such thing",
  408: "The body did not come in time",
  409: "It exists already, or asks to be confirmed",
  412: "It has moved on since it was read",
  413: "The body is larger than is taken",
  415: "The body is of another type than is taken",
  422: "The content was read and is not accepted; `errors` says where",
  429: "Too often; Retry-After says when it is accepted again",
  503: "Busy, or the store is away; the same request may succeed later",
} as const;

type Refusal = keyof typeof REFUSALS;

/** The entries of a route's `response` for its refusals, one for each status. */
export function problemResponses(...statuses: readonly Refusal[]): Record<Refusal, TSchema> {
  const rows = statuses.map((status) => {
    const content = { "application/problem+json": { schema: ProblemSchema } };
    return [status, { description: REFUSALS[status], content }] as const;
  });
  return Object.fromEntries(rows) as unknown as Record<Refusal, TSchema>;
}
