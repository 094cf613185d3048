// Puts the server's words about parts of a body beside the fields of the form that sent it.
import type { ApiProblem } from "../api/api-problem.ts";

export type FieldErrors = {
  /** By the name of the form's field, such as `memberships.0.role`. */
  readonly fields: Readonly<Record<string, string>>;
  /** Whether nothing is left to say above the form. */
  readonly isAllShown: boolean;
};

/**
 * The server's paths are JSON pointers: `/a/0/b` is the field `a.0.b`.
 * @param pathPrefix taken off their front, such as `/value` where the body is `{ value: form }`
 */
export function toFieldErrors(
  problem: Pick<ApiProblem, "errors">,
  values: Readonly<Record<string, unknown>>,
  pathPrefix: string,
): FieldErrors {
  const fields: Record<string, string> = {};
  let shownCount = 0;
  for (const { path = "", message } of problem.errors) {
    const inForm = path.startsWith(pathPrefix) ? path.slice(pathPrefix.length) : path;
    const field = inForm.replace(/^\//, "").replaceAll("/", ".");
    if (!Object.hasOwn(values, field.split(".", 1)[0] ?? "")) continue;
    const earlier = fields[field];
    const sentence = toSentence(message);
    fields[field] = earlier === undefined ? sentence : `${earlier} ${sentence}`;
    shownCount += 1;
  }
  return { fields, isAllShown: shownCount > 0 && shownCount === problem.errors.length };
}

/** "must have at least 8 characters" stands alone beside a field. */
function toSentence(message: string): string {
  const text = message.charAt(0).toUpperCase() + message.slice(1);
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
