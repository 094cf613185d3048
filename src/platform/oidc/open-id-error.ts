// Why something with a provider came to nothing, in a sentence in which no secret stands.
import { ResponseBodyError } from "openid-client";
import { OutboundError } from "../http/outbound-error.ts";

/**
 * `unreachable`: it, its metadata or keys could not be had; `refused`: it answered with an error,
 * or with what no provider may answer; `cancelled`: the person said no; `returned`: a browser came
 * back with an error or what no provider may send, which anybody may have written; `token`: the ID
 * token is not good.
 */
export type OpenIdFault = "unreachable" | "refused" | "cancelled" | "returned" | "token";

/** The message is a sentence for operators, the advice one more about what to do. */
export class OpenIdError extends Error {
  readonly fault: OpenIdFault;
  readonly advice: string | null;

  constructor(fault: OpenIdFault, message: string, advice: string | null = null) {
    super(message);
    this.name = "OpenIdError";
    this.fault = fault;
    this.advice = advice;
  }
}

/** `hidden`: texts that a provider might repeat in its own words, and that nobody is to read. */
export function toOpenIdError(error: unknown, hidden: readonly string[]): OpenIdError {
  const chain = causesOf(error);
  for (const cause of chain) {
    if (cause instanceof OpenIdError) return cause;
    if (cause instanceof OutboundError) return new OpenIdError("unreachable", sentence(cause));
    if (cause instanceof ResponseBodyError) {
      const words = describeProviderError(cause.error, cause.error_description, hidden);
      return new OpenIdError("refused", `The provider refused the code: ${words}.`);
    }
    if (cause instanceof Response) return unfitAnswer(cause.status);
  }
  // The library's own messages are fixed texts; values stand in their causes only.
  const library = chain.findLast((cause) => "code" in cause && cause instanceof Error);
  const what = library instanceof Error ? library.message : "something unforeseen happened";
  return new OpenIdError("token", `The ID token could not be accepted: ${what}.`);
}

function causesOf(error: unknown): readonly object[] {
  const chain: object[] = [];
  let next = error;
  while (typeof next === "object" && next !== null && chain.length < 8) {
    chain.push(next);
    next = "cause" in next ? next.cause : null;
  }
  return chain;
}

function unfitAnswer(status: number): OpenIdError {
  if (status === 200) return new OpenIdError("refused", "The provider's answer is not JSON.");
  const fault = status >= 500 ? "unreachable" : "refused";
  return new OpenIdError(fault, `The provider answered the code with status ${status}.`);
}

/** The provider's own words, in which anybody may have written anything. */
export function describeProviderError(
  code: unknown,
  description: unknown,
  hidden: readonly string[],
): string {
  const codeShown = typeof code === "string" && /^[\w.-]{1,60}$/.test(code) ? code : "an error";
  if (typeof description !== "string") return codeShown;
  const plain = description.replaceAll(/[^\x20-\x7e]+/g, " ").trim();
  const isTelling = hidden.some((text) => text !== "" && plain.includes(text));
  if (plain === "" || isTelling) return codeShown;
  return `${codeShown} (${plain.slice(0, 200).replace(/\.$/, "")})`;
}

/** A message as a sentence. */
export function sentence(error: Error): string {
  return `${error.message.charAt(0).toUpperCase()}${error.message.slice(1)}.`;
}
