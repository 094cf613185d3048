// Reads an e-mail address as it was typed, with its domain in the form that mail travels to.
import { domainToASCII } from "node:url";
import { parseEmailAddress } from "../../../core/accounts/email-address.ts";
import { accountsProblem } from "../accounts-problem.ts";

export type ReadEmail = { readonly email: string; readonly emailKey: string };

/** Throws `email-refused` (400); the error stands at /email. */
export function readEmail(text: string): ReadEmail {
  const parsed = parseEmailAddress(text, domainToASCII);
  if (parsed.ok) return { email: parsed.email, emailKey: parsed.key };
  const { reason } = parsed;
  const errors = [{ path: "/email", message: reason }];
  throw accountsProblem("email-refused", { detail: reason, errors });
}
